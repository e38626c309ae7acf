"""The input of the page: a query that is read, written again, and made the library's own values.

What is typed and cannot be converted is handed on as it is, since the library rejects it and says
why. Circumstances, choices of the policy and rules are the library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final, NamedTuple, cast, get_type_hints
from urllib.parse import parse_qsl, urlencode

import attrs

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Add,
    AppraisalError,
    Assessed,
    CalendarSpan,
    Grade,
    Language,
    Ledger,
    Multiply,
    Period,
    Policy,
    Problem,
    ProblemCode,
    Recorded,
    Rulebook,
    Text,
    Violation,
    faults,
)
from cmappraisal.comparison import Situation
from cmappraisal.standards import (
    Clause,
    Consequence,
    Edition,
    Editions,
    Never,
    Span,
    Thresholds,
    Waive,
    WithPeriod,
)
from cmappraisal.texts import Choice

MANAGER: Final = "RM-01"
MAXIMUM_VIOLATIONS: Final = 20


# The standards: as written, with a table of what follows, and both as editions of one.

TABLE: Final = Clause(
    "thresholds",
    Text("積分達 20 分、40 分的處理", "积分达 20 分、40 分的处理", en="At 20 and at 40 points"),
    citation="5.1",
    thresholds=Thresholds({20: "talk", 40: ["talk", "course"]}, reached="highest"),
)
HEAVIER: Final = Clause(
    "aggravation",
    Text("加重者按三倍計", "加重者按三倍计", en="What is aggravated counts three times"),
    citation="5.2",
    answers={"aggravation": Multiply(3)},
)
WITH_TABLE: Final = attrs.evolve(
    ERROR_POINTS,
    edition="2.0",
    consequences=[
        *ERROR_POINTS.consequences,
        Consequence("talk", Text("誡勉談話", "诫勉谈话", en="a talk with the head of the branch")),
        Consequence("course", Text("脫產培訓", "脱产培训", en="days of training"), days=5),
    ],
    clauses=[TABLE],
)
STRICTER: Final = attrs.evolve(
    WITH_TABLE,
    clauses=[TABLE, HEAVIER],
    silences=[each for each in WITH_TABLE.silences if each.field != "aggravation"],
)
STANDARDS: Final[Mapping[str, tuple[Text, Rulebook | Editions]]] = {
    "table": (
        Text(
            "差錯積分，附積分達 20 分、40 分的處理",
            "差错积分，附积分达 20 分、40 分的处理",
            en="Error points, with what follows at 20 and at 40 points",
        ),
        WITH_TABLE,
    ),
    "written": (Text("差錯積分，照原文", "差错积分，照原文", en="Error points"), ERROR_POINTS),
    "editions": (
        Text(
            "兩個版本：七月起附處理，加重按三倍",
            "两个版本：七月起附处理，加重按三倍",
            en="Two editions: from July on with what follows, and aggravated three times",
        ),
        Editions(
            [
                Edition(ERROR_POINTS, last=date(2025, 6, 30)),
                Edition(STRICTER, first=date(2025, 7, 1)),
            ]
        ),
    ),
}


# The policy: what each field can be. A field with finitely many choices has those of its type.

BANDS: Final = [
    Grade("A", Text("優秀", "优秀", en="excellent"), at_least=90, below=None),
    Grade("B", Text("良好", "良好", en="good"), at_least=75, below=90),
    Grade("C", Text("合格", "合格", en="adequate"), at_least=60, below=75),
    Grade("D", Text("不合格", "不合格", en="inadequate"), at_least=None, below=60),
]
NUMBERS: Final = ("smallest_unit", "full_marks", "floor")
OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "aggravation": {
        "times-2": Multiply(2),
        "times-1": Multiply(1),
        "times-1.5": Multiply("1.5"),
        "times-3": Multiply(3),
        "plus-5": Add(5),
        "assessed": Assessed(),
    },
    "mitigation": {"times-0.5": Multiply("0.5"), "times-1": Multiply(1), "waive": Waive()},
    "grades": {"none": (), "four": tuple(BANDS)},
    "assessment_period": {each.value: Span(calendar=each) for each in CalendarSpan},
    "lapse": {"with-period": WithPeriod(), "months-12": Span(months=12), "never": Never()},
    **{
        name: {member.value: member for member in kind}
        for name, kind in get_type_hints(Policy).items()
        if isinstance(kind, type) and issubclass(kind, Choice)
    },
}
DEFAULTS: Final = Policy()
FIELDS: Final = tuple(attrs.fields_dict(Policy))


def usual(field: str) -> str:
    """What stands in the form for the default of a field of the policy."""
    default = getattr(DEFAULTS, field)
    if field in NUMBERS:
        return "" if default is None else str(default)
    return next(key for key, value in OPTIONS[field].items() if value == default)


# The input.

ACT: Final = {
    "rule": "1.1",
    "occurred_on": "2025-03-02",
    "quantity": "1",
    "incident": "",
    "refers_to": "",
    "assessed_points": "",
    "appealed": "",
}
EXAMPLE: Final = urlencode(
    [
        ("year", "2025"),
        *{"1.rule": "3.2b", "1.occurred_on": "2025-02-11", "1.circumstances": "risk"}.items(),
        *{"2.rule": "3.2a", "2.occurred_on": "2025-05-26", "2.incident": "mill loan"}.items(),
        *{"3.rule": "3.3", "3.occurred_on": "2025-05-26", "3.incident": "mill loan"}.items(),
        *{"4.rule": "1.7a", "4.occurred_on": "2025-10-10", "4.quantity": "3"}.items(),
    ]
)


class Act(NamedTuple):
    """A violation as it was typed."""

    typed: Mapping[str, str]
    circumstances: tuple[str, ...]


class Given(NamedTuple):
    """An input as it was typed, and what of it the page has no place for."""

    language: Language
    standard: str
    year: str
    acts: tuple[Act, ...]
    policy: Mapping[str, str]
    problems: tuple[Problem, ...]


def read(query: str) -> Given:
    """An input from a query; an empty one is the example."""
    plain: dict[str, str] = {"language": "en", "standard": next(iter(STANDARDS)), "year": ""}
    policy = {name: usual(name) for name in FIELDS}
    acts: dict[int, Act] = {}
    problems: list[Problem] = []
    pairs = parse_qsl(query or EXAMPLE, keep_blank_values=True)
    for name, value in pairs:
        number, _, field = name.partition(".")
        if name in plain:
            plain[name] = value
        elif number == "policy" and field in policy:
            policy[field] = value
        elif re.fullmatch(r"[1-9][0-9]{0,2}", number) and field in (*ACT, "circumstances"):
            act = acts.setdefault(int(number), Act(dict(ACT), ()))
            if field in ACT:
                act = Act({**act.typed, field: value}, act.circumstances)
            else:
                act = act._replace(circumstances=(*act.circumstances, value))
            acts[int(number)] = act
        elif name not in ("add", "remove"):
            problems.append(Problem("$.input", ProblemCode.UNKNOWN_FIELD, name))
    asked = dict(pairs)
    kept = [act for number, act in sorted(acts.items()) if asked.get("remove") != str(number)]
    if "add" in asked:
        kept.append(Act({**ACT, "occurred_on": f"{plain['year']}-03-02"}, ()))
    if len(kept) > MAXIMUM_VIOLATIONS:
        message = f"{len(kept)} violations; allowed: at most {MAXIMUM_VIOLATIONS}"
        problems.append(Problem("$.violation", ProblemCode.TOO_MANY, message))
    for name, allowed in (("language", LANGUAGES), ("standard", tuple(STANDARDS))):
        if plain[name] not in allowed:
            message = f"{plain[name]!r}; allowed: {', '.join(allowed)}"
            problems.append(Problem(f"$.{name}", ProblemCode.NOT_ALLOWED, message))
            plain[name] = {"language": "en"}.get(name, allowed[0])
    return Given(
        cast(Language, plain["language"]),
        plain["standard"],
        plain["year"],
        tuple(kept[:MAXIMUM_VIOLATIONS]),
        policy,
        tuple(problems),
    )


def written(given: Given) -> str:
    """The query that reads as the input, without what is as usual."""
    pairs: list[tuple[str, str]] = []
    if given.language != "en":
        pairs.append(("language", given.language))
    if given.standard != next(iter(STANDARDS)):
        pairs.append(("standard", given.standard))
    pairs.append(("year", given.year))
    for number, act in enumerate(given.acts, start=1):
        pairs += [
            (f"{number}.{name}", value)
            for name, value in act.typed.items()
            if value != ACT[name] or name in ("rule", "occurred_on")
        ]
        pairs += [(f"{number}.circumstances", each) for each in act.circumstances]
    pairs += [
        (f"policy.{name}", value) for name, value in given.policy.items() if value != usual(name)
    ]
    return urlencode(pairs)


# From the input to the values of the library. What cannot be converted the library rejects.


def as_int(typed: str) -> int | str:
    """A whole number, or what was typed where it is none."""
    return int(typed) if re.fullmatch(r"-?[0-9]{1,9}", typed.strip()) else typed


def as_day(typed: str) -> date | str:
    """A day, or what was typed where it is none."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return typed


