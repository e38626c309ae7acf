"""Verification: what of a file holds, and what does not, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from attrs import field, frozen

from cmappraisal.canonical import canonical_bytes, digest_of
from cmappraisal.erasures import Erased, leaf_of, managers_in
from cmappraisal.errors import AppraisalError, Problem
from cmappraisal.evidence import wordings
from cmappraisal.evidence.files import Evidence, ProvenEntry
from cmappraisal.evidence.people_trees import DIGEST
from cmappraisal.fields import (
    as_choice,
    as_tuple,
    checked,
    choice_of,
    is_int,
    require,
    require_all,
    tuple_of,
)
from cmappraisal.merkle import (
    MAXIMUM_SIZE,
    is_digest,
    verify_consistency,
    verify_inclusion,
    verify_inclusion_of_digest,
)
from cmappraisal.points import plain
from cmappraisal.reports.papers import Section, as_text
from cmappraisal.reports.problems import problem_in_words
from cmappraisal.scoring.score import rescore
from cmappraisal.texts import Choice, Language, Text, a_text, listed, require_language, worded


class EvidenceAspect(Choice):
    """What a file is asked.

    >>> EvidenceAspect("inclusion") is EvidenceAspect.INCLUSION
    True
    """

    ROOT = "root", Text("根值", "根值", en="The root")
    INCLUSION = "inclusion", Text("登記在冊", "登记在册", en="That the entries are in the ledger")
    PERSON = "person", Text("涉及之人", "涉及之人", en="That the entries belong in the file")
    COMPLETENESS = "completeness", Text("完整", "完整", en="That no entry is left out")
    CONSISTENCY = "consistency", Text("延續", "延续", en="That the ledger grew from an earlier one")
    DIGESTS = "digests", Text("依據", "依据", en="That the standard is the one named")
    LINES = "lines", Text("評分出處", "评分出处", en="That the appraisal is of these entries")


def _as_aspect(value: EvidenceAspect | str) -> EvidenceAspect:
    return as_choice(EvidenceAspect)(value)


@frozen
class Verified:
    """Whether one aspect of a file holds.

    Args:
        aspect: What was asked.
        holds: Whether it holds; None where neither that nor the opposite is proved, since the file
            or the reader has nothing to prove it by.
        text: The reason, in words.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    aspect: EvidenceAspect = field(converter=_as_aspect, validator=choice_of(EvidenceAspect))
    holds: bool | None = field(
        validator=checked(lambda value: value is None or type(value) is bool, "None, or a bool")
    )
    text: Text = field(validator=a_text, kw_only=True)


def _as_aspects(value: Iterable[Verified]) -> tuple[Verified, ...]:
    return as_tuple(value)


