"""Reasons: what sessions that block each other need too much of, in words, and the remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from cmappraisal.interop.solver.free_days import fits_beside
from cmappraisal.interop.solver.problems import Problem, without_rooms, without_trainers
from cmappraisal.interop.solver.searches import is_possible
from cmappraisal.interop.solver.supplies import most_of, supply_of
from cmappraisal.texts import Text
from cmappraisal.training.blockages import Scarcity
from cmappraisal.training.resources import Room, Trainer

_DAYS_SHOWN = 5
_COURSES_SHOWN = 3

_IN_TURN = Text(
    "但每個團隊、每個人一天只能有一場，並須依次進行",
    "但每个团队、每个人一天只能有一场，并须依次进行",
    en="but each group and person has one session a day, in order",
)
_IN_TIME = Text(
    "但須容得下各場的時長，且每個團隊、每個人一天只能有一場，並須依次進行",
    "但须容得下各场的时长，且每个团队、每个人一天只能有一场，并须依次进行",
    en="but not for their lengths, with one session a day for each group and person, in order",
)
_REMEDIES = {
    Scarcity.DAYS: Text("請增加工作日", "请增加工作日", en="let more days be worked"),
    Scarcity.ROOMS: Text(
        "請增加這樣的場地，或在其他日子開放",
        "请增加这样的场地，或在其他日子开放",
        en="give another such room, or open one on another of the days",
    ),
    Scarcity.TRAINERS: Text(
        "請增加這樣的講師，或讓其在其他日子到場",
        "请增加这样的讲师，或让其在其他日子到场",
        en="give another such trainer, or have one there on another of the days",
    ),
}


def reason_of(
    problem: Problem, work: int, last: int, met: Mapping[int, date]
) -> tuple[Scarcity, Text]:
    """What sessions that cannot all take place have too little of, and that in words.

    Args:
        problem: The problem of those sessions.
        work: How much work each search may do.
        last: The place of one of them.
        met: Days on which the others can be met, by their places, as far as they are known.
    """
    scarce = _scarcity_of(problem, work, last, met)
    if scarce is not Scarcity.BOTH:
        need, there = _WORDS[scarce](problem)
        return scarce, _sentence(problem, need, there, _REMEDIES[scarce])
    room, trainer = _of_rooms(problem), _of_trainers(problem)
    need = Text(
        f"{room[0].zh_hant}和{trainer[0].zh_hant}",
        f"{room[0].zh_hans}和{trainer[0].zh_hans}",
        en=f"{room[0].en} and {trainer[0].en}",
    )
    there = _joined(room[1], trainer[1], "，", ", and there ")
    remedy = _joined(_REMEDIES[Scarcity.ROOMS], _REMEDIES[Scarcity.TRAINERS], "；", "; ")
    return scarce, _sentence(problem, need, there, remedy)


def _scarcity_of(problem: Problem, work: int, last: int, met: Mapping[int, date]) -> Scarcity:
    is_known = len(met) == len(problem.demands) - 1

    def can_be(relaxed: Problem) -> bool:
        # Mostly the others can stay where they are.
        return (is_known and fits_beside(relaxed, last, met)) or bool(is_possible(relaxed, work))

    roomless, untaught = without_rooms(problem), without_trainers(problem)
    has_rooms = any(demand.seats is not None for demand in problem.demands)
    has_trainers = any(demand.courses for demand in problem.demands)
    if not (has_rooms or has_trainers) or not can_be(without_trainers(roomless)):
        return Scarcity.DAYS
    if not (has_rooms and has_trainers):
        return Scarcity.ROOMS if has_rooms else Scarcity.TRAINERS
    is_room, is_trainer = can_be(roomless), can_be(untaught)
    if is_room is is_trainer:
        return Scarcity.BOTH
    return Scarcity.ROOMS if is_room else Scarcity.TRAINERS


def _sentence(problem: Problem, need: Text, there: Text, remedy: Text) -> Text:
    count, days = len(problem.demands), _on_days(problem)
    need_en = "1 session needs" if count == 1 else f"{count} sessions need"
    return Text(
        f"{count} 場需要{need.zh_hant}，{days.zh_hant}；{there.zh_hant}；{remedy.zh_hant}",
        f"{count} 场需要{need.zh_hans}，{days.zh_hans}；{there.zh_hans}；{remedy.zh_hans}",
        en=f"{need_en} {need.en} {days.en}, and there {there.en}; {remedy.en}",
    )


def _joined(one: Text, other: Text, chinese: str, english: str) -> Text:
    return Text(
        f"{one.zh_hant}{chinese}{other.zh_hant}",
        f"{one.zh_hans}{chinese}{other.zh_hans}",
        en=f"{one.en}{english}{other.en}",
    )


def _of_days(problem: Problem) -> tuple[Text, Text]:
    if len(problem.demands) == 1:
        return (
            Text("一個工作日", "一个工作日", en="a working day"),
            Text("沒有這樣的日子", "没有这样的日子", en="is none where it may go"),
        )
    return (
        Text(
            "各自的日子，同一團隊或同一人的依次進行",
            "各自的日子，同一团队或同一人的依次进行",
            en="a day each for the same group or person, in their order",
        ),
        Text("日子不足", "日子不足", en="are not enough of them"),
    )


def _of_rooms(problem: Problem) -> tuple[Text, Text]:
    asked = {
        each
        for demand in problem.demands
        if demand.seats is not None
        for each in zip(demand.days, demand.seats, strict=True)
    }
    free = [
        _times(problem, room, {day for day, seats in asked if seats <= room.capacity})
        for room in problem.rooms
    ]
    seats = [each for demand in problem.demands if demand.seats for each in demand.seats]
    least, most = min(seats), max(seats)
    people = f"{most}" if least == most else f"{least} to {most}"
    return (
        Text(
            f"可容納 {people.replace('to', '至')} 人的場地",
            f"可容纳 {people.replace('to', '至')} 人的场地",
            en=f"a room for {people} {'person' if most == 1 else 'people'}",
        ),
        _there(problem, ("room", "場地", "场地"), list(filter(None, free))),
    )


def _of_trainers(problem: Problem) -> tuple[Text, Text]:
    days: dict[tuple[str, ...], set[date]] = {}
    for demand in problem.demands:
        if demand.courses:
            days.setdefault(demand.courses, set()).update(demand.days)
    free = [
        _times(
            problem,
            trainer,
            {
                day
                for courses, there in days.items()
                if trainer.teaches.issuperset(courses)
                for day in there
            },
        )
        for trainer in problem.trainers
    ]
    asked = list(dict.fromkeys(demand.courses for demand in problem.demands if demand.courses))
    more = len(asked) - _COURSES_SHOWN
    shown = asked[:_COURSES_SHOWN]
    return (
        Text(
            f"能講授{_or(shown, '「', '」')}{f'等 {len(asked)} 類課程' if more > 0 else ''}的講師",
            f"能讲授{_or(shown, '“', '”')}{f'等 {len(asked)} 类课程' if more > 0 else ''}的讲师",
            en="a trainer of "
            + " or of ".join(" and ".join(f'"{each}"' for each in courses) for courses in shown)
            + (f" or of {more} more" if more > 0 else ""),
        ),
        _there(problem, ("trainer", "講師", "讲师"), list(filter(None, free))),
    )


def _or(asked: Sequence[Sequence[str]], opening: str, closing: str) -> str:
    return "或".join(
        "和".join(f"{opening}{each}{closing}" for each in courses) for courses in asked
    )


_WORDS = {
    Scarcity.DAYS: _of_days,
    Scarcity.ROOMS: _of_rooms,
    Scarcity.TRAINERS: _of_trainers,
}


def _on_days(problem: Problem) -> Text:
    days = sorted({day for demand in problem.demands for day in demand.days})
    if not days:
        return Text("但無日可用", "但无日可用", en="on none of its days")
    count, first, last = len(days), days[0], days[-1]
    listed = len(days) <= _DAYS_SHOWN
    chinese = "、".join(map(str, days)) if listed else f"{first} 至 {last}"
    english = ", ".join(map(str, days)) if listed else f"{first} to {last}"
    return Text(
        f"可用 {count} 天（{chinese}）",
        f"可用 {count} 天（{chinese}）",
        en=f"on {count} day{'' if count == 1 else 's'} ({english})",
    )


def _times(problem: Problem, resource: Room | Trainer, days: Iterable[date]) -> int:
    """How many sessions a room or a trainer is free for on some days, if they are the shortest."""
    shortest = min(demand.minutes for demand in problem.demands)
    supplies = (supply_of(resource, day, is_half=day in problem.half_days) for day in days)
    return sum(most_of(supply, shortest) for supply in supplies if supply is not None)


def _there(problem: Problem, noun: tuple[str, str, str], free: Collection[int]) -> Text:
    """How many of a resource there are, and how often they are free where not always."""
    english, hant, hans = noun
    if not free:
        return Text(f"沒有這樣的{hant}", f"没有这样的{hans}", en=f"is no such {english} open")
    times, count = sum(free), len(free)
    are = f"is 1 such {english}" if count == 1 else f"are {count} such {english}s"
    words = Text(
        f"這樣的{hant}有 {count} 個，共可用 {times} 場",
        f"这样的{hans}有 {count} 个，共可用 {times} 场",
        en=f"{are}, free for {times} session{'' if times == 1 else 's'} in all",
    )
    # So many sessions would find so many places, if none had a group or person in common.
    is_enough = times >= len(problem.demands)
    why = _IN_TIME if problem.is_by_the_hour else _IN_TURN
    return _joined(words, why, "，", ", ") if is_enough else words
