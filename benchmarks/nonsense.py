"""Documents of nonsense, in every form that has once cost much time or memory.

What reads them is held to few problems by the tests, and to seconds and bytes by ``decoding.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    DecodingError,
    Ledger,
    Period,
    Policy,
    Rulebook,
    score,
)
from cmappraisal.interop.catalogue import FORMATS
from cmappraisal.interop.converters import dumps, loads
from cmappraisal.training import ASK, Curriculum, Schedule, TrainingPlan

WORDS = {"zh_hant": "a", "zh_hans": "a", "en": "a"}
VIOLATION = {"id": "V", "manager": "R", "rule": "1", "occurred_on": "2025-01-01"}
NOON = "2025-03-04T12:00:00Z"


def document(kind: type, **fields: Any) -> str:
    return json.dumps({"format": FORMATS[kind], **fields}, ensure_ascii=False)


def many(size: int, kind: type, field: str, element: str) -> str:
    """A document with as many of one element in a list as there is room for."""
    elements = ",".join([element] * (size // (len(element) + 1)))
    return f'{{"format":"{FORMATS[kind]}","{field}":[{elements}]}}'


def numbered(size: int, make: Callable[[int], Any]) -> list[Any]:
    """Elements that differ by a number, as many as there is room for."""
    return [make(number) for number in range(size // (len(json.dumps(make(10_000))) + 2))]


def rulebook(**fields: Any) -> str:
    return json.dumps({**json.loads(dumps(ERROR_POINTS)), **fields}, ensure_ascii=False)


def rule(number: int, **fields: Any) -> dict[str, Any]:
    citation = {"path": ["1", "1", f"a{number}"]}
    penalty = {"kind": "deduction", "points": 1, "unit": "occurrence"}
    return {"id": f"r{number}", "text": WORDS, "penalty": penalty, "citation": citation, **fields}


def part(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"id": "1", "text": WORDS, "rules": rules}


def appraisal(**fields: Any) -> str:
    made = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    return json.dumps({**json.loads(dumps(made)), **fields})


def step(**fields: Any) -> dict[str, Any]:
    reason = {"kind": "assumption", "field": "aggravation"}
    return {"effect": "stated", "points": 1, "change": 1, "reason": reason, **fields}


def line(*steps: dict[str, Any]) -> dict[str, Any]:
    violation = {**VIOLATION, "rule": "2.1"}
    return {
        "violation": violation,
        "rule": "2.1",
        "edition": "1.0",
        "points": 1,
        "money": 0,
        "revokes": False,
        "steps": steps,
    }


def recorded(**fields: Any) -> dict[str, Any]:
    return {"kind": "recorded", "at": NOON, "violation": {**VIOLATION, **fields}}


def taken_or_lifted(number: int) -> dict[str, Any]:
    about = {"violation_id": "V", "consequence": "fine", "at": NOON}
    if number % 2:
        return {"kind": "lifted", "reason": "x", **about}
    return {"kind": "taken", "on": "2025-03-04", **about}


def scheduled(**fields: Any) -> str:
    plan = json.loads(dumps(ASK))
    del plan["format"]
    period = {"first": "2025-01-01", "last": "2025-12-31"}
    return document(
        Schedule, **{"plan": plan, "period": period, "calendar": {}, "sessions": [], **fields}
    )


NONSENSE: dict[str, tuple[type, Callable[[int], str]]] = {
    "zeros": (Ledger, lambda size: many(size, Ledger, "entries", "0")),
    "empty objects": (Ledger, lambda size: many(size, Ledger, "entries", "{}")),
    "empty lists": (Ledger, lambda size: many(size, Ledger, "entries", "[]")),
    "floats": (Ledger, lambda size: many(size, Ledger, "entries", "1e1")),
    "ints": (Ledger, lambda size: many(size, Ledger, "entries", "9" * 22)),
    "repeated keys": (Ledger, lambda size: many(size, Ledger, "entries", '{"a":0,"a":0}')),
    "nested": (Ledger, lambda size: many(size, Ledger, "entries", "[" * 500 + "]" * 500)),
    "open lists": (Ledger, lambda size: "[" * size),
    "open objects": (Policy, lambda size: '{"a":' * (size // 5)),
    "a long string": (Ledger, lambda size: document(Ledger, entries=["x" * size])),
    "a long id": (Ledger, lambda size: document(Ledger, entries=[recorded(id="\ufdfa" * size)])),
    "one consequence, taken and lifted": (
        Ledger,
        lambda size: document(Ledger, entries=[recorded(), *numbered(size, taken_or_lifted)]),
    ),
    "a long note": (
        Ledger,
        lambda size: document(Ledger, entries=[recorded(note="\ufdfa" * size)]),
    ),
    "a long key": (Ledger, lambda size: document(Ledger, entries=[], **{"x" * size: 1})),
    "a long kind": (Ledger, lambda size: document(Ledger, entries=[{"kind": "x" * size}])),
    "a long int": (Policy, lambda size: f'{{"format":"{FORMATS[Policy]}","floor":{"9" * size}}}'),
    "a long float": (
        Policy,
        lambda size: f'{{"format":"{FORMATS[Policy]}","floor":0.{"9" * size}}}',
    ),
    "a long decimal": (Policy, lambda size: document(Policy, floor="9" * size)),
    "unknown fields": (
        Policy,
        lambda size: document(Policy, **{str(number): 0 for number in range(size // 11)}),
    ),
    "grades": (
        Policy,
        lambda size: document(
            Policy, grades=numbered(size, lambda n: {"id": "A", "at_least": n, "below": n + 1})
        ),
    ),
    "residual rules": (
        Rulebook,
        lambda size: rulebook(parts=[part(*(rule(n, residual="1") for n in range(5_000)))]),
    ),
    "rules beside a residual one": (
        Rulebook,
        lambda size: rulebook(
            parts=[part(*(rule(n, residual=None if n else "1") for n in range(5_000)))]
        ),
    ),
    "rules": (Rulebook, lambda size: rulebook(parts=[part(*numbered(size, rule))])),
    "rules that displace": (
        Rulebook,
        lambda size: rulebook(
            parts=[part(*(rule(n, displaces=[f"r{n // 2}"] * 60) for n in range(1, 4_600)))]
        ),
    ),
    "parts": (Rulebook, lambda size: rulebook(parts=numbered(size, lambda n: part(rule(n))))),
    "chained circumstances": (
        Rulebook,
        lambda size: rulebook(
            circumstances=numbered(
                size,
                lambda n: {"id": f"c{n}", "text": WORDS, "implies": [f"c{n - 1}"] if n else []},
            )
        ),
    ),
    "stray appeals": (
        Ledger,
        lambda size: document(
            Ledger,
            entries=numbered(
                size,
                lambda n: {"kind": "appealed", "at": NOON, "violation_id": str(n), "grounds": "x"},
            ),
        ),
    ),
    "entries": (
        Ledger,
        lambda size: document(Ledger, entries=numbered(size, lambda n: recorded(id=str(n)))),
    ),
    "one case": (
        Ledger,
        lambda size: document(
            Ledger,
            entries=[
                recorded(),
                *numbered(size, lambda _: {**recorded(), "kind": "amended", "reason": "x"}),
            ],
        ),
    ),
    "lines": (Appraisal, lambda size: appraisal(lines=numbered(size, lambda _: line(step())))),
    "steps": (Appraisal, lambda size: appraisal(lines=[line(*numbered(size, lambda _: step()))])),
    "circumstances of a step": (
        Appraisal,
        lambda size: appraisal(lines=[line(step(circumstances=numbered(size, str)))]),
    ),
    "subtotals": (
        Appraisal,
        lambda size: appraisal(subtotals=numbered(size, lambda n: {"part": str(n), "points": 1})),
    ),
    "references": (
        Appraisal,
        lambda size: appraisal(
            standard={
                "editions": numbered(
                    size, lambda n: {"rulebook": {"id": str(n), "edition": "1", "digest": "0" * 64}}
                )
            }
        ),
    ),
    "trainees": (
        Schedule,
        lambda size: scheduled(trainees=numbered(size, lambda n: {"id": str(n)})),
    ),
    "holidays": (
        Schedule,
        lambda size: scheduled(calendar={"holidays": numbered(size, lambda _: "2025-03-04")}),
    ),
    "days": (Schedule, lambda size: scheduled(blackouts=list(days()))),
    "sessions": (
        Schedule,
        lambda size: scheduled(
            sessions=numbered(
                size,
                lambda n: {
                    "activity": "x",
                    "planned_on": "2025-01-01",
                    "on": "2025-01-01",
                    "number": n % 9_000 + 1,
                },
            )
        ),
    ),
    "activities": (
        TrainingPlan,
        lambda size: json.dumps(
            {
                **json.loads(dumps(ASK)),
                "activities": numbered(
                    size,
                    lambda n: {
                        "id": str(n),
                        "text": WORDS,
                        "kind": "meeting",
                        "timing": {"kind": "cadence", "rrule": "FREQ=DAILY"},
                    },
                ),
            }
        ),
    ),
    "courses": (
        Curriculum,
        lambda size: document(
            Curriculum,
            id="a",
            edition="1",
            text=WORDS,
            courses=numbered(size, lambda n: {"id": str(n), "text": WORDS, "domain": "skill"}),
        ),
    ),
}


def days() -> Iterator[str]:
    for number in range(100_000):
        yield (date(1900, 1, 1) + timedelta(number)).isoformat()


def outcome(text: str, kind: type) -> DecodingError | None:
    """The error with which a document is rejected, or None where it is read."""
    try:
        loads(text, kind)
    except DecodingError as error:
        return error
    return None
