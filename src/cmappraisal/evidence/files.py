"""Files: the document that is handed to an employee or to a court, and that proves itself.

It holds the entries about one person, each with the proof that it stands in the ledger, the proof
that there are no others, and the appraisal that was made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import ClassVar

from attrs import field, frozen

from cmappraisal.canonical import digest_of
from cmappraisal.entries import ENTRY_KINDS
from cmappraisal.erasures import Erased, LedgerEntry, leaf_of
from cmappraisal.evidence.people_trees import (
    PeopleTree,
    PersonLeaf,
    as_proof,
    digest,
    place,
    positions_of,
    proof,
)
from cmappraisal.fields import (
    as_optional_text,
    as_text,
    as_tuple,
    checked,
    identifier,
    identifier_allowed,
    instance_of,
    is_identifier,
    is_int,
    is_line,
    optional_instance_of,
    require_all,
    tuple_of,
)
from cmappraisal.ledger import Ledger
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.merkle import MerkleTree, Proof
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.version import VERSION


@frozen
class ProvenEntry:
    """An entry with the proof that it stands in a ledger.

    Args:
        position: Its place in the ledger, from 0.
        entry: The entry, or what is left of it.
        proof: The proof; see :func:`~cmappraisal.merkle.verify_inclusion`.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    position: int = field(validator=place)
    entry: LedgerEntry = field(
        validator=instance_of(*ENTRY_KINDS, Erased, allowed="an entry of a ledger"), kw_only=True
    )
    proof: Proof = field(converter=as_proof, validator=proof, kw_only=True)


@frozen
class Consistency:
    """The proof that an earlier ledger is how a later one began.

    Args:
        size: How many entries the earlier ledger had.
        root: Its root, 32 bytes.
        proof: The proof; see :func:`~cmappraisal.merkle.verify_consistency`.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    size: int = field(validator=place)
    root: bytes = field(validator=digest, kw_only=True)
    proof: Proof = field(converter=as_proof, validator=proof, kw_only=True)


@frozen
class Completeness:
    """The proof that a leaf is in the tree of people, and so that its entries are all there are.

    Args:
        leaf: The leaf of the person.
        index: Its place in the tree of people, from 0.
        size: How many people the tree has.
        proof: The proof; see :func:`~cmappraisal.merkle.verify_inclusion`.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    leaf: PersonLeaf = field(validator=instance_of(PersonLeaf, allowed="a PersonLeaf"))
    index: int = field(validator=place, kw_only=True)
    size: int = field(validator=place, kw_only=True)
    proof: Proof = field(converter=as_proof, validator=proof, kw_only=True)


def _as_entries(value: Iterable[ProvenEntry]) -> tuple[ProvenEntry, ...]:
    return as_tuple(value)


def _as_digests(value: Mapping[str, str]) -> Mapping[str, str]:
    return ReadOnlyMapping(value) if isinstance(value, Mapping) else value


def _are_digests(value: object) -> bool:
    return isinstance(value, ReadOnlyMapping) and all(
        is_line(name) and is_line(held) for name, held in value.items()
    )


