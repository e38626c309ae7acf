"""iCalendar: what is written reads back as it was, at the time that was meant."""

import importlib.resources
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cmappraisal import (
    AppraisalError,
    FieldError,
    Language,
    LanguageError,
    Period,
    Tenure,
    Text,
    WorkCalendar,
)
from cmappraisal.fields import is_identifier
from cmappraisal.interop.icalendar import (
    Invitation,
    Method,
    calendar_of,
    calendars_of,
    invitations_of,
    retimed,
)
from cmappraisal.interop.training_strategies import schedules
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    Cause,
    Course,
    Curriculum,
    Domain,
    Group,
    Leave,
    LeaveKind,
    Room,
    Schedule,
    Session,
    Trainee,
    Trainer,
    TrainingError,
    TrainingPlan,
    Withdrawal,
    reschedule,
    schedule,
)
from costly import costly

YEAR = Period.year(2026)
DAY = date(2026, 1, 15)
STAMP = datetime(2025, 12, 1, 8, 30, 15, 999, tzinfo=timezone(timedelta(hours=8)))
DOMAIN = "hr.bank.example"
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")

HOSTILE = (
    "x\\nEND:VEVENT",
    "C:\\New, Room; 3\\",
    'a="b";TZID=c:^n^\'^^',
    "BEGIN:VEVENT",
    "{activity}{0}%s%2C",
    "\\;\\,\\\\N" * 9,
    "場" * 150,
    "𠮷é" * 40,
    "a b" * 60,
)


def calendar(of: Schedule, **changes: Any) -> bytes:
    return calendar_of(of, **{"stamp": STAMP, "domain": DOMAIN, "language": "en", **changes})


def read(file: bytes) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(file)
    assert isinstance(found, icalendar.Calendar)
    assert not found.errors
    assert not any(event.errors for event in found.events)
    return found


def events(of: Schedule, **changes: Any) -> list[Any]:
    return read(calendar(of, **changes)).events


def held(activity: str, on: date = DAY, **fields: Any) -> Session:
    return Session(activity, on, **{"on": on, **fields})


def of(*sessions: Session, **fields: Any) -> Schedule:
    return Schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(), sessions=sessions, **fields)


def hours(of: Schedule, **changes: Any) -> list[str]:
    """The hours of each event, in the time zone of the calendar."""
    return [
        f"{event.start:%H:%M}-{event.end:%H:%M}"
        for event in events(of, **{"zone": SHANGHAI, **changes})
    ]


FULL_DAY = of(
    held("study", group="branch-1"),
    held("test", group="branch-1"),
    held("study", group="branch-2"),
    held("talk", person="RM-02"),
    held("report", person="RM-02"),
    held("talk", person="RM-01"),
    held("report", person="RM-09"),
    groups=[
        Group("branch-1", [Trainee("RM-01"), Trainee("RM-02")]),
        Group("branch-2", [Trainee("RM-03")]),
    ],
    trainees=[Trainee("RM-09")],
)


def test_a_calendar_names_its_format_its_maker_and_its_plan() -> None:
    file = calendar(of(held("study")), language="zh-Hans")
    found = read(file)
    assert file.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert file.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert {name: str(found[name]) for name in found} == {
        "VERSION": "2.0",
        "PRODID": "-//cmappraisal//cmappraisal//EN",
        "CALSCALE": "GREGORIAN",
        "X-WR-CALNAME": "VIP 服务团队全年培训",
    }


def test_an_event_has_all_that_is_known_of_its_session() -> None:
    moved = Session(
        "study",
        date(2026, 2, 15),
        on=date(2026, 2, 14),
        cause=Cause.DAY_OFF,
        courses=["data-services", "knowledge-base"],
        group="branch-1",
        make_up=True,
        room="R-1",
        trainer="T-1",
        sequence=2,
    )
    year = of(
        moved,
        groups=[Group("branch-1", [Trainee("RM-01")])],
        rooms=[Room("R-1", 30)],
        trainers=[Trainer("T-1", ["data-services"])],
    )
    [event] = events(year, zone=SHANGHAI)
    courses = [VIP_SERVICE.curriculum[id].text.en for id in moved.courses]
    assert list(event) == [
        *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CATEGORIES"),
        *("DESCRIPTION", "LAST-MODIFIED", "LOCATION", "STATUS", "TRANSP"),
    ]
    assert event["SUMMARY"] == f"Monthly study day: {courses[0]}, {courses[1]}"
    assert event["DESCRIPTION"].splitlines() == [
        "Planned for: 2026-02-15",
        "Moved because of: a day off",
        "Added to meet a target",
        f"Courses: {courses[0]}, {courses[1]}",
        "Trainer: T-1",
        "Group: branch-1",
    ]
    assert event["LOCATION"] == "R-1"
    assert event["CATEGORIES"].cats == ["study"]
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CONFIRMED", "OPAQUE", 2)
    assert event.start == datetime(2026, 2, 14, 9, tzinfo=SHANGHAI)
    assert event.end == datetime(2026, 2, 14, 15, tzinfo=SHANGHAI)
    assert event["DTSTART"].params == event["DTEND"].params == {"TZID": "Asia/Shanghai"}
    assert event.DTSTAMP == event.LAST_MODIFIED == datetime(2025, 12, 1, 0, 30, 15, tzinfo=UTC)


def test_what_is_not_known_of_a_session_is_left_out() -> None:
    [event] = events(of(held("study")))
    assert event["SUMMARY"] == "Monthly study day"
    assert not {"DESCRIPTION", "LOCATION", "ORGANIZER", "RRULE"} & set(event)


@pytest.mark.parametrize(
    ("language", "summary", "description", "category"),
    [
        ("zh-Hant", "個人專題發言：VIP 服務內容及評級辦法、數據類業務", "人員：RM-01", "專題發言"),
        ("zh-Hans", "个人专题发言：VIP 服务内容及评级办法、数据类业务", "人员：RM-01", "专题发言"),
        (
            "en",
            "Talk: VIP services and how they are rated, Data services",
            "Person: RM-01",
            "talk",
        ),
    ],
)
def test_an_event_has_its_texts_in_each_language(
    language: Language, summary: str, description: str, category: str
) -> None:
    talk = held("talk", person="RM-01", courses=["vip-services", "data-services"])
    year = of(talk, trainees=[Trainee("RM-01")])
    [event] = events(year, language=language)
    assert event["SUMMARY"] == summary
    assert event["DESCRIPTION"].splitlines()[-1] == description
    assert event["CATEGORIES"].cats == [category]


def test_a_course_that_the_curriculum_does_not_have_is_shown_by_its_id() -> None:
    [event] = events(of(held("study", courses=["unheard-of"])))
    assert event["SUMMARY"] == "Monthly study day: unheard-of"


