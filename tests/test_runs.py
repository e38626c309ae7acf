"""Runs: stretches of entries, which ledgers share and which are indexed once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cmappraisal import Amended, Appealed, Entry, Period, Recorded, Reversed, State, Violation
from cmappraisal.runs import Run, Runs

START = datetime(2025, 3, 4, 9, tzinfo=UTC)
MOMENT = timedelta.resolution
ALIKE = 8
"""The runs of like length that are joined."""


def on(day: int) -> datetime:
    """Nine o'clock, some days after the start."""
    return START + timedelta(days=day)


def violation(id: str, manager: str = "RM-01", day: int = 2) -> Violation:
    return Violation(id, manager, rule="2.1", occurred_on=date(2025, 3, day))


def recorded(number: int) -> Entry:
    return Recorded(violation(f"V-{number}"), at=on(number))


def grown(*stretches: int) -> Runs:
    """Runs that grew by stretches of so many entries, one a day."""
    runs, day = Runs(), 0
    for length in stretches:
        runs = runs.grown(tuple(recorded(day + step) for step in range(length)), None)
        day += length
    return runs


def lengths(runs: Runs) -> list[int]:
    return [len(run.entries) for run in runs.runs]


def test_no_runs_have_nothing() -> None:
    for runs in (Runs(), Runs.of((), {}), Runs().grown((), None)):
        assert runs.runs == ()
        assert (len(runs), list(runs), runs.latest, runs.managers) == (0, [], None, set())
        assert runs.cases() == {}
        assert runs.found("V-0") is None
        assert list(runs.between(Period.year(2025))) == []
        assert runs.as_of(START).runs == ()


@pytest.mark.parametrize("stretches", [[4, 1], [4, 3], [1, 9], [2, 1, 1, 1]], ids=str)
def test_a_stretch_is_a_run(stretches: list[int]) -> None:
    runs = grown(*stretches)
    assert lengths(runs) == stretches
    assert list(runs) == [recorded(number) for number in range(sum(stretches))]
    assert len(runs) == sum(stretches)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([1] * (ALIKE - 1), [1] * (ALIKE - 1)),
        ([1] * ALIKE, [ALIKE]),
        ([2, *[1] * (ALIKE - 1)], [2, *[1] * (ALIKE - 1)]),
        ([2 * ALIKE, *[1] * ALIKE], [2 * ALIKE, ALIKE]),
        ([2 * ALIKE - 1, *[1] * ALIKE], [3 * ALIKE - 1]),
        ([40, 9, *[1] * ALIKE], [40, 9 + ALIKE]),
        ([*[1] * (ALIKE - 1), 50], [ALIKE - 1 + 50]),
        ([100, *[1] * (ALIKE - 2), 50], [100, *[1] * (ALIKE - 2), 50]),
        ([99, *[1] * (ALIKE - 2), 50], [99 + ALIKE - 2 + 50]),
    ],
    ids=str,
)
def test_room_is_made_by_joining_runs_of_like_length(
    stretches: list[int], expected: list[int]
) -> None:
    runs = grown(*stretches)
    roomy = runs.with_room()
    assert lengths(roomy) == expected
    assert list(roomy) == list(runs)
    assert roomy.cases() == runs.cases()
    assert (roomy is runs) == (expected == stretches)


@pytest.mark.parametrize("stretches", [[1] * 300, [1, 7] * 60, [20, *[1] * 20] * 6], ids=len)
def test_runs_that_grow_with_room_stay_few(stretches: list[int]) -> None:
    runs, day = Runs(), 0
    for length in stretches:
        roomy = runs.with_room()
        runs = roomy.grown(tuple(recorded(day + step) for step in range(length)), None)
        day += length
        sizes = lengths(roomy)
        for place in range(ALIKE - 1, len(sizes)):
            assert max(sizes[place - ALIKE + 1 : place]) >= 2 * sizes[place]
        assert len(runs.runs) <= ALIKE * day.bit_length()


def test_a_run_that_is_not_joined_is_shared() -> None:
    before = grown(8)
    assert before.grown((recorded(8),), None).runs[0] is before.runs[0]


@pytest.mark.parametrize("size", range(8))
def test_what_comes_after_so_many_entries_is_told_across_runs(size: int) -> None:
    runs = grown(4, 2, 1)
    assert lengths(runs) == [4, 2, 1]
    assert list(runs.after(size)) == [recorded(number) for number in range(size, 7)]