@frozen(repr=False)
class Evidence:
    """The file of one person out of a ledger.

    Args:
        manager: The id of the person.
        size: How many entries the ledger has.
        root: The root of the ledger, 32 bytes.
        entries: The entries about the person, in their order, and those of other cases that the
            appraisal read.
        consistency: The proof that an earlier ledger is how this one began; None without one.
        completeness: The proof that there are no other entries about the person; None without one.
        appraisal: What was made of them; None without one.
        rulebooks: By the name and edition of each rulebook that the appraisal was made by, its
            digest, 64 hexadecimal digits.
        policy: The digest of the policy, 64 hexadecimal digits; None without an appraisal.
        version: The version of the library that made the file.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    FORMAT: ClassVar = "cmappraisal/evidence/1"
    """The name and version of the document."""

    manager: str = field(converter=as_text, validator=identifier)
    size: int = field(validator=place, kw_only=True)
    root: bytes = field(validator=digest, kw_only=True)
    entries: tuple[ProvenEntry, ...] = field(
        converter=_as_entries,
        validator=tuple_of(ProvenEntry, "a list of ProvenEntry"),
        kw_only=True,
    )
    consistency: Consistency | None = field(
        default=None, validator=optional_instance_of(Consistency), kw_only=True
    )
    completeness: Completeness | None = field(
        default=None, validator=optional_instance_of(Completeness), kw_only=True
    )
    appraisal: Appraisal | None = field(
        default=None, validator=optional_instance_of(Appraisal), kw_only=True
    )
    rulebooks: Mapping[str, str] = field(
        factory=ReadOnlyMapping,
        converter=_as_digests,
        validator=checked(_are_digests, "a mapping from names of rulebooks to digests"),
        kw_only=True,
    )
    policy: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=checked(
            lambda value: value is None or is_line(value), "None, or 64 hexadecimal digits"
        ),
        kw_only=True,
    )
    version: str = field(converter=as_text, validator=checked(is_line, "a version"), kw_only=True)

    def __repr__(self) -> str:
        return f"<Evidence about {self.manager!r}: {len(self.entries)} of {self.size} entries>"

    def ledger(self) -> Ledger:
        """The ledger of its entries alone.

        With it the appraisal can be made again, see :func:`~cmappraisal.rescore`: a case that it
        did not read is in no way part of it.

        Raises:
            LedgerError: The entries make no ledger, since one of a case is missing.
        """
        return Ledger(each.entry for each in self.entries)


def evidence(
    ledger: Ledger,
    *,
    manager: str,
    appraisal: Appraisal | None = None,
    people: PeopleTree | None = None,
    earlier_size: int | None = None,
) -> Evidence:
    """The file of one person out of a ledger, which proves itself.

    Args:
        ledger: The ledger.
        manager: The id of the person; one without entries has a file too.
        appraisal: What was made of the entries; None without one.
        people: The tree of people over this ledger; None without one, and then the file does not
            prove that there are no other entries.
        earlier_size: How many entries an earlier ledger had, whose root the reader may hold; None
            without one.

    Returns:
        The file. :func:`verify_evidence` says what of it holds.

    Raises:
        FieldError: An argument has a value that it does not allow; the appraisal is of somebody
            else, or the tree is of another ledger.

    >>> evidence(Ledger(), manager="RM-01")
    <Evidence about 'RM-01': 0 of 0 entries>
    """
    manager = as_text(manager)
    require_all(
        "evidence",
        ("ledger", ledger, isinstance(ledger, Ledger), "a Ledger"),
        ("manager", manager, is_identifier(manager), identifier_allowed(manager)),
        (
            "appraisal",
            appraisal,
            appraisal is None
            or (isinstance(appraisal, Appraisal) and appraisal.manager == manager),
            "None, or an Appraisal of the manager",
        ),
        (
            "people",
            people,
            people is None or _is_over(people, ledger),
            "None, or a PeopleTree of it",
        ),
        (
            "earlier_size",
            earlier_size,
            earlier_size is None
            or (isinstance(ledger, Ledger) and is_int(earlier_size, 0, len(ledger))),
            "None, or an int from 0 to the number of entries",
        ),
    )
    read = () if appraisal is None else (*appraisal.lines, *appraisal.merits)
    cases = {line.violation.id for line in read}
    mine = set(positions_of(ledger).get(manager, ()))
    return Evidence(
        manager,
        size=len(ledger),
        root=ledger.root(),
        entries=[
            ProvenEntry(at, entry=entry, proof=ledger.prove_inclusion(at))
            for at, entry in enumerate(ledger)
            if at in mine or entry.violation_id in cases
        ],
        consistency=None if earlier_size is None else _consistency(ledger, earlier_size),
        completeness=None if people is None else _completeness(people, manager),
        appraisal=appraisal,
        rulebooks={}
        if appraisal is None
        else {str(each): each.digest for each in appraisal.rulebooks},
        policy=None if appraisal is None else digest_of(appraisal.policy),
        version=VERSION,
    )


def _is_over(people: object, ledger: object) -> bool:
    """Whether a value is a tree of people over a ledger."""
    return (
        isinstance(people, PeopleTree)
        and isinstance(ledger, Ledger)
        and {(leaf.ledger_size, leaf.ledger_root) for leaf in people.leaves}
        <= {(len(ledger), ledger.root())}
    )


def _consistency(ledger: Ledger, earlier_size: int) -> Consistency:
    earlier = MerkleTree().extend_by_digests(map(leaf_of, islice(ledger, earlier_size)))
    return Consistency(
        earlier_size, root=earlier.root, proof=ledger.prove_consistency(earlier_size)
    )


def _completeness(people: PeopleTree, manager: str) -> Completeness:
    index = people.place_of(manager)
    return Completeness(
        people.leaves[index], index=index, size=len(people.leaves), proof=people.prove(index)
    )