def test_what_is_cancelled_is_marked_so_and_takes_no_time() -> None:
    year = of(held("study"), cancelled=[held("test", sequence=1)])
    study, test = events(year, zone=SHANGHAI)
    assert study["STATUS"] == "CONFIRMED"
    assert (test["STATUS"], test["TRANSP"], test["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    assert test["SUMMARY"] == "Cancelled: Monthly test"
    assert test.start == study.start


def test_without_a_time_zone_a_session_takes_the_whole_day() -> None:
    file = calendar(of(held("study", date(2026, 12, 31)), held("test", date(2026, 12, 31))))
    assert file.count(b"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n") == 2
    assert {event["TRANSP"] for event in read(file).events} == {"TRANSPARENT"}
    assert b"VTIMEZONE" not in file


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=8)), ZoneInfo("UTC")])
def test_times_of_a_fixed_offset_are_written_in_utc(zone: tzinfo) -> None:
    file = calendar(of(held("study")), zone=zone)
    [event] = read(file).events
    assert event.start == datetime(2026, 1, 15, 9, tzinfo=zone)
    assert re.search(rb"\r\nDTSTART:20260115T0[19]0000Z\r\nDTEND:20260115T(07|15)0000Z\r\n", file)
    assert b"VTIMEZONE" not in file


def test_the_attendees_of_one_session_are_not_in_another_at_that_time() -> None:
    assert hours(FULL_DAY) == [
        *("09:00-15:00", "15:00-16:00"),  # the first team
        "09:00-15:00",  # the second
        *("16:00-16:30", "16:30-16:45"),  # the second of the first team, after it
        "16:00-16:30",  # the first of it
        "09:00-09:15",  # who is in no team
    ]


def test_each_activity_starts_at_its_time_where_its_attendees_are_free() -> None:
    starts = {"study": time(10), "talk": time(9, 30), "report": time(9, 45)}
    assert hours(FULL_DAY, starts_at=starts) == [
        *("10:00-16:00", "09:00-10:00"),
        "10:00-16:00",
        *("16:00-16:30", "16:30-16:45"),
        "16:00-16:30",
        "09:45-10:00",
    ]
    assert hours(FULL_DAY, starts_at={"talk": time(8, 30)})[3] == "08:30-09:00"
    assert hours(FULL_DAY, starts_at={"talk": time(8, 45)})[3] == "16:00-16:30"
    assert hours(of(held("study")), starts_at=time(8, 15, 30)) == ["08:15-14:15"]
    early = of(held("study"), held("morning-meeting"), held("test"))
    starts = {"morning-meeting": time(8), "test": time(8, 20)}
    assert hours(early, starts_at=starts) == ["09:00-15:00", "08:00-08:15", "15:00-16:00"]
    starts = {"morning-meeting": time(8, 30), "study": time(7), "test": time(14)}
    assert hours(early, starts_at=starts) == ["07:00-13:00", "13:00-13:15", "14:00-15:00"]


def test_an_individual_session_comes_after_those_of_the_team_whatever_its_place() -> None:
    year = of(held("talk", person="RM-01"), held("test"), trainees=[Trainee("RM-01")])
    assert hours(year) == ["10:00-10:30", "09:00-10:00"]


BY_THE_HOUR = of(
    held("study", group="branch-1", room="R-1", trainer="T-1", start=time(13)),
    held("test", group="branch-1"),
    held("study", group="branch-2", room="R-2", trainer="T-1", start=time(9, 30)),
    held("talk", person="RM-01", room="R-1", start=time(8)),
    groups=[Group("branch-1", [Trainee("RM-01")]), Group("branch-2", [Trainee("RM-03")])],
    rooms=[Room("R-1", 9), Room("R-2", 9), Room("R-3", 9)],
    trainers=[Trainer("T-1", ["vip-services"])],
)


def test_a_session_begins_when_its_room_and_trainer_have_it() -> None:
    assert hours(BY_THE_HOUR) == ["13:00-19:00", "09:00-10:00", "09:30-15:30", "08:00-08:30"]


@pytest.mark.parametrize(
    ("whose", "found"),
    [
        ({"room": "R-1"}, ["13:00-19:00", "08:00-08:30"]),
        ({"trainer": "T-1"}, ["13:00-19:00", "09:30-15:30"]),
    ],
)
def test_a_room_and_a_trainer_have_a_calendar(whose: dict[str, str], found: list[str]) -> None:
    assert hours(BY_THE_HOUR, **whose) == found
    (id,) = whose.values()
    assert f"({id})" in str(read(calendar(BY_THE_HOUR, **whose))["X-WR-CALNAME"])


@pytest.mark.parametrize(
    ("whose", "message"),
    [
        ({"room": "R-3"}, 'has no session for "R-3"'),
        ({"room": "R-4"}, 'room "R-4" is not in the schedule of'),
        ({"trainer": "R-1"}, 'trainer "R-1" is not in the schedule of'),
        ({"trainer": "nobody"}, "; name one of its trainers"),
        ({"trainer": 5}, "trainer is 5; allowed: None, or the id of a trainer of the schedule"),
        ({"person": "RM-01", "room": "R-1"}, "room is 'R-1'; allowed: None beside person"),
    ],
)
def test_a_calendar_is_of_one_that_is_there(whose: dict[str, Any], message: str) -> None:
    with pytest.raises(AppraisalError, match=re.escape(message)):
        calendar(BY_THE_HOUR, **whose)


def test_a_person_s_calendar_has_that_person_s_sessions_at_the_same_times() -> None:
    year = evolve(FULL_DAY, cancelled=[held("service-competition", group="branch-1", sequence=1)])
    everybody_s = {str(event["UID"]): event for event in events(year, zone=SHANGHAI)}
    for person, count in (("RM-01", 4), ("RM-02", 5), ("RM-03", 1), ("RM-09", 1)):
        file = calendar(year, zone=SHANGHAI, person=person)
        found = read(file).events
        attended = [*year.of(person), *(s for s in year.cancelled if person in year.attendees(s))]
        assert len(found) == len(attended) == count
        assert all(event == everybody_s[str(event["UID"])] for event in found)
        assert str(read(file)["X-WR-CALNAME"]) == f"Training year of a VIP service team ({person})"


def test_a_uid_stays_when_the_session_moves_and_its_sequence_rises() -> None:
    before = of(held("study"), held("test"))
    moved = evolve(before.sessions[0], on=date(2026, 1, 16), cause=Cause.FULL, sequence=1)
    after = evolve(before, sessions=[before.sessions[1], moved])
    cancelled = evolve(before, sessions=[moved], cancelled=[evolve(held("test"), sequence=1)])
    known: dict[str, Any] = {}
    for published, days, sequences in (
        (before, (15, 15), (0, 0)),
        (after, (16, 15), (1, 0)),
        (cancelled, (16, 15), (1, 1)),
    ):
        # As a client takes an import: by UID, the higher SEQUENCE or the later stamp.
        known |= {str(event["UID"]): event for event in events(published)}
        assert len(known) == 2
        assert tuple(event.start.day for event in known.values()) == days
        assert tuple(event["SEQUENCE"] for event in known.values()) == sequences
    assert [event["STATUS"] for event in known.values()] == ["CONFIRMED", "CANCELLED"]


