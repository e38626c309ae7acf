"""Clauses: the general part of a standard, which holds for all of its rules."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import Add, Assessed, CountedOn, FieldError, Grade, Multiply, Policy, Rounding
from cmappraisal.showing import shown
from cmappraisal.spans import MAXIMUM_MONTHS
from cmappraisal.standards import Answers, Cap, Citation, Clause, Limitation, SetTo, Waive
from small_standards import TEXT, clause

OCCURRED, FOUND = CountedOn.OCCURRED, CountedOn.FOUND
RECORDED, EFFECTIVE = CountedOn.RECORDED, CountedOn.EFFECTIVE


# Within which time.


def test_a_limitation_runs_from_the_act_to_its_recording_where_nothing_is_said() -> None:
    made = Limitation(24)
    assert (made.months, made.start, made.end) == (24, OCCURRED, RECORDED)


@pytest.mark.parametrize(
    ("start", "end"), [(OCCURRED, FOUND), (OCCURRED, RECORDED), (FOUND, RECORDED)]
)
def test_a_limitation_ends_after_it_starts(start: CountedOn, end: CountedOn) -> None:
    for given in ((start, end), (start.value, end.value)):
        made = Limitation(24, start=given[0], end=given[1])
        assert (made.start, made.end) == (start, end)


@pytest.mark.parametrize("months", [1, MAXIMUM_MONTHS])
def test_a_limitation_has_months_up_to_a_bound(months: int) -> None:
    assert Limitation(months).months == months


START = "CountedOn.OCCURRED or CountedOn.FOUND"
DAYS = ", ".join(f'{day} or "{day.value}"' for day in CountedOn)


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        *(
            ({"months": months}, [("months", "an int from 1 to 1200")])
            for months in (0, -1, MAXIMUM_MONTHS + 1, 10**10_000, 24.0, "24", True, None)
        ),
        ({"start": RECORDED}, [("start", START)]),
        ({"start": EFFECTIVE}, [("start", START)]),
        ({"start": "act"}, [("start", DAYS)]),
        ({"start": None}, [("start", DAYS)]),
        ({"start": ["occurred"]}, [("start", DAYS)]),
        ({"end": OCCURRED}, [("end", "CountedOn.FOUND or CountedOn.RECORDED")]),
        ({"end": EFFECTIVE}, [("end", "CountedOn.FOUND or CountedOn.RECORDED")]),
        ({"end": None}, [("end", "CountedOn.FOUND or CountedOn.RECORDED")]),
        ({"end": "later"}, [("end", "CountedOn.FOUND or CountedOn.RECORDED")]),
        ({"end": [RECORDED]}, [("end", "CountedOn.FOUND or CountedOn.RECORDED")]),
        ({"start": FOUND, "end": FOUND}, [("end", "CountedOn.RECORDED")]),
        ({"start": FOUND, "end": OCCURRED}, [("end", "CountedOn.RECORDED")]),
        (
            {"months": 0, "start": EFFECTIVE, "end": OCCURRED},
            [
                ("months", "an int from 1 to 1200"),
                ("start", START),
                ("end", "CountedOn.RECORDED"),
            ],
        ),
    ],
    ids=shown,
)
def test_a_limitation_that_does_not_fit_is_reported(
    fields: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(FieldError) as caught:
        Limitation(**{"months": 24, **fields})
    assert [problem.path for problem in caught.value.problems] == [
        f"$.{name}" for name, _ in problems
    ]
    for problem, (name, allowed) in zip(caught.value.problems, problems, strict=True):
        assert problem.message == f"{shown(fields[name])}; allowed: {allowed}"


# What the standard states of the policy.


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, {}),
        ({"floor": None}, {"floor": None}),
        ({"floor": "0.50"}, {"floor": Decimal("0.5")}),
        ({"smallest_unit": "0.50"}, {"smallest_unit": Decimal("0.5")}),
        ({"rounding": "up"}, {"rounding": Rounding.UP}),
        ({"mitigation": Waive()}, {"mitigation": Waive()}),
        ({"aggravation": Assessed()}, {"aggravation": Assessed()}),
        (
            {"grades": [Grade("A", at_least=None, below=None)]},
            {"grades": (Grade("A", at_least=None, below=None),)},
        ),
        ({"full_marks": 120, "floor": 110}, {"full_marks": 120, "floor": 110}),
        # An answer that equals a default is an answer all the same.
        ({"full_marks": 100}, {"full_marks": 100}),
    ],
    ids=shown,
)
def test_answers_are_kept_as_the_policy_would_keep_them(
    given: dict[str, Any], kept: dict[str, Any]
) -> None:
    answers = clause(1, answers=given).answers
    assert answers == kept
    assert {name: type(each) for name, each in answers.items()} == {
        name: type(getattr(Policy(**given), name)) for name in kept
    }


def test_answers_are_in_the_order_of_the_fields_of_the_policy() -> None:
    given = {"floor": None, "mitigation": Waive(), "aggravation": Multiply(2)}
    for answers in (given, Answers(given)):
        made = clause(1, answers=answers)
        assert list(made.answers) == ["aggravation", "mitigation", "floor"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (None, ""),
        (5, ""),
        ("floor", ""),
        (["floor"], ""),
        ([("floor", 0)], ""),
        ({"flor": 0}, ""),
        ({"floor": 0, "text": 1}, ""),
        ({5: 0}, ""),
        ({None: 0}, ""),
        ({"floor": 0.5}, "; 0.5; allowed: None, or a Decimal, an int or a string such as '2.5'"),
        ({"floor": []}, "; []; allowed: None, or a Decimal, an int or a string such as '2.5'"),
        ({"aggravation": None}, "; None; allowed: Multiply by at least 1, Add or Assessed"),
        ({"mitigation": Add(1)}, "; Add(points=Decimal('1')); allowed: Multiply by at most 1, or"),
        ({"rounding": "nearest"}, "; 'nearest'; allowed: Rounding.HALF_UP or"),
        ({"full_marks": 50, "floor": 60}, "; floor (60) is above full_marks (50); lower the one"),
    ],
    ids=shown,
)
def test_what_is_no_answer_of_the_policy_is_reported(answers: Any, reason: str) -> None:
    with pytest.raises(FieldError) as caught:
        clause(1, answers=answers)
    [problem] = caught.value.problems
    assert problem.path == "$.answers"
    fields = ", ".join(attrs.fields_dict(Policy))
    allowed = f"; allowed: a mapping from fields of Policy ({fields}) to their answers"
    assert problem.message.startswith(f"{shown(answers)}{allowed}{reason}")
    assert bool(reason) == (not problem.message.endswith("to their answers"))


def test_answers_are_a_read_only_mapping() -> None:
    answers = Answers({"floor": Decimal(0)})
    assert answers == {"floor": 0}
    assert hash(answers) == hash(Answers({"floor": 0}))
    assert repr(answers) == "{'floor': Decimal('0')}"
    with pytest.raises(TypeError):
        answers["floor"] = 1  # type: ignore[index]
    again = pickle.loads(pickle.dumps(answers))
    assert again == answers
    assert type(again) is Answers
    assert clause(1, answers=answers).answers == answers


def test_answers_that_were_made_elsewhere_are_checked() -> None:
    for wrong in (Answers({"flor": 0}), Answers({"floor": "x"})):
        with pytest.raises(FieldError, match=r'^Clause "G1": answers is \{'):
            clause(1, answers=wrong)


# A clause.


def test_what_is_not_said_has_its_default() -> None:
    assert attrs.asdict(Clause("G1", TEXT, citation="6"), recurse=False) == {
        "id": "G1",
        "text": TEXT,
        "citation": Citation("6"),
        "aggravated_by": {},
        "mitigated_by": {},
        "again": None,
        "responsible": (),
        "cap": None,
        "limitation": None,
        "balance": None,
        "clean_time": None,
        "thresholds": None,
        "answers": {},
    }


def test_a_clause_weighs_as_a_rule_does() -> None:
    made = clause(1, aggravated_by={"b": SetTo(5), "a": None}, mitigated_by=["d", "c"])
    assert list(made.aggravated_by.items()) == [("a", None), ("b", SetTo(5))]
    assert list(made.mitigated_by.items()) == [("c", None), ("d", None)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "words"}, "text is 'words'; allowed: a Text in three languages"),
        ({"citation": "x"}, "citation is 'x'; allowed: a Citation, or its path such as [3, 2, "),
        ({"citation": None}, "citation is None; allowed: a Citation, or its path such as [3, 2, "),
        ({"aggravated_by": {"a": Waive()}}, "aggravated_by is {'a': Waive()}; allowed: a set or"),
        ({"mitigated_by": {"a": Add(1)}}, "mitigated_by is {'a': Add(points=Decimal('1'))}; allow"),
        ({"cap": 5}, "cap is 5; allowed: a Cap, or None"),
        ({"limitation": 24}, "limitation is 24; allowed: a Limitation, or None"),
    ],
    ids=shown,
)
def test_a_field_that_does_not_fit_is_reported(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Clause(**{"id": "G1", "text": TEXT, "citation": "6", **fields})
    assert str(caught.value).startswith(f'Clause "G1": {message}')


def test_a_clause_reports_every_field_that_does_not_fit() -> None:
    names = [field.name for field in attrs.fields(Clause) if field.name != "id"]
    with pytest.raises(FieldError) as caught:
        Clause("G1", **dict.fromkeys(names, object()))  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [f"$.{name}" for name in names]


@pytest.mark.parametrize(
    "value",
    [
        Limitation(24, start="found"),
        clause(
            1,
            aggravated_by=["a"],
            mitigated_by={"b": Waive()},
            cap=Cap(5),
            limitation=Limitation(12),
            answers={"floor": None, "grades": [Grade("A", at_least=None, below=None)]},
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
