"""Worked cases: facts and what they must come to, written down as TOML and checked.

A compliance officer writes them, who knows the standard and no Python. Everything that is written
is read or rejected, so that no expectation is passed over because of a typing error; what the
values may be, their own types say. Needs the extra ``json``. It reads no file: it takes the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any, cast

import attrs
from attrs import field, frozen

from cmappraisal.accounts import points_account
from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.entries import Recorded
from cmappraisal.errors import DecodingError, PolicyError, Problem, ScoringError
from cmappraisal.fields import (
    MOMENT,
    as_text,
    checked,
    identifier,
    instance_of,
    is_line,
    is_moment,
    line,
    optional_prose,
    require_all,
)
from cmappraisal.interop.case_expectations import (
    OF_EXPECTED,
    differences,
    differences_of_account,
    read_expected,
)
from cmappraisal.interop.case_facts import (
    END_OF_DAY,
    CaseFacts,
    ledger_of,
    read_id,
    read_moment,
    read_person,
    read_policy,
    read_recorded,
    stand_ins,
)
from cmappraisal.interop.case_flaws import CaseFlaw
from cmappraisal.interop.converters import decode
from cmappraisal.interop.leaves import READERS
from cmappraisal.interop.rejections import RejectedError, rejected
from cmappraisal.interop.toml_texts import Table, parsed, read_list
from cmappraisal.ledger import Ledger
from cmappraisal.mappings import ReadOnlyMapping, as_mapping
from cmappraisal.people import Milestone, Person, Tenure, a_people_list, as_people
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.score import score
from cmappraisal.showing import shown
from cmappraisal.standards.editions import STANDARD, Editions, is_standard
from cmappraisal.texts import Language

_DEFAULT = Policy()
_MANAGER = "RM-01"
# They stand where something is wrong until the rest is read, so that one error reports all of it.
_ANY_PERIOD = Period.year(2000)
_NOTHING: Mapping[str, Any] = ReadOnlyMapping()


def _is_of_policy(value: object) -> bool:
    return isinstance(value, ReadOnlyMapping) and value.keys() <= attrs.fields_dict(Policy).keys()


@frozen
class WorkedCase:
    """Facts about one relationship manager, and what they must come to.

    Args:
        name: What it is called; no other case of its text is.
        note: Anything else, for the reader.
        manager: The id of the relationship manager who is appraised.
        period: The days to appraise.
        policy: Fields of the policy by name, with what is decided in this case.
        ledger: What happened.
        as_of: Only what was known at this moment; None for everything recorded.
        expected: What is expected, under the names that the text has for it; None where there must
            be none.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    name: str = field(converter=as_text, validator=line)
    note: str = field(default="", converter=as_text, validator=optional_prose, kw_only=True)
    manager: str = field(converter=as_text, validator=identifier, kw_only=True)
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    policy: Mapping[str, Any] = field(
        default=_NOTHING,
        converter=as_mapping,
        validator=checked(_is_of_policy, "a mapping from fields of Policy to their values"),
        kw_only=True,
    )
    ledger: Ledger = field(validator=instance_of(Ledger, allowed="a Ledger"), kw_only=True)
    people: tuple[Person, ...] = field(
        default=(),
        converter=as_people,
        validator=a_people_list,
        kw_only=True,
    )
    as_of: datetime | None = field(
        default=None,
        validator=checked(lambda value: value is None or is_moment(value), f"None, or {MOMENT}"),
        kw_only=True,
    )
    expected: Mapping[str, Any] = field(
        converter=as_mapping,
        validator=checked(
            lambda value: isinstance(value, ReadOnlyMapping) and set(value) <= set(OF_EXPECTED),
            "a mapping from names such as points to what is expected",
        ),
        kw_only=True,
    )