def test_sessions_that_differ_have_different_uids() -> None:
    plan = evolve(VIP_SERVICE, id="vip", edition="service-1.0")
    year = of(held("study"))
    uids = [
        str(event["UID"])
        for file in (
            calendar(FULL_DAY),
            calendar(year),
            calendar(year, domain="hr.other.example"),
            calendar(evolve(year, plan=plan)),
            calendar(of(held("study", number=2))),
            calendar(of(held("study", make_up=True))),
        )
        for event in read(file).events
    ]
    assert len(set(uids)) == len(uids) == len(FULL_DAY.sessions) + 5
    pattern = "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert all(re.fullmatch(pattern, uid) for uid in uids)
    assert calendar(year, domain="HR.Bank.Example") == calendar(year)


def test_the_uids_of_an_edition_of_the_library_are_those_of_the_next() -> None:
    [event] = events(of(held("study")))
    assert event["UID"] == "ca10739e-ea3c-55f0-9c24-588cd075a197"


def test_a_year_expands_to_the_days_of_its_schedule() -> None:
    year = schedule(
        VIP_SERVICE,
        YEAR,
        calendar=WorkCalendar(),
        groups=[Group("branch-1", [Trainee("RM-01"), Trainee("RM-02")])],
    )
    assert len(year.sessions) > 250
    for zone in (None, SHANGHAI, BERLIN, ZoneInfo("America/New_York")):
        found = read(calendar(year, zone=zone, starts_at={"morning-meeting": time(8)}))
        expanded = recurring_ical_events.of(found).between((2026, 1, 1), (2027, 1, 31))
        days = sorted(event.start.isoformat()[:10] for event in expanded)
        assert days == sorted(session.on.isoformat() for session in year.sessions)
        assert all(event.end - event.start == _length(event, zone) for event in expanded)


def _length(event: icalendar.Event, zone: tzinfo | None) -> timedelta:
    if zone is None:
        return timedelta(days=1)
    name = str(event["SUMMARY"]).split(":")[0]
    return next(
        timedelta(minutes=activity.duration)
        for activity in VIP_SERVICE.activities
        if activity.text.en == name
    )


def described(file: bytes) -> tzinfo:
    """The time zone as the calendar itself describes it."""
    [zone] = read(file).timezones
    found: tzinfo = zone.to_tz(lookup_tzid=False)
    return found


@pytest.mark.parametrize(
    ("key", "years", "ways"),
    [
        ("Asia/Shanghai", (2026,), 1),
        ("Africa/Accra", (2026,), 1),  # which icalendar takes for UTC
        ("Europe/Berlin", (2026,), 2),
        ("Europe/Berlin", (2037, 2039), 2),  # beyond what icalendar describes
        ("Australia/Sydney", (2026,), 2),
        ("Europe/Berlin", (1996,), 2),  # by another rule from that year on
        ("Europe/Istanbul", (2016, 2018), 2),  # changed no more from one year on
        ("Asia/Jerusalem", (2026, 2030), 2),  # on a weekday of the month that no rule describes
        ("Africa/Casablanca", (2024, 2025), 2),  # by another calendar
        ("America/Nuuk", (2023, 2024), 5),  # another summer time from one year on
        ("Asia/Almaty", (2024,), 2),  # changed once
        ("America/Coyhaique", (2026,), 1),  # summer time for ever
        ("Asia/Kolkata", (2026,), 1),
        ("Africa/Monrovia", (1971, 1972), 2),  # an offset of seconds
    ],
)
def test_a_time_zone_is_described_as_it_is(key: str, years: tuple[int, ...], ways: int) -> None:
    zone = ZoneInfo(key)
    days = [date(year, month, 1) for year in years for month in (1, 6, 12)]
    file = calendar(of(*(held("study", day) for day in days)), zone=zone)
    [component] = read(file).timezones
    zone_read = described(file)
    moment = datetime(min(years), 1, 1, 3)  # noqa: DTZ001
    while moment.year <= max(years):
        local = moment.replace(tzinfo=zone)
        if local.utcoffset() == local.replace(fold=1).utcoffset():
            assert _minutes(moment.replace(tzinfo=zone_read)) == _minutes(local), moment
        moment += timedelta(hours=1)
    assert [zone.tz_name for zone in read(file).timezones] == [key]
    assert len(component.subcomponents) == ways
    assert component.standard


def _minutes(moment: datetime) -> int:
    offset = moment.utcoffset()
    assert offset is not None
    # What reads a calendar rounds offsets to minutes.
    return round(offset / timedelta(minutes=1))