@frozen
class Verification:
    """What of a file holds, aspect by aspect.

    Args:
        manager: The id of the person.
        aspects: Each aspect, in the order of :class:`EvidenceAspect`.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str
    aspects: tuple[Verified, ...] = field(
        converter=_as_aspects, validator=tuple_of(Verified, "a list of Verified")
    )

    @property
    def holds(self) -> bool:
        """Whether nothing is found not to hold; what is not proved is in ``aspects``."""
        return all(each.holds is not False for each in self.aspects)


class _Asked(NamedTuple):
    """A file, and what its reader holds.

    Args:
        file: The file.
        root: The root of the ledger that was published.
        size: The size of the ledger that was published.
        people_root: The root of the tree of people that was published; None without one.
    """

    file: Evidence
    root: bytes
    size: int
    people_root: bytes | None


_Answer = tuple[bool | None, Text]


def verify_evidence(
    file: Evidence, *, root: bytes, size: int, people_root: bytes | None = None
) -> Verification:
    """What of a file holds, by the roots that its reader has from elsewhere.

    Nothing is believed that the file says of itself: its root is compared with the one that was
    published, and every proof is reckoned again.

    Args:
        file: The file.
        root: The root of the ledger, as it was published, 32 bytes.
        size: How many entries the ledger has, as it was published.
        people_root: The root of the tree of people, as it was published, 32 bytes; None where the
            reader has none, and then nothing proves that no entry is left out.

    Returns:
        What holds and what does not, each aspect with its reason in three languages.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import Ledger
    >>> from cmappraisal.evidence import evidence
    >>> file = evidence(Ledger(), manager="RM-01")
    >>> made = verify_evidence(file, root=Ledger().root(), size=0)
    >>> made.holds, [each.aspect.value for each in made.aspects if each.holds]
    (True, ['root', 'inclusion', 'person'])
    """
    require_all(
        "verify_evidence",
        ("file", file, isinstance(file, Evidence), "an Evidence"),
        ("root", root, is_digest(root), DIGEST),
        ("size", size, is_int(size, 0, MAXIMUM_SIZE), "an int from 0"),
        (
            "people_root",
            people_root,
            people_root is None or is_digest(people_root),
            f"None, or {DIGEST}",
        ),
    )
    asked = _Asked(file, root, size, people_root)
    return Verification(
        file.manager,
        [
            Verified(aspect, holds, text=text)
            for aspect, answer in _ANSWERS.items()
            for holds, text in (answer(asked),)
        ],
    )


def explain_verification(verification: Verification, language: Language = "en") -> str:
    """What of a file holds, as plain text.

    Args:
        verification: What :func:`verify_evidence` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The first argument is no verification.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import Ledger
    >>> from cmappraisal.evidence import evidence
    >>> file = evidence(Ledger(), manager="RM-01")
    >>> made = verify_evidence(file, root=Ledger().root(), size=0)
    >>> print(explain_verification(made).splitlines()[2])
    1. The root holds: the root and the size in the file are those that were published
    """
    require_language(language)
    fits = isinstance(verification, Verification)
    require("explain_verification", "verification", verification, fits, "a Verification")
    lines = [worded(wordings.PERSON, language, verification.manager)]
    for place, each in enumerate(verification.aspects, start=1):
        said = _SAID[each.holds].in_language(language)
        name, reason = (text.in_language(language) for text in (each.aspect.text, each.text))
        lines.append(worded(wordings.LINE, language, place, name, said, reason))
    return as_text([Section.of(wordings.TITLE.in_language(language), lines)])


_SAID: Mapping[bool | None, Text] = MappingProxyType(
    {True: wordings.HOLDS, False: wordings.FAILS, None: wordings.UNPROVED}
)


def _in_each(say: Callable[[Language], str]) -> Text:
    """What is said in each language."""
    return Text(say("zh-Hant"), say("zh-Hans"), en=say("en"))


def _filled(text: Text, *values: object) -> Text:
    """A wording with values in its places, in each language."""
    return _in_each(lambda language: worded(text, language, *values))


def _naming(text: Text, values: Iterable[object]) -> Text:
    """A wording that names some values, as each language separates them."""
    named = list(values)
    return _in_each(
        lambda language: worded(
            text, language, listed((_name_of(each, language) for each in named), language)
        )
    )


def _name_of(value: object, language: Language) -> str:
    return value.in_language(language) if isinstance(value, Text) else str(value)


# The answer to each aspect.


def _root(asked: _Asked) -> _Answer:
    file = asked.file
    if (file.root, file.size) == (asked.root, asked.size):
        return True, wordings.SAME_ROOT
    said = (file.size, file.root.hex(), asked.size, asked.root.hex())
    return False, _filled(wordings.OTHER_ROOT, *said)


def _inclusion(asked: _Asked) -> _Answer:
    def is_in(each: ProvenEntry) -> bool:
        leaf, at = leaf_of(each.entry), each.position
        return verify_inclusion_of_digest(leaf, at, asked.size, each.proof, root=asked.root)

    entries = asked.file.entries
    wrong = [each.position for each in entries if not is_in(each)]
    if wrong:
        return False, _naming(wordings.NOT_IN, wrong)
    return True, _filled(wordings.ALL_IN, len(entries))


def _about(file: Evidence) -> set[int]:
    """The places in a file that are about its person."""
    histories: dict[str, list[ProvenEntry]] = {}
    for each in file.entries:
        histories.setdefault(each.entry.violation_id, []).append(each)
    return {
        each.position
        for history in histories.values()
        if file.manager in managers_in(each.entry for each in history)
        for each in history
    }


def _person(asked: _Asked) -> _Answer:
    file = asked.file
    mine, read = _about(file), _cases_read(file)
    others = [
        each.position
        for each in file.entries
        if each.position not in mine and each.entry.violation_id not in read
    ]
    return (False, _naming(wordings.OF_OTHERS, others)) if others else (True, wordings.ITS_OWN)


def _cases_read(file: Evidence) -> set[str]:
    appraisal = file.appraisal
    lines = () if appraisal is None else (*appraisal.lines, *appraisal.merits)
    return {line.violation.id for line in lines}


def _completeness(asked: _Asked) -> _Answer:
    file, proved = asked.file, asked.file.completeness
    if asked.people_root is None:
        return None, wordings.NO_PEOPLE_ROOT
    if proved is None:
        return False, wordings.NO_LEAF
    leaf = proved.leaf
    of_this = (leaf.person, leaf.ledger_size, leaf.ledger_root)
    if of_this != (file.manager, asked.size, asked.root):
        return False, wordings.LEAF_OF_ANOTHER
    if not verify_inclusion(
        canonical_bytes(leaf), proved.index, proved.size, proved.proof, root=asked.people_root
    ):
        return False, wordings.LEAF_NOT_IN
    return _all_there(file, leaf.positions)


def _all_there(file: Evidence, positions: tuple[int, ...]) -> _Answer:
    """Whether the entries about the person are those that stand at some places."""
    there = {each.position for each in file.entries}
    left_out = [at for at in positions if at not in there]
    if left_out:
        return False, _naming(wordings.LEFT_OUT, left_out)
    unnamed = sorted(_about(file) - set(positions))
    if unnamed:
        return False, _naming(wordings.UNNAMED, unnamed)
    return True, _filled(wordings.NOTHING_LEFT_OUT, len(positions))


def _consistency(asked: _Asked) -> _Answer:
    proved = asked.file.consistency
    if proved is None:
        return None, wordings.NO_EARLIER
    holds = verify_consistency(
        proved.size, asked.size, proved.proof, earlier_root=proved.root, root=asked.root
    )
    said = wordings.GREW if holds else wordings.NOT_GROWN
    return holds, _filled(said, proved.size, proved.root.hex())


def _digests(asked: _Asked) -> _Answer:
    file = asked.file
    if file.appraisal is None:
        return None, wordings.NO_APPRAISAL
    right = {str(each): each.digest for each in file.appraisal.rulebooks}
    wrong: list[str | Text] = [
        name for name in {**right, **file.rulebooks} if right.get(name) != file.rulebooks.get(name)
    ]
    if file.policy != digest_of(file.appraisal.policy):
        wrong.append(wordings.POLICY)
    return (
        (False, _naming(wordings.OTHER_DIGESTS, wrong)) if wrong else (True, wordings.SAME_DIGESTS)
    )


def _lines(asked: _Asked) -> _Answer:
    appraisal = asked.file.appraisal
    if appraisal is None:
        return None, wordings.NO_APPRAISAL
    unread = sorted(_cases_read(asked.file) - _cases_there(asked.file))
    if unread:
        return False, _naming(wordings.UNREAD, unread)
    if any(line.answers_as is not None for line in appraisal.lines):
        # What others did before is not in the file, and may weigh in what they did again.
        return None, wordings.ANSWERS
    try:
        again = rescore(appraisal, asked.file.ledger(), people=appraisal.people)
    except AppraisalError as error:
        return False, _not_made(error.problems[0])
    if again == appraisal:
        return True, _filled(wordings.MADE_AGAIN, plain(again.points))
    return False, _filled(wordings.MADE_OTHERWISE, plain(again.points), plain(appraisal.points))


def _not_made(problem: Problem) -> Text:
    """That something keeps the entries from being scored, in each language."""
    return _in_each(
        lambda language: worded(wordings.NOT_MADE, language, problem_in_words(problem, language))
    )


def _cases_there(file: Evidence) -> set[str]:
    return {each.entry.violation_id for each in file.entries if not isinstance(each.entry, Erased)}


_ANSWERS: Mapping[EvidenceAspect, Callable[[_Asked], _Answer]] = MappingProxyType(
    {
        EvidenceAspect.ROOT: _root,
        EvidenceAspect.INCLUSION: _inclusion,
        EvidenceAspect.PERSON: _person,
        EvidenceAspect.COMPLETENESS: _completeness,
        EvidenceAspect.CONSISTENCY: _consistency,
        EvidenceAspect.DIGESTS: _digests,
        EvidenceAspect.LINES: _lines,
    }
)
