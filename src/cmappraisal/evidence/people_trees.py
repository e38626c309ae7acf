"""People trees: one leaf for everybody on a staff list, which names all entries about that person.

The ledger's own tree shows that an entry is in the ledger. That no other entry about somebody is
left out shows this second tree: the leaf of a person names the places of all entries about them,
none included, and its root is published beside that of the ledger. Leaves are salted and stand in
the order of their digests, so that the proof of one says nothing of another. That nobody has two
leaves is seen by whoever holds the staff list, see :func:`audit_people`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import ClassVar

from attrs import field, frozen

from cmappraisal.allowances import in_place_of
from cmappraisal.canonical import canonical_bytes
from cmappraisal.erasures import LedgerEntry, managers_in
from cmappraisal.errors import MAXIMUM_PROBLEMS, FieldError, Problem, ProblemCode
from cmappraisal.evidence.people_tree_flaws import PeopleTreeFlaw
from cmappraisal.fields import (
    as_text,
    as_tuple,
    checked,
    identifier,
    identifier_allowed,
    is_identifier,
    is_int,
    is_tuple_of,
    require,
    require_all,
    tuple_of,
)
from cmappraisal.flaw_wordings import filled
from cmappraisal.ledger import Ledger
from cmappraisal.merkle import (
    DIGEST_SIZE,
    MAXIMUM_SIZE,
    MerkleTree,
    Proof,
    is_digest,
    is_proof,
    leaf_digest,
)
from cmappraisal.redactions import MAXIMUM_SALT, MINIMUM_SALT, is_salt
from cmappraisal.texts import Text

DIGEST = f"{DIGEST_SIZE} bytes"
"""What a digest is, as errors say it."""


digest = checked(is_digest, DIGEST)
"""A validator that allows digests."""

place = checked(lambda value: is_int(value, 0, MAXIMUM_SIZE), "an int from 0")
"""A validator that allows places in a tree, and sizes of one."""


proof = checked(is_proof, f"a list of digests, {DIGEST} each")
"""A validator that allows proofs."""


def as_proof(value: Iterable[bytes]) -> Proof:
    """A proof from any iterable of digests."""
    return as_tuple(value)


def _as_positions(value: Iterable[int]) -> tuple[int, ...]:
    return as_tuple(value)


def _are_positions(value: object) -> bool:
    return (
        is_tuple_of(value, int)
        and all(is_int(each, 0, MAXIMUM_SIZE) for each in value)  # type: ignore[attr-defined]
        and list(value) == sorted(set(value))  # type: ignore[call-overload]
    )


_NO_ID = Text("不能用作編號的值", "不能用作编号的值", en="somebody's id is not one")
_NO_SALT = Text(
    "不可用的值（「{0}」的隨機值）",
    "不可用的值（“{0}”的随机值）",
    en='the salt of "{0}" is none',
)
_SALT = f"{MINIMUM_SALT} to {MAXIMUM_SALT} random bytes, such as secrets.token_bytes(16)"


@frozen
class PersonLeaf:
    """The leaf of one person: where all entries about them stand in a ledger.

    Args:
        person: The id of the person.
        salt: The salt of the leaf, 16 to 64 bytes, which only the person and the bank know.
        positions: The places of all entries about the person, from 0, in order; there may be none.
        ledger_size: How many entries the ledger has.
        ledger_root: The root of the ledger, 32 bytes.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> leaf = PersonLeaf(
    ...     "RM-01", bytes(16), positions=[0, 4], ledger_size=7, ledger_root=bytes(32)
    ... )
    >>> leaf.positions
    (0, 4)
    """

    FORMAT: ClassVar = "cmappraisal/person/1"
    """The name and version of the canonical form of a leaf, itself part of it."""

    person: str = field(converter=as_text, validator=identifier)
    salt: bytes = field(validator=checked(is_salt, _SALT), repr=False)
    positions: tuple[int, ...] = field(
        converter=_as_positions,
        validator=checked(_are_positions, "a list of ints from 0, sorted, none of them twice"),
        kw_only=True,
    )
    ledger_size: int = field(validator=place, kw_only=True)
    ledger_root: bytes = field(validator=digest, kw_only=True)


def _as_leaves(value: Iterable[PersonLeaf]) -> tuple[PersonLeaf, ...]:
    return as_tuple(value)


@frozen(repr=False)
class PeopleTree:
    """The tree of the people of a staff list.

    It is for whoever keeps it, and for an auditor: it holds the salts of everybody. What is
    published of it is its root.

    Args:
        leaves: The leaf of each person; they are put in the order of their digests.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    leaves: tuple[PersonLeaf, ...] = field(
        converter=_as_leaves, validator=tuple_of(PersonLeaf, "a list of PersonLeaf")
    )

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "leaves", tuple(sorted(self.leaves, key=_order_of)))

    def __repr__(self) -> str:
        return f"<PeopleTree of {len(self.leaves)} people, {self.root.hex()}>"

    @cached_property
    def _tree(self) -> MerkleTree:
        return MerkleTree(map(canonical_bytes, self.leaves))

    @property
    def root(self) -> bytes:
        """The digest that vouches for all leaves, 32 bytes."""
        return self._tree.root

    def place_of(self, person: str) -> int:
        """The place of the leaf of a person, from 0.

        Args:
            person: The id of the person.

        Raises:
            FieldError: The tree has no leaf of the person.
        """
        found = next((at for at, leaf in enumerate(self.leaves) if leaf.person == person), None)
        allowed = "the id of somebody on the staff list"
        require("PeopleTree.place_of", "person", person, found is not None, allowed)
        return found or 0

    def prove(self, index: int) -> Proof:
        """The proof that a leaf is in the tree at a place.

        Args:
            index: The place, from 0.

        Raises:
            FieldError: The tree has no such leaf.
        """
        return self._tree.prove_inclusion(index)