def test_a_clock_that_is_changed_by_a_rule_is_described_by_it() -> None:
    file = calendar(of(held("study")), zone=BERLIN).replace(b"\r\n", b"\n")
    assert (
        b"""BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20250330T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
        in file
    )


@pytest.mark.parametrize(
    ("key", "years", "rules"),
    [
        ("Asia/Shanghai", (2026,), []),
        ("America/New_York", (2027,), ["BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"]),
        ("Asia/Jerusalem", (2028,), ["BYDAY=4FR;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"]),
        ("Asia/Almaty", (2024,), []),
        ("Europe/Istanbul", (2016, 2018), []),
        ("Africa/Casablanca", (2025,), []),
    ],
)
def test_a_rule_that_goes_on_is_written_where_there_is_one(
    key: str, years: tuple[int, ...], rules: list[str]
) -> None:
    year = of(*(held("study", date(year, 6, 1)) for year in years))
    file = calendar(year, zone=ZoneInfo(key)).decode()
    assert re.findall("RRULE:FREQ=YEARLY;(.*)\r\n", file) == rules


def test_sessions_keep_their_hour_and_their_length_when_the_clock_is_changed() -> None:
    days = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)]
    year = of(*(held("study", day) for day in days))
    found = events(year, zone=BERLIN)
    assert [event.start.astimezone(UTC).hour for event in found] == [8, 7, 8]
    assert hours(year, zone=BERLIN) == ["09:00-15:00"] * 3
    assert hours(year, zone=BERLIN, starts_at=time(1)) == [
        *("01:00-07:00", "01:00-08:00", "01:00-06:00")
    ]


@pytest.mark.parametrize(
    ("day", "start", "shown"),
    [
        (date(2026, 3, 29), time(2, 30), "02:30"),
        (date(2026, 10, 25), time(2, 30), "02:30"),
        (date(2026, 10, 25), time(2, 30, fold=1), "02:30"),
        (date(2026, 10, 25), time(1, 30), "02:30"),
        (date(2026, 10, 25), time(0, 30), "02:30"),
    ],
)
def test_a_time_that_the_clock_skips_or_shows_twice_is_rejected(
    day: date, start: time, shown: str
) -> None:
    minutes = {time(1, 30): 60, time(0, 30): 180}.get(start, 60)
    plan = _plan(minutes)
    year = Schedule(plan, YEAR, calendar=WorkCalendar(), sessions=[held("a", day)])
    message = (
        f'session "a/{day}" would begin or end on {day} at {shown}, which the clock of '
        "Europe/Berlin skips or shows twice; give its activity another time in starts_at"
    )
    with pytest.raises(TrainingError, match=re.escape(message)):
        calendar(year, zone=BERLIN, starts_at=start)


def _plan(minutes: int = 60, *, word: str = "a", course: str = "c") -> TrainingPlan:
    text = Text.same(word)
    return TrainingPlan(
        "plan",
        "1",
        text=text,
        curriculum=Curriculum(
            "c", "1", text=text, courses=[Course(course, text, domain=Domain.SKILL)]
        ),
        activities=[
            Activity(
                "a",
                text,
                kind=ActivityKind.STUDY,
                timing=Cadence("FREQ=DAILY"),
                courses=[course],
                duration=minutes,
            )
        ],
        day_length=1440,
    )


def test_a_session_may_last_until_midnight_and_no_longer() -> None:
    evening = of(held("study"))
    assert hours(evening, starts_at=time(18)) == ["18:00-00:00"]
    whole = Schedule(_plan(1440), YEAR, calendar=WorkCalendar(), sessions=[held("a")])
    assert hours(whole, starts_at=time(0)) == ["00:00-00:00"]
    message = (
        'session "study/2026-01-15" would run past midnight of 2026-01-15; let it, or what comes '
        "before it that day, start earlier in starts_at"
    )
    with pytest.raises(TrainingError, match=message):
        calendar(evening, zone=SHANGHAI, starts_at=time(18, 0, 1))
    with pytest.raises(TrainingError, match=r'session "test/.* past midnight'):
        calendar(of(held("study"), held("test")), zone=UTC, starts_at=time(17, 30))
    assert len(events(evening, starts_at=time(23))) == 1


identifiers = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from("\\;,:\"'=^%{}nN\tx 場𠮷") | st.characters(), min_size=1, max_size=60),
).filter(is_identifier)


@given(st.lists(identifiers, min_size=7, max_size=7, unique=True))
@example(list(HOSTILE[:7]))
@example(list(HOSTILE[2:]))
def test_no_text_breaks_out_of_its_property(words: list[str]) -> None:
    word, course, group, person, room, trainer, name = words
    plan = evolve(_plan(word=word, course=course), id=name, edition=name)
    year = Schedule(
        plan,
        YEAR,
        calendar=WorkCalendar(),
        groups=[Group(group, [Trainee(person)])],
        rooms=[Room(room, 1)],
        trainers=[Trainer(trainer, [course])],
        sessions=[
            held("a", group=group, room=room, trainer=trainer, courses=[course]),
            held("a", person=person),
        ],
    )
    file = calendar(year, zone=SHANGHAI, person=person)
    found = read(file)
    assert [component.name for component in found.walk()] == [
        *("VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT", "VEVENT")
    ]
    # A reader may leave this escaped, because no standard has the property.
    [name_written] = re.findall(r"\r\nX-WR-CALNAME:(.*)\r\n", file.decode().replace("\r\n ", ""))
    assert re.sub(r"\\(.)", r"\1", name_written) == f"{word} ({person})"
    first, second = events(year, zone=SHANGHAI, person=person)
    assert first["SUMMARY"] == f"{word}: {word}"
    assert first["LOCATION"] == room
    assert first["DESCRIPTION"] == f"Courses: {word}\nTrainer: {trainer}\nGroup: {group}"
    assert second["SUMMARY"] == word
    assert second["DESCRIPTION"] == f"Person: {person}"
    assert len(first) == 12
    assert len(second) == 11
    lines = file.split(b"\r\n")
    assert lines.pop() == b""
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines)


def test_a_text_is_escaped_as_the_standard_has_it() -> None:
    plan = _plan(word="C:\\New; \\n, x")
    year = Schedule(plan, YEAR, calendar=WorkCalendar(), sessions=[held("a")])
    assert b"\r\nSUMMARY:C:\\\\New\\; \\\\n\\, x\r\n" in calendar(year)


PROGRAM = """
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from cmappraisal import Period, WorkCalendar
from cmappraisal.training import Group, Trainee, VIP_SERVICE, schedule
from cmappraisal.interop.icalendar import calendar_of
groups = [Group(f"g{n}", [Trainee(f"{n}-{m}") for m in range(3)]) for n in range(3)]
year = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar(), groups=groups)
stamp = datetime(2025, 12, 1, tzinfo=UTC)
zone = ZoneInfo("Europe/Berlin")
sys.stdout.buffer.write(calendar_of(year, stamp=stamp, domain="hr.example", zone=zone))
"""


def test_the_same_schedule_gives_the_same_bytes_in_every_process() -> None:
    files = [
        subprocess.check_output(
            [sys.executable, "-W", "error", *options, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        for options, seed, zone in (
            ([], "0", "UTC"),
            (["-OO"], "1", "Asia/Tokyo"),
        )
    ]
    assert len(set(files)) == 1
    assert files[0].count(b"BEGIN:VEVENT") > 750


def test_a_calendar_without_a_session_is_rejected() -> None:
    message = (
        r'schedule of "vip-service 1.0" for 2026-01-01..2026-12-31 has no session, and an '
        "iCalendar file holds at least one; publish none"
    )
    with pytest.raises(TrainingError, match=message):
        calendar(of())
    year = of(held("talk", person="RM-01"), trainees=[Trainee("RM-01"), Trainee("RM-02")])
    with pytest.raises(TrainingError, match=r'has no session for "RM-02", and an iCalendar'):
        calendar(year, person="RM-02")


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(9999, 1, 1)])
def test_a_calendar_is_of_years_that_calendars_have(day: date) -> None:
    for year in (of(held("study", day)), of(held("test"), cancelled=[held("study", day)])):
        with pytest.raises(
            TrainingError, match=f'session "study/{day}" is on {day}, and .* 1900 to 9998; sched'
        ):
            calendar(year)


@pytest.mark.parametrize("zone", [None, UTC, SHANGHAI, ZoneInfo("America/New_York")])
def test_the_first_and_the_last_day_of_a_calendar_are_of_it(zone: tzinfo | None) -> None:
    for day in (date(1900, 1, 1), date(9998, 12, 31)):
        [event] = events(of(held("study", day)), zone=zone, starts_at=time(18))
        assert event.start.isoformat().startswith(day.isoformat())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stamp": datetime(2026, 1, 1)}, r"stamp is .*; allowed: a datetime with a time"),  # noqa: DTZ001
        ({"stamp": DAY}, "stamp is datetime.date"),
        ({"domain": ""}, "domain is ''; allowed: a host name in ASCII"),
        ({"domain": 5}, "domain is 5; "),
        ({"domain": "a..b"}, "domain is"),
        ({"domain": "-a.example"}, "domain is"),
        ({"domain": "a-.example"}, "domain is"),
        ({"domain": "a_b.example"}, "domain is"),
        ({"domain": "hr.example\n"}, "domain is"),
        ({"domain": "銀行.example"}, "domain is"),
        ({"domain": "ban\N{KELVIN SIGN}.example"}, "domain is"),
        ({"domain": f"{'a' * 64}.example"}, "domain is"),
        ({"domain": ".".join(["a" * 63] * 4)}, "domain is"),
        ({"zone": "Asia/Shanghai"}, "zone is 'Asia/Shanghai'; allowed: None, a zoneinfo.ZoneInfo"),
        ({"zone": False}, "zone is False"),
        ({"starts_at": "09:00"}, "starts_at is '09:00'; allowed: .* or a mapping"),
        ({"starts_at": time(9, tzinfo=UTC)}, "starts_at is"),
        ({"starts_at": time(9, 0, 0, 1)}, "starts_at is"),
        ({"starts_at": {"study": 9}}, r'starts_at\["study"\] is 9; allowed: a datetime.time of'),
        ({"person": 5}, "person is 5; allowed: None, or the id of a person of the schedule"),
    ],
)
def test_an_argument_that_does_not_fit_is_rejected(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError, match=f"^calendar_of: {message}"):
        calendar(FULL_DAY, **changes)


class Odd(tzinfo):
    """A time zone of another type."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=1)

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "odd"


