"""Guessing: what the digests in a proof give away, with a salt and without one.

Whoever has a file of their own has in its proofs the digests of their neighbours' leaves. Without a
salt a colleague can try what the neighbour's entry may say until a digest fits, and a million tries
take a second or two. With one there is nothing to try.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import combinations, islice, product

from cmappraisal import ERROR_POINTS, Ledger, Recorded, Violation, canonical_bytes
from cmappraisal.evidence import PersonLeaf, Redacted, evidence, people_tree
from cmappraisal.redactions import without_words

MILLION = 1_000_000
MARCH = datetime(2025, 3, 4, 9, tzinfo=UTC)
MANAGERS = [f"RM-{number:02}" for number in range(70)]
DAYS = [date(2025, 1, 1) + timedelta(days) for days in range(365)]
SECRETS = [sha256(f"secret {number}".encode()).digest()[:16] for number in range(2)]
MINE = Recorded(Violation("V-1", "RM-05", rule="2.1", occurred_on=DAYS[3]), at=MARCH, by="HR-1")


def theirs(manager: str, day: date, rule: str, salt: bytes | None = None) -> Recorded:
    violation = Violation("V-2", manager, rule=rule, occurred_on=day)
    return Recorded(violation, at=MARCH, by="HR-1", salt=salt)


def guessed(form: bytes, guesses: Iterator[tuple[str, ...]], wanted: set[bytes]) -> list[object]:
    """The guesses, out of a million, that have the digest of a wanted leaf.

    Args:
        form: The bytes of the leaf, with a NUL in the place of each thing to guess.
        guesses: What to put there.
        wanted: The digests of leaves.
    """
    first, *others = form.decode().split("\0")
    beginning = sha256(b"\0" + first.encode())
    found: list[object] = []
    for guess in islice(guesses, MILLION):
        tried = beginning.copy()
        tried.update("".join(map(str.__add__, guess, others)).encode())
        if tried.digest() in wanted:
            found.append(guess)
    return found


def entry_guesses(ledgers: list[Ledger]) -> list[list[object]]:
    """What a million guesses find out of the proofs in one's own file, for each ledger."""
    wanted = []
    for ledger in ledgers:
        [own] = evidence(ledger, manager="RM-05").entries
        wanted.append(own.proof[0])
    form = canonical_bytes(theirs("@M", date(1, 1, 1), "@R"))
    for name in (b"@M", b"0001-01-01", b"@R"):
        form = form.replace(name, b"\0")
    every = product(MANAGERS, map(str, DAYS), ERROR_POINTS)
    found = guessed(form, every, set(wanted))
    right = ("RM-41", "2025-07-20", "3.2b")
    assert found in ([], [right])
    return [found if digest == _digest(right) else [] for digest in wanted]


def _digest(guess: tuple[str, str, str]) -> bytes:
    manager, day, rule = guess
    return sha256(b"\0" + canonical_bytes(theirs(manager, date.fromisoformat(day), rule))).digest()


def test_a_million_guesses_find_a_neighbour_without_a_salt_and_none_with_one() -> None:
    right = ("RM-41", date(2025, 7, 20), "3.2b")
    unsalted = Ledger([MINE, theirs(*right)])
    salted = Ledger([MINE, theirs(*right, salt=SECRETS[0])])
    assert entry_guesses([unsalted, salted]) == [[("RM-41", "2025-07-20", "3.2b")], []]


def test_a_million_guesses_find_a_colleague_by_a_known_salt_and_none_by_a_secret_one() -> None:
    """A tree of people is always salted; a salt that is known is as good as none."""
    ledger = Ledger([MINE, theirs("RM-41", DAYS[200], "3.2b")])
    known = bytes(16)
    found = []
    for salt in (known, SECRETS[1]):
        tree = people_tree(ledger, {"RM-05": SECRETS[0], "RM-41": salt})
        file = evidence(ledger, manager="RM-05", people=tree)
        assert file.completeness is not None
        leaf = PersonLeaf("@P", known, positions=[], ledger_size=2, ledger_root=ledger.root())
        form = canonical_bytes(leaf).replace(b"@P", b"\0").replace(b"[]", b"[\0]")
        places = [
            ",".join(map(str, each)) for many in (1, 2) for each in combinations(range(120), many)
        ]
        wanted = {file.completeness.proof[0]}
        found.append(guessed(form, product(MANAGERS, places), wanted))
    assert found == [[("RM-41", "1")], []]


def test_words_that_were_destroyed_are_found_without_a_salt_and_not_with_one() -> None:
    guesses = [f"was ill for {days} days" for days in range(1000)]
    note = Violation("V-1", "RM-05", rule="2.1", occurred_on=DAYS[3], note="was ill for 87 days")
    for salt, recovered in ((None, True), (SECRETS[0], False)):
        left = without_words(Recorded(note, at=MARCH, salt=salt), salt)
        assert isinstance(left.violation.note, Redacted)
        tried = {f"sha256:{sha256(guess.encode()).hexdigest()}" for guess in guesses}
        assert (left.violation.note.digest in tried) is recovered