def cases_of(text: str) -> tuple[WorkedCase, ...]:
    """The worked cases that a text in TOML describes.

    Args:
        text: The text.

    Returns:
        The cases in their order, at least one.

    Raises:
        DecodingError: The text describes no cases; it lists every problem with its path.

    >>> (case,) = cases_of('''
    ... [[cases]]
    ... name = "one visit is not reported"
    ... year = 2025
    ... violations = [{ rule = "2.1" }]
    ... expect = { points = 1 }
    ... ''')
    >>> case.expected
    {'points': Decimal('1')}
    """
    try:
        return _read_cases(parsed(text))
    except RejectedError as error:
        raise DecodingError(error.problems, error.more) from None


def check_case(
    case: WorkedCase, standard: Rulebook | Editions, policy: Policy = _DEFAULT
) -> tuple[Problem, ...]:
    """Everything that comes out otherwise than a case expects.

    Args:
        case: The case.
        standard: The standard: a rulebook, or its editions.
        policy: What is decided where the standard is silent and the case says nothing.

    Returns:
        The differences, each with its place in what is expected; none where the case comes out.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> (case,) = cases_of('''
    ... [[cases]]
    ... name = "one visit is not reported"
    ... year = 2025
    ... violations = [{ rule = "2.1" }]
    ... expect = { points = 2, score = 99 }
    ... ''')
    >>> print(*check_case(case, ERROR_POINTS))
    $.points: 1, but the case expects 2
    """
    _require("check_case", case, standard, policy)
    return tuple(_differences(case, standard, policy, _outcome(case, standard, policy)))


def report_case(
    case: WorkedCase,
    standard: Rulebook | Editions,
    policy: Policy = _DEFAULT,
    *,
    language: Language = "en",
) -> str:
    """What comes out otherwise than a case expects, in words, and how it came about.

    Args:
        case: The case.
        standard: The standard: a rulebook, or its editions.
        policy: What is decided where the standard is silent and the case says nothing.
        language: In which language the appraisal is explained: ``"zh-Hant"``, ``"zh-Hans"`` or
            ``"en"``.

    Returns:
        Lines of text; an empty string where the case comes out.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.
    """
    _require("report_case", case, standard, policy)
    outcome = _outcome(case, standard, policy)
    problems = tuple(_differences(case, standard, policy, outcome))
    if not problems:
        return ""
    lines = [f'case "{case.name}" does not come out:', *(f"- {each}" for each in problems)]
    if case.note:
        lines += ["", case.note]
    if isinstance(outcome, Appraisal):
        lines += ["", outcome.explain(language)]
    return "\n".join(lines)


def _require(where: str, case: object, standard: object, policy: object) -> None:
    require_all(
        where,
        ("case", case, isinstance(case, WorkedCase), "a WorkedCase"),
        ("standard", standard, is_standard(standard), STANDARD),
        ("policy", policy, isinstance(policy, Policy), "a Policy"),
    )


# Reading a text and its cases.

_SPAN = ("year", "first", "last")
_OF_CASE = (
    *("name", "note", "manager", *_SPAN, "policy"),
    *("violations", "merits", "entries", "people", "milestones", "as_of", "expect"),
)
_RECORDED: Mapping[str, type[Act]] = MappingProxyType({"violations": Violation, "merits": Merit})
"""The keys of what was recorded, each with its kind."""


def _read_cases(data: object) -> tuple[WorkedCase, ...]:
    table = Table(data, ("cases", *_SPAN))
    period = _read_period(table, None)

    def read_case(value: object, place: int) -> WorkedCase:
        return _read_case(value, period)

    cases = table.needed(
        "cases", lambda value: read_list(value, read_case), (), "a table [[cases]] for each case"
    )
    names: set[str] = set()
    for place, case in enumerate(cases):
        if case.name in names:
            path = f"$.cases[{place}].name"
            table.add(CaseFlaw.REPEATED_NAME.problem(path, shown(case.name)))
        names.add(case.name)
    if table.fields.get("cases") == []:
        table.add(CaseFlaw.NO_CASE.problem("$.cases"))
    table.close()
    return cases