@pytest.mark.parametrize("key", [None, "x;y", "A/\r\nEND:VEVENT", "/A", 5])
def test_a_time_zone_that_has_no_name_is_rejected(key: Any) -> None:
    data = importlib.resources.files("tzdata.zoneinfo.Europe") / "Berlin"
    with data.open("rb") as file:
        zone = ZoneInfo.from_file(file, key=key)
    for rejected in (zone, Odd()):
        with pytest.raises(FieldError, match="calendar_of: zone is"):
            calendar(FULL_DAY, zone=rejected)


def test_what_is_no_schedule_is_rejected() -> None:
    plan: Any = VIP_SERVICE
    with pytest.raises(FieldError, match=r"calendar_of: schedule is .*; allowed: a Schedule"):
        calendar(plan)


def test_a_language_that_texts_do_not_have_is_rejected() -> None:
    with pytest.raises(LanguageError, match="language is 'de'"):
        calendar(FULL_DAY, language="de")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"person": "RM-1"}, 'person "RM-1" is not in the schedule of .*; did you mean "RM-0'),
        ({"person": "a\nb"}, 'person "a b" is not in .*; name somebody who is'),
        ({"starts_at": {"stady": time(9)}}, 'activity "stady" is not in .* mean "study"'),
        ({"starts_at": {5: time(9)}}, 'activity "5" is not in plan .*; name one of its activities'),
    ],
)
def test_a_person_or_an_activity_that_a_schedule_does_not_have_is_rejected(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(TrainingError, match=message):
        calendar(FULL_DAY, **changes)


def reported(of: Schedule, kind: type[AppraisalError], **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(kind) as caught:
        calendar(of, **changes)
    return [(each.path, each.code.value) for each in caught.value.problems]


def test_every_argument_that_does_not_fit_is_reported() -> None:
    nothing: Any = None
    starts: Any = {"study": 9, "test": None, 5: "a", ("a", 1): time(9)}
    assert reported(
        nothing, FieldError, stamp=1, domain="", zone="UTC", starts_at=starts, person=["RM-01"]
    ) == [
        ("$.schedule", "not-allowed"),
        ("$.stamp", "not-allowed"),
        ("$.domain", "not-allowed"),
        ("$.zone", "not-allowed"),
        ('$.starts_at["study"]', "not-allowed"),
        ('$.starts_at["test"]', "not-allowed"),
        ('$.starts_at["5"]', "not-allowed"),
        ("$.person", "not-allowed"),
    ]


def test_everything_that_a_calendar_does_not_have_is_reported() -> None:
    early, late = date(1899, 1, 1), date(9999, 1, 1)
    year = of(held("study"), held("study", early), cancelled=[held("test", late)])
    starts: Any = {"stady": time(9), "test": time(9), None: time(9)}
    assert reported(year, TrainingError, starts_at=starts, person="RM-01") == [
        ('$.starts_at["stady"]', "unknown-id"),
        ('$.starts_at["None"]', "unknown-id"),
        ("$.schedule.sessions[1].on", "not-allowed"),
        ("$.schedule.cancelled[0].on", "not-allowed"),
        ("$.person", "unknown-id"),
    ]


def test_every_session_without_an_hour_is_reported() -> None:
    days = [date(2026, 3, 29), date(2026, 4, 1), date(2026, 10, 25)]
    year = of(
        held("study", days[1]),
        held("test", days[1]),
        held("talk", days[0], person="RM-01"),
        held("test", days[2]),
        cancelled=[held("study", days[2])],
        trainees=[Trainee("RM-01")],
    )
    starts = {"study": time(19), "test": time(2, 30), "talk": time(2, 15)}
    assert reported(year, TrainingError, zone=BERLIN, starts_at=starts) == [
        ("$.schedule.sessions[0]", "contradiction"),
        ("$.schedule.sessions[3]", "contradiction"),
        ("$.schedule.sessions[2]", "contradiction"),
        ("$.schedule.cancelled[0]", "contradiction"),
    ]


# Who publishes, who is invited, what is provisional, and reminders.

ORGANIZER = "training@hr.bank.example"
ADDRESSES = {"RM-01": "rm-01@bank.example", "RM-02": "rm-02@bank.example"}
BOOK = {**ADDRESSES, "RM-03": None, "RM-09": None}


def invited(of: Schedule, **changes: Any) -> list[Invitation]:
    given: dict[str, Any] = {
        "stamp": STAMP,
        "domain": DOMAIN,
        "language": "en",
        "organizer": ORGANIZER,
        "addresses": BOOK,
        **changes,
    }
    return list(invitations_of(of, **given))


def test_what_is_published_names_its_organizer() -> None:
    found = read(calendar(of(held("study")), organizer=ORGANIZER))
    assert found["METHOD"] == "PUBLISH"
    [event] = found.events
    assert event["ORGANIZER"] == f"mailto:{ORGANIZER}"
    assert "ATTENDEE" not in event


def test_a_reminder_shows_before_a_session_and_not_of_what_is_cancelled() -> None:
    year = of(held("study"), cancelled=[held("test", sequence=1)])
    study, test = events(year, zone=SHANGHAI, alarm=timedelta(hours=1))
    [alarm] = study.alarms.times
    assert alarm.trigger == datetime(2026, 1, 15, 8, tzinfo=SHANGHAI)
    assert study.subcomponents[0]["ACTION"] == "DISPLAY"
    assert study.subcomponents[0]["DESCRIPTION"] == "Monthly study day"
    assert test.subcomponents == []
    [event] = events(of(held("study")), alarm=timedelta(0))
    assert event.subcomponents[0]["TRIGGER"].dt == timedelta(0)


def test_what_is_beyond_the_known_days_is_tentative() -> None:
    known = WorkCalendar(known=Period(YEAR.first, date(2026, 1, 14)))
    [event] = events(evolve(of(held("study")), calendar=known), zone=SHANGHAI)
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "OPAQUE")
    assert event["DESCRIPTION"] == "Provisional until the holidays are known"


def test_everybody_is_invited_to_each_session_by_a_message_of_its_own() -> None:
    messages = invited(FULL_DAY, zone=SHANGHAI, alarm=timedelta(minutes=15))
    assert [(each.session.split("/")[0], each.to) for each in messages] == [
        ("study", tuple(ADDRESSES.values())),
        ("test", tuple(ADDRESSES.values())),
        ("talk", ("rm-02@bank.example",)),
        ("report", ("rm-02@bank.example",)),
        ("talk", ("rm-01@bank.example",)),
    ]
    everybody_s = {str(event["UID"]): event for event in events(FULL_DAY, zone=SHANGHAI)}
    for message in messages:
        assert message.method is Method.REQUEST
        found = read(message.file)
        assert found["METHOD"] == "REQUEST"
        assert "X-WR-CALNAME" not in found
        assert [each.get("TZID") for each in found.timezones] == ["Asia/Shanghai"]
        [event] = found.events
        assert event["ORGANIZER"] == f"mailto:{ORGANIZER}"
        attendees = (
            event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
        )
        assert tuple(str(each) for each in attendees) == tuple(f"mailto:{to}" for to in message.to)
        assert {each.params["PARTSTAT"] for each in attendees} == {"NEEDS-ACTION"}
        assert {each.params["ROLE"] for each in attendees} == {"REQ-PARTICIPANT"}
        same = everybody_s[str(event["UID"])]
        assert (event.start, event.end) == (same.start, same.end)
        assert len(event.subcomponents) == 1


def test_who_may_attend_is_an_optional_attendee() -> None:
    study = evolve(VIP_SERVICE.activity("study"), required=False)
    plan = evolve(
        VIP_SERVICE,
        activities=[study if each.id == "study" else each for each in VIP_SERVICE.activities],
    )
    year = evolve(of(held("study"), trainees=[Trainee("RM-01")]), plan=plan)
    [message] = invited(year)
    [event] = read(message.file).events
    assert event["ATTENDEE"].params["ROLE"] == "OPT-PARTICIPANT"
    assert event["ATTENDEE"].params["CN"] == "RM-01"


def test_of_what_was_made_again_only_what_changed_is_told() -> None:
    people = [Trainee("RM-01"), Trainee("RM-02", date(2026, 7, 15)), Trainee("RM-03")]
    meetings = Activity(
        "meeting",
        Text.same("Meeting"),
        kind=ActivityKind.MEETING,
        timing=Cadence("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=15,16"),
        adjustment="skip",
    )
    study = evolve(meetings, id="study", adjustment="preceding")
    plan = TrainingPlan(
        "few",
        "1",
        text=Text.same("Few"),
        curriculum=VIP_SERVICE.curriculum,
        activities=[meetings, study],
    )
    made = schedule(plan, Period.month(2026, 7), calendar=WorkCalendar(), trainees=people)
    again = reschedule(
        made, calendar=WorkCalendar(holidays=[date(2026, 7, 15)]), not_before=date(2026, 7, 1)
    )
    assert told(again.schedule, made) == [
        # Who was hired on the 15th does not attend on the 14th.
        ("study/2026-07-15", "request", ("rm-01@bank.example",)),
        ("study/2026-07-15", "cancel", ("rm-02@bank.example",)),
        ("meeting/2026-07-15", "cancel", tuple(ADDRESSES.values())),
    ]
    uids = set()
    starts = {"meeting": time(8)}
    for message in invited(again.schedule, before=made, zone=SHANGHAI, starts_at=starts):
        found = read(message.file)
        assert found["METHOD"] == message.method.name
        [event] = found.events
        assert event["SEQUENCE"] == 1
        uids.add(str(event["UID"]))
        if message.method is Method.REQUEST:
            assert event["STATUS"] == "CONFIRMED"
        else:
            # What is held, though for others only, has no status where it is taken back.
            of_all = message.session == "meeting/2026-07-15"
            assert event.get("STATUS") == ("CANCELLED" if of_all else None)
            assert str(event["SUMMARY"]).startswith("Cancelled: ")
    assert uids < {str(event["UID"]) for event in events(made)}
    # What was cancelled by hand is not kept among the cancelled.
    by_hand = evolve(made, sessions=())
    [first, *_] = cancelled = invited(by_hand, before=made, zone=SHANGHAI)
    assert {each.method for each in cancelled} == {Method.CANCEL}
    assert read(first.file).events[0]["SEQUENCE"] == 1
    assert {each.method for each in invited(made, before=by_hand)} == {Method.REQUEST}
    assert invited(made, before=made) == []
    assert invited(by_hand, before=made, stamp=datetime(2026, 8, 1, tzinfo=UTC)) == []


def told(now: Schedule, before: Schedule, **changes: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    found = invited(now, before=before, **changes)
    return [(each.session, each.method.value, each.to) for each in found]


def test_another_hour_is_told_with_a_higher_sequence() -> None:
    people = [Trainee("RM-01")]
    made = schedule(VIP_SERVICE, Period.month(2026, 7), calendar=WorkCalendar(), trainees=people)
    nine, ten = {"study": time(9)}, {"study": time(10)}
    given: dict[str, Any] = {"zone": SHANGHAI, "starts_at": ten, "starts_at_before": nine}
    assert told(made, made, zone=SHANGHAI, starts_at=ten) == []
    [message] = [
        each for each in invited(made, before=made, **given) if each.session.startswith("study")
    ]
    [event] = read(message.file).events
    assert (event["SEQUENCE"], f"{event.start:%H:%M}") == (1, "10:00")
    # The schedule that is kept has it, so that what comes next is higher again.
    kept = retimed(made, before=made, not_before=STAMP.date(), **given)
    raised = {each.id for each in kept.sessions if each.sequence}
    assert raised == {each.session for each in invited(kept, before=made, **given)}
    assert "study/2026-07-15" in raised
    assert "morning-meeting/2026-07-14" not in raised
    assert retimed(kept, before=kept, not_before=STAMP.date(), zone=SHANGHAI) is kept
    back = invited(kept, before=kept, zone=SHANGHAI, starts_at=nine, starts_at_before=ten)
    assert {read(each.file).events[0]["SEQUENCE"] for each in back} == {2}
    moved = reschedule(
        kept, calendar=WorkCalendar(holidays=[date(2026, 7, 15)]), not_before=date(2026, 7, 1)
    ).schedule
    assert moved.session("study/2026-07-15").sequence == 2


def test_what_lasts_longer_and_what_comes_after_it_is_told_with_a_higher_sequence() -> None:
    people = [Trainee("RM-01")]
    made = schedule(VIP_SERVICE, Period.month(2026, 7), calendar=WorkCalendar(), trainees=people)
    longer = evolve(
        VIP_SERVICE,
        edition="2",
        activities=[
            evolve(each, duration=each.duration + 15) if each.id == "morning-meeting" else each
            for each in VIP_SERVICE.activities
        ],
    )
    again = reschedule(
        made, calendar=WorkCalendar(), not_before=date(2026, 7, 14), plan=longer
    ).schedule
    found = invited(again, before=made, zone=SHANGHAI)
    sequences = {each.session: read(each.file).events[0]["SEQUENCE"] for each in found}
    assert {*sequences.values()} == {1}
    assert "morning-meeting/2026-07-13" not in sequences
    assert {"morning-meeting/2026-07-15", "study/2026-07-15"} <= {*sequences}
    # Whole days are no longer than they were.
    assert told(again, made) == []
    assert retimed(again, before=made, not_before=date(2026, 7, 14), zone=None) is again


def test_what_does_not_fit_of_hours_before_is_rejected() -> None:
    made = of(held("study"))
    with pytest.raises(FieldError, match="starts_at_before is 9"):
        invited(made, before=made, starts_at_before=9)
    with pytest.raises(FieldError, match=r"(?s)not_before is None.*starts_at_before"):
        retimed(made, before=made, not_before=None, zone=None, starts_at_before=9)  # type: ignore[arg-type]
    with pytest.raises(TrainingError, match=r"starts_at_before\[\"stud\"\]|study"):
        invited(made, before=made, starts_at_before={"stud": time(9)})


def people_of_two_groups(*tenures: Tenure, **changes: Any) -> list[Trainee]:
    """RM-01 is in the north, or where tenures say; RM-02 is in the south."""
    own = [each for each in tenures if each.person == "RM-01"]
    return [
        Trainee("RM-01", tenures=own or [Tenure("RM-01", "north")], **changes),
        Trainee("RM-02", tenures=[Tenure("RM-02", "south")]),
    ]


def of_two_groups(period: Period, people: list[Trainee]) -> Schedule:
    few = evolve(
        VIP_SERVICE,
        activities=[VIP_SERVICE.activity("study"), VIP_SERVICE.activity("test")],
        targets=(),
    )
    groups = [Group("north", ()), Group("south", ())]
    return schedule(few, period, calendar=WorkCalendar(), groups=groups, trainees=people)


def test_a_change_of_people_tells_who_gains_and_who_loses_a_session() -> None:
    period = Period(date(2026, 6, 1), date(2026, 8, 31))
    made = of_two_groups(period, people_of_two_groups())
    moved = people_of_two_groups(
        Tenure("RM-01", "north", last=date(2026, 7, 15)),
        Tenure("RM-01", "south", first=date(2026, 7, 16)),
    )
    calendar_now = made.calendar
    again = reschedule(made, calendar=calendar_now, not_before=date(2026, 7, 1), trainees=moved)
    assert again.changes == ()
    [to] = {to for _, _, to in told(again.schedule, made)}
    assert to == ("rm-01@bank.example",)
    assert [(session, method) for session, method, _ in told(again.schedule, made)] == [
        # On the day of the transfer RM-01 is in the north yet.
        ("test/2026-07-25/group:north", "cancel"),
        ("test/2026-07-25/group:south", "request"),
        ("study/2026-08-15/group:north", "cancel"),
        ("study/2026-08-15/group:south", "request"),
        ("test/2026-08-25/group:north", "cancel"),
        ("test/2026-08-25/group:south", "request"),
    ]
    for message in invited(again.schedule, before=made):
        [event] = read(message.file).events
        attendees = event["ATTENDEE"]
        names = [each.params["CN"] for each in attendees] if isinstance(attendees, list) else []
        if message.method is Method.REQUEST:
            assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
            assert names == ["RM-01", "RM-02"]
        else:
            assert (event["SEQUENCE"], "STATUS" in event) == (1, False)
    # Whoever comes back to a session knows it as cancelled, and needs a later one.
    back = reschedule(
        again.schedule,
        calendar=calendar_now,
        not_before=date(2026, 8, 1),
        trainees=people_of_two_groups(),
    ).schedule
    august = datetime(2026, 8, 1, tzinfo=UTC)
    found = invited(back, before=again.schedule, stamp=august)
    assert [(each.session, each.method.value) for each in found] == [
        ("study/2026-08-15/group:north", "request"),
        ("study/2026-08-15/group:south", "cancel"),
        ("test/2026-08-25/group:north", "request"),
        ("test/2026-08-25/group:south", "cancel"),
    ]
    assert [read(each.file).events[0]["SEQUENCE"] for each in found] == [2, 1, 2, 1]
    # Two changes are told at once to who knows the first schedule alone.
    assert told(back, made, stamp=august) == []


def test_a_hire_is_invited_and_who_goes_on_leave_is_told() -> None:
    made = of_two_groups(Period.month(2026, 7), people_of_two_groups())
    away = Leave("RM-01", LeaveKind.ANNUAL, first=date(2026, 7, 20), last=date(2026, 7, 31))
    hired = Trainee("RM-03", date(2026, 7, 8), tenures=[Tenure("RM-03", "south")])
    book = {**ADDRESSES, "RM-03": "rm-03@bank.example"}
    people = [*people_of_two_groups(leaves=[away]), evolve(hired, tenures=south_since(hired))]
    again = reschedule(
        made, calendar=made.calendar, not_before=date(2026, 7, 6), trainees=people
    ).schedule
    assert told(again, made, addresses=book) == [
        ("study/2026-07-15/group:south", "request", ("rm-03@bank.example",)),
        ("test/2026-07-25/group:north", "cancel", ("rm-01@bank.example",)),
        ("test/2026-07-25/group:south", "request", ("rm-03@bank.example",)),
    ]
    # What is over is told to nobody.
    late = datetime(2026, 7, 21, tzinfo=UTC)
    assert [session for session, *_ in told(again, made, addresses=book, stamp=late)] == [
        "test/2026-07-25/group:north",
        "test/2026-07-25/group:south",
    ]


def south_since(hired: Trainee) -> list[Tenure]:
    return [Tenure(hired.id, "south", first=hired.hired_on)]


def test_another_hour_and_what_is_not_provisional_any_more_are_told() -> None:
    [day] = {DAY}
    alone = of(held("study"), trainees=[Trainee("RM-01")])
    both = of(held("morning-meeting"), held("study"), trainees=[Trainee("RM-01")])
    rm_01 = ("rm-01@bank.example",)
    assert told(both, alone, zone=SHANGHAI) == [
        (f"morning-meeting/{day}", "request", rm_01),
        (f"study/{day}", "request", rm_01),
    ]
    assert told(both, alone) == [(f"morning-meeting/{day}", "request", rm_01)]
    known = WorkCalendar(known=Period(YEAR.first, date(2026, 1, 14)))
    assert told(alone, evolve(alone, calendar=known)) == [(f"study/{day}", "request", rm_01)]


def test_a_schedule_of_another_plan_is_not_what_it_was() -> None:
    other = evolve(FULL_DAY, plan=evolve(VIP_SERVICE, id="other"))
    with pytest.raises(TrainingError, match="is of another plan than") as caught:
        invited(FULL_DAY, before=other)
    assert [each.path for each in caught.value.problems] == ["$.before.plan.id"]
    nothing: Any = 1
    with pytest.raises(FieldError, match="before is 1; allowed: None, or a Schedule"):
        invited(FULL_DAY, before=nothing)


def test_everybody_s_calendars_are_those_of_each() -> None:
    year = evolve(FULL_DAY, cancelled=[held("service-competition", group="branch-1", sequence=1)])
    given: dict[str, Any] = {"zone": SHANGHAI, "organizer": ORGANIZER, "alarm": timedelta(hours=1)}
    found = dict(calendars_of(year, stamp=STAMP, domain=DOMAIN, language="en", **given))
    assert list(found) == ["RM-01", "RM-02", "RM-03", "RM-09"]
    for person, file in found.items():
        assert file == calendar(year, person=person, **given)
    nobody = of(held("talk", person="RM-01"), trainees=[Trainee("RM-01"), Trainee("RM-02")])
    assert [who for who, _ in calendars_of(nobody, stamp=STAMP, domain=DOMAIN)] == ["RM-01"]


def test_what_somebody_has_again_has_a_higher_sequence_than_when_it_was_taken_back() -> None:
    study = FULL_DAY.sessions[0]
    taken = Withdrawal(evolve(study, sequence=4), "RM-01")
    again = evolve(FULL_DAY, withdrawn=[taken])
    sequences = {
        person: next(event["SEQUENCE"] for event in events(again, person=person))
        for person in ("RM-01", "RM-02")
    }
    assert sequences == {"RM-01": 5, "RM-02": 0}


@costly
@given(schedules(), st.sampled_from([None, SHANGHAI]))
def test_every_calendar_of_every_schedule_is_read(made: Schedule, zone: tzinfo | None) -> None:
    given: dict[str, Any] = {"zone": zone, "starts_at": time(0), "organizer": ORGANIZER}
    minutes: Counter[date] = Counter()
    for session in (*made.sessions, *made.cancelled):
        minutes[session.on] += made.activity_of(session).duration
    # What would run past midnight is rejected, which is another test's.
    assume(zone is None or max(minutes.values(), default=0) <= 24 * 60)
    found = dict(calendars_of(made, stamp=STAMP, domain=DOMAIN, **given))
    for person, file in found.items():
        ids = {each.id for each in (*made.of(person), *made.cancelled_of(person))}
        # What was taken back from the person stands there too, as cancelled.
        ids |= {each.session.id for each in made.withdrawn if each.person == person}
        assert len(read(file).events) == len(ids)
        assert file == calendar(made, person=person, language="zh-Hant", **given)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"organizer": "training"}, "organizer is 'training'; allowed: None, or an address in ASC"),
        ({"organizer": 5}, "organizer is 5"),
        ({"organizer": "a b@bank.example"}, "organizer is"),
        ({"organizer": "a@bank.example\r\nX:y"}, "organizer is"),
        ({"organizer": f"{'a' * 65}@bank.example"}, "organizer is"),
        ({"organizer": f"a@{'.'.join(['a' * 60] * 5)}"}, "organizer is"),
        ({"alarm": 15}, "alarm is 15; allowed: None, or a datetime.timedelta of whole seconds"),
        ({"alarm": timedelta(-1)}, "alarm is"),
        ({"alarm": timedelta(days=29)}, "alarm is"),
        ({"alarm": timedelta(microseconds=1)}, "alarm is"),
    ],
)
def test_an_address_and_an_alarm_are_such(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError, match=f"^calendar_of: {message}"):
        calendar(FULL_DAY, **changes)
    with pytest.raises(FieldError, match=r"^calendars_of: "):
        calendars_of(FULL_DAY, stamp=STAMP, domain=DOMAIN, **changes)


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        ({"addresses": ["a"]}, FieldError, "addresses is .*; allowed: a mapping from ids of peop"),
        ({"addresses": {"RM-01": "x"}}, FieldError, r'\["RM-01"\] is .x.; allowed: None, or an ad'),
        ({"organizer": None}, FieldError, "organizer is None; allowed: an address in ASCII"),
        ({"stamp": 1}, FieldError, "stamp is 1"),
        ({"addresses": {"RM-1": None}}, TrainingError, '"RM-01" has no address; give it, or None'),
        ({"addresses": {5: ORGANIZER}}, TrainingError, 'person "RM-09" has no address; give it, '),
    ],
)
def test_what_does_not_fit_an_invitation_is_rejected(
    changes: dict[str, Any], kind: type[AppraisalError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        invited(FULL_DAY, **changes)
    nothing: Any = None
    with pytest.raises(FieldError, match="schedule is None; allowed: a Schedule"):
        invited(nothing)


def test_an_invitation_shows_no_more_than_it_must() -> None:
    message = invited(FULL_DAY)[0]
    assert repr(message).endswith(f"file=<{len(message.file)} bytes>)")


@pytest.mark.parametrize(
    ("sessions", "given", "said"),
    [
        (
            [],
            {},
            "计划“vip-service 1.0”在 2026-01-01..2026-12-31 的日程没有场次，而 iCalendar "
            "文件至少要有一场；请勿发布",
        ),
        (
            [held("study")],
            {"starts_at": time(23, 30), "zone": BERLIN},
            f"场次“{held('study').id}”会延至 2026-01-15 午夜之后；"
            "请在 starts_at 中把它或当日在前的场次提早",
        ),
        (
            [held("study")],
            {"person": "RM-09"},
            "计划“vip-service 1.0”在 2026-01-01..2026-12-31 的日程没有人员“RM-09”；"
            "请填写参加培训的人",
        ),
    ],
)
def test_what_keeps_a_schedule_from_being_published_is_said_in_chinese(
    sessions: list[Session], given: dict[str, Any], said: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        calendar(of(*sessions), **given)
    (problem,) = caught.value.problems
    assert problem.explain("zh-Hans").endswith(said)