def _order_of(leaf: PersonLeaf) -> tuple[bytes, str]:
    return leaf_digest(canonical_bytes(leaf)), leaf.person


def positions_of(ledger: Ledger) -> dict[str, tuple[int, ...]]:
    """The places of all entries about each person, whoever bears a consequence included.

    All entries of a case are about everybody whom any of them names.

    Args:
        ledger: The ledger.

    Returns:
        A new dict from the id of a person to places from 0, by id.

    >>> positions_of(Ledger())
    {}
    """
    require("positions_of", "ledger", ledger, isinstance(ledger, Ledger), "a Ledger")
    histories: dict[str, list[tuple[int, LedgerEntry]]] = {}
    for at, entry in enumerate(ledger):
        histories.setdefault(entry.violation_id, []).append((at, entry))
    found: dict[str, list[int]] = {}
    for history in histories.values():
        for person in managers_in(entry for _, entry in history):
            found.setdefault(person, []).extend(at for at, _ in history)
    return {person: tuple(sorted(found[person])) for person in sorted(found)}


def people_tree(ledger: Ledger, salts: Mapping[str, bytes]) -> PeopleTree:
    """The tree of the people of a staff list over a ledger.

    Args:
        ledger: The ledger.
        salts: By the id of everybody on the staff list a salt of their own, 16 to 64 random bytes,
            such as ``secrets.token_bytes(16)``. Whoever has an entry in the ledger is on the list,
            those who left included.

    Returns:
        The tree; its root is published beside the size and the root of the ledger.

    Raises:
        FieldError: An argument has a value that it does not allow: a salt is none, or that of
            another, or somebody in the ledger is not on the list. It reports each of them.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import Violation
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> tree = people_tree(ledger, {"RM-01": b"salt of one here", "RM-02": b"salt of another."})
    >>> {leaf.person: leaf.positions for leaf in tree.leaves} == {"RM-01": (0,), "RM-02": ()}
    True
    """
    require_all(
        "people_tree",
        ("ledger", ledger, isinstance(ledger, Ledger), "a Ledger"),
        ("salts", type(salts), isinstance(salts, Mapping), "a mapping from ids to salts"),
    )
    named = positions_of(ledger)
    problems = list(_problems_of_salts(salts, named))
    if problems:
        listed = problems[:MAXIMUM_PROBLEMS]
        raise FieldError(listed, len(problems) - len(listed), "people_tree")
    size, root = len(ledger), ledger.root()
    return PeopleTree(
        PersonLeaf(
            person, salt, positions=named.get(person, ()), ledger_size=size, ledger_root=root
        )
        for person, salt in salts.items()
    )


def _problems_of_salts(salts: Mapping[str, bytes], named: Iterable[str]) -> Iterator[Problem]:
    held = Counter(salt for salt in salts.values() if is_salt(salt))
    for person, salt in salts.items():
        if not is_identifier(person):
            found, allowed = filled(_NO_ID), identifier_allowed(person)
            yield in_place_of("$.salts", found, allowed, ProblemCode.NOT_ALLOWED)
        elif not is_salt(salt):
            path, found = f'$.salts["{person}"]', filled(_NO_SALT, person)
            yield in_place_of(path, found, _SALT, ProblemCode.NOT_ALLOWED)
        elif held[salt] > 1:
            yield PeopleTreeFlaw.SALT_TWICE.problem(f'$.salts["{person}"]', person)
    for person in named:
        if person not in salts:
            yield PeopleTreeFlaw.NO_SALT.problem(f'$.salts["{person}"]', person)


