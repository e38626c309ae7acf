"""Consequences: what follows beside points, as fields that are checked one by one."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from choices import assert_choices_are_worded
from cmappraisal import ERROR_POINTS, FieldError
from cmappraisal.consequences import gravest
from cmappraisal.showing import shown
from cmappraisal.standards import AtMost, CancelThose, Consequence, SettlesWhen, Status
from small_standards import TEXT

PLAIN = Consequence("warned", TEXT)
MONEY = (
    "None, or a Decimal, an int or a string such as '2.5' from 0 to 1000000, of at most 4 decimal "
    "places (never a float)"
)
STATUS = 'None, Status.SUSPENDED or "suspended", or Status.REVOKED or "revoked"'


def test_what_is_not_said_has_its_default() -> None:
    assert attrs.asdict(PLAIN, recurse=False) == {
        "id": "warned",
        "text": TEXT,
        "status": None,
        "money": None,
        "elsewhere": False,
        "days": None,
        "days_at_most": None,
        "courses": (),
        "settles": None,
        "settles_when": SettlesWhen.TAKEN,
    }


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("status", Status.REVOKED, Status.REVOKED),
        ("status", "revoked", Status.REVOKED),
        ("status", "suspended", Status.SUSPENDED),
        ("status", None, None),
        ("money", 0, Decimal(0)),
        ("money", "200.50", Decimal("200.5")),
        ("money", "1000000", Decimal(1_000_000)),
        ("money", None, None),
        ("elsewhere", True, True),
        ("days", 7, 7),
        ("courses", ["study", "law"], ("study", "law")),
        ("settles", CancelThose(), CancelThose()),
        ("settles", AtMost(3), AtMost("3")),
        ("settles_when", "served", SettlesWhen.SERVED),
        ("id", "扣發", "扣發"),
    ],
)
def test_natural_input_is_taken(field: str, given: Any, kept: object) -> None:
    assert getattr(attrs.evolve(PLAIN, **{field: given}), field) == kept


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [
        ("id", "", "a non-empty string of at most 200 characters"),
        ("id", None, "a non-empty string of at most 200 characters"),
        ("text", "revoked", "a Text in three languages"),
        ("status", "REVOKED", STATUS),
        ("status", True, STATUS),
        ("status", Status.QUALIFIED, STATUS),
        ("status", "qualified", STATUS),
        ("status", ["revoked"], STATUS),
        ("money", -1, MONEY),
        ("money", 0.5, MONEY),
        ("money", True, MONEY),
        ("money", "NaN", MONEY),
        ("money", "0.00001", MONEY),
        ("money", "1000000.0001", MONEY),
        ("money", "200 yuan", MONEY),
        ("elsewhere", 1, "True or False"),
        ("elsewhere", None, "True or False"),
    ],
    ids=shown,
)
def test_what_does_not_fit_is_reported(field: str, given: Any, allowed: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(PLAIN, **{field: given})
    owner = "Consequence" if field == "id" else 'Consequence "warned"'
    assert str(caught.value).startswith(f"{owner}: {field} is ")
    assert f"; allowed: {allowed}" in str(caught.value)


def test_a_consequence_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Consequence("warned", "", status=1, money=0.5, elsewhere=None)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [
        *("$.text", "$.status", "$.money", "$.elsewhere")
    ]


def test_a_consequence_is_a_value() -> None:
    made = Consequence("fined", TEXT, status="revoked", money=200, elsewhere=True)
    for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made), attrs.evolve(made)):
        assert again == made
        assert hash(again) == hash(made)
    assert len({made, PLAIN, attrs.evolve(made, money=None), attrs.evolve(made, status=None)}) == 4
    for field in attrs.fields(Consequence):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(made, field.name, None)


def test_statuses_are_worded_from_the_best_to_the_gravest() -> None:
    assert_choices_are_worded(
        Status,
        {
            "qualified": ("保留", "保留", "kept"),
            "suspended": ("暫停", "暂停", "suspended"),
            "revoked": ("取消", "取消", "revoked"),
        },
    )
    assert [status.is_loss for status in Status] == [False, True, True]
    assert gravest([]) is gravest([None]) is Status.QUALIFIED
    assert gravest([Status.REVOKED, None, Status.SUSPENDED]) is Status.REVOKED


def test_the_built_in_standard_revokes_and_does_nothing_else() -> None:
    [revocation] = ERROR_POINTS.consequences
    assert revocation.status is Status.REVOKED
    assert (revocation.money, revocation.elsewhere) == (None, False)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"days": 0}, "days is 0; allowed: None, or an int from 1 to 36500"),
        ({"days": 7.0}, "days is 7.0"),
        ({"days_at_most": 60}, "days_at_most is 60; allowed: None, or at least days"),
        ({"days": 7, "days_at_most": 6}, "days_at_most is 6; allowed: None, or at least days"),
        ({"settles": 3}, "settles is 3; allowed: a CancelThose, an AtMost, or None"),
        ({"settles_when": "never"}, "settles_when is 'never'; allowed: SettlesWhen.TAKEN"),
    ],
    ids=str,
)
def test_what_a_consequence_does_over_time_is_checked(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(PLAIN, **fields)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("days", "most", "expected"),
    [(None, None, [None, None, None]), (7, None, [7, 7, 7]), (7, 15, [7, 14, 15])],
)
def test_days_grow_where_there_is_a_most(
    days: int | None, most: int | None, expected: list[int | None]
) -> None:
    made = attrs.evolve(PLAIN, days=days, days_at_most=most)
    assert [made.days_of(nth) for nth in (1, 2, 3)] == expected
    for nth in (0, True, "1"):
        with pytest.raises(FieldError) as caught:
            made.days_of(nth)  # type: ignore[arg-type]
        assert str(caught.value) == f"Consequence.days_of: nth is {nth!r}; allowed: an int from 1"


def test_the_points_that_a_balance_is_lowered_to_are_checked() -> None:
    with pytest.raises(FieldError, match="points is Decimal"):
        AtMost(-1)
    assert_choices_are_worded(
        SettlesWhen,
        {
            "taken": ("執行時", "执行时", "when it is taken"),
            "served": ("執行完畢時", "执行完毕时", "when it is served"),
        },
    )
