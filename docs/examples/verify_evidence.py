"""Verify a person's file with Python alone: no library, no network, no trust in who made it.

    python verify_evidence.py FILE ROOT SIZE [PEOPLE_ROOT]

FILE is the document that was handed over, in JSON. ROOT, SIZE and PEOPLE_ROOT are those that the
bank published. The exit code is 0 where nothing fails. Hashes and proofs are those of RFC 9162 over
SHA-256; what is hashed is JSON by RFC 8785.
"""

import hmac
import json
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

PROSE = ("note", "grounds", "reason")
NOT_WRITTEN: tuple[Any, ...] = (None, "", [])
Document = dict[str, Any]


def sha(data: bytes) -> bytes:
    return sha256(data).digest()


def canonical(document: Document) -> bytes:
    compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return compact.encode(document).encode()


def digest_of(words: Any, salt: Any) -> Any:
    """The digest that stands for words, or what was left of them."""
    if isinstance(words, dict):
        return words["digest"]
    if isinstance(salt, str):
        return "hmac-sha256:" + hmac.digest(bytes.fromhex(salt), words.encode(), "sha256").hex()
    return "sha256:" + sha(words.encode()).hex()


def written(name: str, held: Any, salt: Any) -> Any:
    """A field of an entry as it is hashed."""
    if name in PROSE:
        return digest_of(held, salt)
    if name == "salt":
        return (
            held["digest"] if isinstance(held, dict) else "sha256:" + sha(bytes.fromhex(held)).hex()
        )
    return fields_of(held, salt) if isinstance(held, dict) else held


def fields_of(value: Document, salt: Any) -> Document:
    """The fields of an entry, or of what it holds, as they are hashed: defaults are left out."""
    return {
        name: written(name, held, salt)
        for name, held in value.items()
        if held not in NOT_WRITTEN and (name, held) != ("quantity", 1)
    }


def leaf_of(entry: Document) -> bytes:
    """The digest of an entry's leaf; of one that was erased, what is left of it."""
    if entry["kind"] == "erased":
        return bytes.fromhex(entry["leaf"])
    document = {"format": "cmappraisal/entry/2", **fields_of(entry, entry["salt"])}
    return sha(b"\x00" + canonical(document))


def is_in(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether a leaf is in a tree at an index (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = sha(b"\x01" + sibling + found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = sha(b"\x01" + found + sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def begins_with(
    earlier_root: bytes, earlier_size: int, root: bytes, size: int, proof: list[bytes]
) -> bool:
    """Whether a tree began as an earlier one (RFC 9162, section 2.1.4.2)."""
    if earlier_size == 0:
        return not proof and earlier_root == sha(b"") and (size > 0 or root == sha(b""))
    if earlier_size >= size:
        return earlier_size == size and not proof and earlier_root == root
    path = [earlier_root, *proof] if earlier_size & (earlier_size - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = earlier_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    earlier = later = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            earlier, later = sha(b"\x01" + sibling + earlier), sha(b"\x01" + sibling + later)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            later = sha(b"\x01" + later + sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (earlier, later) == (earlier_root, root)


def digests(proof: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in proof]


def case_of(entry: Document) -> str:
    return str(entry.get("violation_id") or entry["violation"]["id"])


def people_in(history: Iterable[Document]) -> set[str | None]:
    """Whom the entries of a case are about."""
    found: set[str | None] = set()
    for entry in (each["entry"] for each in history):
        reading = entry.get("violation") or {}
        found |= {*entry.get("managers", ()), reading.get("manager"), entry.get("manager")}
    return found


def verify(
    file: Document, root: bytes, size: int, people_root: bytes | None
) -> Iterator[tuple[str, bool | None, str]]:
    """Each thing that is asked, with whether it holds (None: not proved) and a remark."""
    entries, person = file["entries"], file["manager"]
    histories: dict[str, list[Document]] = {}
    for each in entries:
        histories.setdefault(case_of(each["entry"]), []).append(each)
    mine_only = [each for each in histories.values() if person in people_in(each)]
    mine = {each["position"] for history in mine_only for each in history}
    same = (file["root"], file["size"]) == (root.hex(), size)
    yield "root", same, f"{file['size']} entries, published were {size}"
    wrong = [
        each["position"]
        for each in entries
        if not is_in(leaf_of(each["entry"]), each["position"], size, digests(each["proof"]), root)
    ]
    yield "inclusion", not wrong, f"wrong at {wrong}" if wrong else f"{len(entries)} entries"
    appraisal = file["appraisal"] or {"lines": [], "merits": []}
    read = {line["violation"]["id"] for line in appraisal["lines"] + appraisal["merits"]}
    foreign = [each["position"] for each in entries if case_of(each["entry"]) not in read]
    others = sorted(set(foreign) - mine)
    yield "person", not others, f"of others: {others}" if others else f"about {person}"
    proved = file["completeness"]
    if people_root is None or proved is None:
        yield "completeness", None if people_root is None else False, "no proof, or no root given"
    else:
        leaf = proved["leaf"]
        document = {**leaf, "format": "cmappraisal/person/1", "kind": "person-leaf"}
        about = (leaf["person"], leaf["ledger_size"], leaf["ledger_root"])
        right = about == (person, size, root.hex())
        digest, proof = sha(b"\x00" + canonical(document)), digests(proved["proof"])
        there = is_in(digest, proved["index"], proved["size"], proof, people_root)
        named = set(leaf["positions"])
        missing = sorted(named - {each["position"] for each in entries} | (mine - named))
        remark = f"missing {missing}" if missing else f"{len(named)} entries about {person}"
        if not (right and there):
            remark = f"{person} is not in the tree of people that was published for this ledger"
        yield "completeness", right and there and not missing, remark
    earlier = file["consistency"]
    if earlier is None:
        yield "consistency", None, "no earlier ledger"
    else:
        began = bytes.fromhex(earlier["root"]), earlier["size"]
        grew = begins_with(*began, root, size, digests(earlier["proof"]))
        yield "consistency", grew, f"with {earlier['size']} entries, root {earlier['root']}"
    unread = sorted(read - set(histories))
    yield "lines", not unread, f"not in the file: {unread}" if unread else f"{len(read)} cases"


def main(path: str, root: str, size: str, people_root: str = "") -> int:
    with open(path, encoding="utf-8") as opened:
        file = json.load(opened)
    try:
        people = bytes.fromhex(people_root) if people_root else None
        found = list(verify(file, bytes.fromhex(root), int(size), people))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        found = [("form", False, f"no such file can be read: {error!r}")]
    for name, holds, remark in found:
        print({True: "holds", False: "FAILS", None: "not proved"}[holds], f"{name}: {remark}")
    return int(any(holds is False for _, holds, _ in found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if sys.argv[1:] else print(__doc__))