def audit_people(
    tree: PeopleTree, staff: Iterable[str], *, root: bytes, ledger: Ledger | None = None
) -> tuple[Problem, ...]:
    """What is wrong with a tree of people, as whoever holds the staff list finds it.

    Everybody has one leaf and nobody two, all leaves are about one ledger, and every entry of it is
    named by a leaf. A person's own proof cannot show that: who had two leaves could be shown
    the one to them, and the other to a court.

    Args:
        tree: The tree, with all its leaves.
        staff: The ids of everybody on the staff list, those who left included.
        root: The root that was published, 32 bytes.
        ledger: The ledger, where the auditor has it: each leaf is compared with it. None without.

    Returns:
        The problems; none where it is right.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> tree = people_tree(Ledger(), {"RM-01": b"salt of one here"})
    >>> audit_people(tree, ["RM-01"], root=tree.root)
    ()
    >>> print(*audit_people(tree, ["RM-01", "RM-02"], root=tree.root))
    $.leaves: "RM-02" is on the staff list and has no leaf; ask for a tree that has one
    """
    # The mapping from ids to salts is a list of ids too, and its salts are shown in no error.
    listed = tuple(staff) if isinstance(staff, Mapping) else as_tuple(staff)
    require_all(
        "audit_people",
        ("tree", tree, isinstance(tree, PeopleTree), "a PeopleTree"),
        ("staff", listed, is_tuple_of(listed, str), "a list of ids"),
        ("root", root, is_digest(root), DIGEST),
        ("ledger", ledger, ledger is None or isinstance(ledger, Ledger), "None, or a Ledger"),
    )
    found = (
        *_problems_of_tree(tree, root),
        *_problems_of_staff(tree, listed),
        *_problems_of_places(tree),
    )
    return found if ledger is None else (*found, *_problems_of_ledger(tree, ledger))


def _problems_of_tree(tree: PeopleTree, root: bytes) -> Iterator[Problem]:
    if tree.root != root:
        yield PeopleTreeFlaw.OTHER_ROOT.problem("$.leaves", tree.root.hex(), root.hex())
    if len({(leaf.ledger_size, leaf.ledger_root) for leaf in tree.leaves}) > 1:
        yield PeopleTreeFlaw.SEVERAL_LEDGERS.problem("$.leaves")


def _problems_of_staff(tree: PeopleTree, staff: tuple[str, ...]) -> Iterator[Problem]:
    leaves = Counter(leaf.person for leaf in tree.leaves)
    for person in dict.fromkeys(staff):
        if not leaves[person]:
            yield PeopleTreeFlaw.NO_LEAF.problem("$.leaves", person)
    for at, leaf in enumerate(tree.leaves):
        if leaf.person not in staff:
            yield PeopleTreeFlaw.NOT_ON_THE_LIST.problem(f"$.leaves[{at}]", leaf.person)
        if leaves[leaf.person] > 1:
            flaw, count = PeopleTreeFlaw.SEVERAL_LEAVES, leaves[leaf.person]
            yield flaw.problem(f"$.leaves[{at}]", leaf.person, count)


def _problems_of_places(tree: PeopleTree) -> Iterator[Problem]:
    size = max((leaf.ledger_size for leaf in tree.leaves), default=0)
    named = set(chain.from_iterable(leaf.positions for leaf in tree.leaves))
    hidden = [at for at in range(size) if at not in named]
    if hidden:
        shown = ", ".join(map(str, hidden[:MAXIMUM_PROBLEMS]))
        yield PeopleTreeFlaw.UNNAMED_ENTRIES.problem("$.leaves", shown)


def _problems_of_ledger(tree: PeopleTree, ledger: Ledger) -> Iterator[Problem]:
    size, root, right = len(ledger), ledger.root(), positions_of(ledger)
    for at, leaf in enumerate(tree.leaves):
        if (leaf.ledger_size, leaf.ledger_root) != (size, root):
            flaw = PeopleTreeFlaw.OF_ANOTHER_LEDGER
            yield flaw.problem(f"$.leaves[{at}].ledger_root", leaf.person)
        elif leaf.positions != right.get(leaf.person, ()):
            yield PeopleTreeFlaw.OTHER_ENTRIES.problem(f"$.leaves[{at}].positions", leaf.person)