def _read_period(table: Table, otherwise: Period | None) -> Period | None:
    """The period that a table states; where it states none, another."""
    given = {name: table.fields[name] for name in _SPAN if name in table.fields}
    if not given:
        return otherwise
    if "year" not in given:
        return table.take("", lambda: decode(given, Period), _ANY_PERIOD)
    if len(given) > 1:
        table.add(CaseFlaw.YEAR_AND_DAYS.problem("$.year"))
        return _ANY_PERIOD
    year = table.read("year", READERS[int], None)
    return _ANY_PERIOD if year is None else table.take("", lambda: Period.year(year), _ANY_PERIOD)


def _read_case(value: object, period: Period | None) -> WorkedCase:
    table = Table(value, _OF_CASE)
    name = table.needed("name", _read_line, "?")
    note = table.read("note", READERS[str], "")
    manager = table.read("manager", read_id, _MANAGER)
    span = _read_period(table, period)
    if span is None:
        table.add(CaseFlaw.NO_PERIOD.problem("$.year"))
        span = _ANY_PERIOD
    policy = table.read("policy", read_policy, _NOTHING)
    recorded: tuple[Recorded, ...] = ()
    places: list[str] = []
    for key, kind in _RECORDED.items():
        read_one = partial(read_recorded, kind=kind, manager=manager, period=span)
        of_kind: tuple[Recorded, ...] = table.read(key, partial(read_list, reader=read_one), ())
        if not of_kind:
            of_kind = stand_ins(table.fields.get(key), kind, manager, span)
        recorded += of_kind
        places += [f".{key}[{place}].id" for place in range(len(of_kind))]
    facts = CaseFacts(recorded, name)
    for place in facts.repeated:
        given = shown(recorded[place].violation_id)
        table.add(CaseFlaw.REPEATED_ID.problem(f"${places[place]}", given))
    later = table.read("entries", lambda value: read_list(value, facts.read_later), ())
    ledger = Ledger() if table.listed else ledger_of((*recorded, *later), table, len(recorded))
    people: tuple[Person, ...] = ()
    for key, of_person in (("people", Tenure), ("milestones", Milestone)):
        read_each = partial(read_person, kind=of_person, manager=manager)
        people += table.read(key, partial(read_list, reader=read_each), ())
    as_of = table.read("as_of", partial(read_moment, hour=END_OF_DAY), None)
    expected = table.needed("expect", partial(read_expected, ids=facts.acts), _NOTHING)
    table.close()
    return WorkedCase(
        name,
        note=note,
        manager=manager,
        period=span,
        policy=policy,
        ledger=ledger,
        people=people,
        as_of=as_of,
        expected=expected,
    )


def _read_line(value: object) -> str:
    if not is_line(text := READERS[str](value)):
        raise rejected(value, "a name on one line, without spaces around it")
    return cast(str, text)


# Scoring.


def _differences(
    case: WorkedCase,
    standard: Rulebook | Editions,
    policy: Policy,
    outcome: Appraisal | ScoringError | PolicyError,
) -> Iterator[Problem]:
    yield from differences(outcome, case.expected)
    if isinstance(outcome, Appraisal) and "account" in case.expected:
        try:
            account = points_account(
                case.ledger,
                standard,
                manager=case.manager,
                through=case.period.last,
                policy=outcome.policy,
                people=case.people,
                as_of=case.as_of,
            )
        except ScoringError as error:
            yield from (problem.within("$.account") for problem in error.problems)
        else:
            yield from differences_of_account(account, case.expected["account"])


def _outcome(
    case: WorkedCase, standard: Rulebook | Editions, policy: Policy
) -> Appraisal | ScoringError | PolicyError:
    try:
        return score(
            case.ledger,
            standard,
            case.period,
            manager=case.manager,
            policy=attrs.evolve(policy, **case.policy),
            people=case.people,
            as_of=case.as_of,
        )
    except (ScoringError, PolicyError) as error:
        return error