def violation_of(number: int, act: Act) -> Violation:
    """The violation that was typed."""
    typed = act.typed
    return Violation(
        f"V-{number}",
        MANAGER,
        rule=typed["rule"],
        occurred_on=cast(date, as_day(typed["occurred_on"])),
        quantity=cast(int, as_int(typed["quantity"])),
        circumstances=act.circumstances,
        incident=typed["incident"] or None,
        refers_to=typed["refers_to"] or None,
        assessed_points=typed["assessed_points"].strip() or None,
    )


def policy_of(typed: Mapping[str, str]) -> Policy:
    """The policy that was chosen; all else stays as it is."""
    chosen: dict[str, Any] = {}
    for name, key in typed.items():
        if key != usual(name):
            chosen[name] = key.strip() or None if name in NUMBERS else OPTIONS[name].get(key, key)
    return Policy(**chosen)


def ledger_of(given: Given, violations: Iterable[Violation]) -> Ledger:
    """The violations, each recorded in the evening of its day, and then the appeals."""
    entries = [
        Recorded(each, at=datetime.combine(each.occurred_on, time(20), UTC)) for each in violations
    ]
    entries.sort(key=lambda entry: entry.at)
    ledger = Ledger(entries)
    for number, act in enumerate(given.acts, start=1):
        if act.typed["appealed"]:
            ledger = ledger.appeal(f"V-{number}", at=entries[-1].at, grounds="-")
    return ledger


def situation_of(given: Given) -> Situation:
    """What is appraised.

    Raises:
        AppraisalError: It reports everything that is wrong with the input.
    """
    problems = list(given.problems)
    violations: list[Violation] = []
    standard, policy, period = STANDARDS[given.standard][1], DEFAULTS, Period.year(2025)
    try:
        period = Period.year(cast(int, as_int(given.year)))
    except AppraisalError as error:
        problems += error.problems
    try:
        policy = policy_of(given.policy)
    except AppraisalError as error:
        problems += error.problems
    for number, act in enumerate(given.acts, start=1):
        try:
            violation = violation_of(number, act)
            found = faults(violation, standard, policy)
        except AppraisalError as error:
            found = error.problems
        else:
            violations.append(violation)
        problems += (each.within(f"$[{number}]") for each in found)
    if problems:
        raise AppraisalError(problems)
    ledger = ledger_of(given, violations)
    return Situation(ledger, standard, period=period, manager=MANAGER, policy=policy)