def test_the_latest_reading_of_a_case_is_found() -> None:
    runs = grown(4).grown((Appealed("V-1", "on leave", at=on(4)),), None)
    assert lengths(runs) == [4, 1]
    case, untouched = runs.found("V-1"), runs.found("V-0")
    assert case
    assert untouched
    assert (case.state, untouched.state) == (State.UNDER_APPEAL, State.RECORDED)
    assert runs.found("V-4") is None
    assert list(runs.cases()) == ["V-0", "V-1", "V-2", "V-3"]
    assert runs.cases()["V-1"] is case


def test_runs_as_of_a_moment_share_what_was_whole_then() -> None:
    runs = grown(4, 2, 1)
    assert [lengths(runs.as_of(on(day))) for day in (-1, 0, 3, 4, 5, 6)] == [
        [],
        [1],
        [4],
        [4, 1],
        [4, 2],
        [4, 2, 1],
    ]
    assert runs.as_of(on(3)).runs[0] is runs.runs[0]
    then = runs.as_of(on(5) - MOMENT)
    assert lengths(then) == [4, 1]
    assert then.runs[0] is runs.runs[0]
    assert list(then.cases()) == ["V-0", "V-1", "V-2", "V-3", "V-4"]


def test_a_run_as_of_a_moment_has_its_cases_as_they_were() -> None:
    reversal = Reversed("V-0", "no breach", at=on(1))
    [run] = Runs().grown((recorded(0), reversal, recorded(2)), None).runs
    then = run.as_of(on(1) - MOMENT)
    assert then.entries == (recorded(0),)
    assert {id: case.state for id, case in then.cases.items()} == {"V-0": State.RECORDED}
    later = run.as_of(on(1))
    assert {id: case.state for id, case in later.cases.items()} == {"V-0": State.REVERSED}


AMENDED = Runs().grown(
    (
        Recorded(violation("V-2", "RM-01", 12), at=on(0)),
        Recorded(violation("V-1", "RM-02", 11), at=on(1)),
        Amended(violation("V-2", "RM-02", 10), "wrong day", at=on(2)),
        Reversed("V-1", "no breach", at=on(3)),
    ),
    None,
)


def test_a_run_knows_all_that_was_ever_said_of_a_case() -> None:
    [run] = AMENDED.runs
    assert {manager: list(cases) for manager, cases in run.by_manager.items()} == {
        "RM-01": ["V-2"],
        "RM-02": ["V-1", "V-2"],
    }
    days = [(date(2025, 3, 10), "V-2"), (date(2025, 3, 11), "V-1"), (date(2025, 3, 12), "V-2")]
    assert run.ids_by_day == days
    for first in range(3):
        for last in range(first, 3):
            period = Period(days[first][0], days[last][0])
            assert run.said_of(period) == days[first : last + 1]


def test_a_case_is_between_two_days_as_it_reads_now() -> None:
    def within(first: int, last: int) -> list[str]:
        cases = AMENDED.between(Period(date(2025, 3, first), date(2025, 3, last)))
        return [case.violation.id for case in cases]

    assert within(10, 12) == ["V-2", "V-1"]
    assert within(11, 12) == ["V-1"]
    assert within(12, 12) == []


def test_a_case_is_of_every_manager_that_it_ever_had() -> None:
    assert [case.violation.id for case in AMENDED.of_manager("RM-01")] == ["V-2"]
    assert [case.violation.id for case in AMENDED.of_manager("RM-02")] == ["V-1", "V-2"]
    assert list(AMENDED.of_manager("RM-03")) == []
    assert AMENDED.managers == {"RM-01", "RM-02"}


def test_a_case_of_a_manager_is_as_the_latest_run_has_it() -> None:
    more = AMENDED.grown((Reversed("V-2", "no breach", at=on(4)),), None)
    assert lengths(more) == [4, 1]
    assert [case.state for case in more.of_manager("RM-01")] == [State.REVERSED]
    assert [case.violation.id for case in more.of_manager("RM-02")] == ["V-1", "V-2"]


def test_an_index_is_made_once() -> None:
    [run] = AMENDED.runs
    assert isinstance(run, Run)
    assert run.ids_by_day is run.ids_by_day
    assert run.by_manager is run.by_manager
