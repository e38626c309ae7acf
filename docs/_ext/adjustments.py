"""The drawn example of the adjustments: where each sends a day, on a strip of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from tables import row, table

from cmappraisal import Adjustment, Period, WorkCalendar

CELL, ROW, LEFT, TOP = 40, 34, 150, 40
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SPRING_FESTIVAL = WorkCalendar(
    holidays=Period(date(2026, 2, 15), date(2026, 2, 23)), workdays=[date(2026, 2, 14)]
)
EXAMPLES = {
    "spring-festival": (
        SPRING_FESTIVAL,
        date(2026, 2, 15),
        Period(date(2026, 2, 12), date(2026, 2, 26)),
    ),
    "end-of-month": (
        WorkCalendar(),
        date(2026, 1, 31),
        Period(date(2026, 1, 28), date(2026, 2, 4)),
    ),
}


class AdjustmentsDiagram(Directive):
    """One of the examples, drawn, and as a table in words."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The picture and the table."""
        calendar, day, strip = EXAMPLES[self.arguments[0]]
        rows = [row([[each.value], [destination(calendar, day, each)]]) for each in Adjustment]
        return [
            nodes.raw("", picture(calendar, day, strip), format="html"),
            table([f"From {in_words(day)} by", "to"], rows, [40, 60]),
        ]


def destination(calendar: WorkCalendar, day: date, adjustment: Adjustment) -> str:
    """Where an adjustment sends a day, in words."""
    goes_to = calendar.adjusted(day, adjustment)
    return "nowhere: it does not take place" if goes_to is None else in_words(goes_to)


def in_words(day: date) -> str:
    """A day in words."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d %B}".replace(" 0", " ")


def picture(calendar: WorkCalendar, day: date, strip: Period) -> str:
    """Days from left to right, off days hatched; for each adjustment, an arrow."""
    width = LEFT + strip.days * CELL + 8
    height = TOP + len(Adjustment) * ROW + 8
    shapes = [*columns(calendar, strip)]
    for number, adjustment in enumerate(Adjustment):
        level = TOP + number * ROW + ROW / 2
        shapes += line(calendar, day, strip, adjustment, level)
    return (
        '<div class="drawn" style="overflow-x: auto" tabindex="0" role="region" '
        'aria-label="Adjustments">'
        f'<svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="Where each adjustment sends {in_words(day)}; the table below has the same" '
        f'style="width: {width}px; font-size: 13px; fill: currentColor">'
        '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker>'
        '<pattern id="off" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0 V6" stroke="currentColor" '
        'stroke-opacity="0.35"/></pattern></defs>'
        f"{''.join(shapes)}</svg></div>"
    )


def left_of(day: date, strip: Period) -> int:
    """Where the column of a day begins."""
    return LEFT + (day - strip.first).days * CELL


def columns(calendar: WorkCalendar, strip: Period) -> Iterator[str]:
    """A column for each day, named above; hatched where it is off."""
    height = len(Adjustment) * ROW
    for day in strip:
        left = left_of(day, strip)
        fill = "none" if calendar.is_working_day(day) else "url(#off)"
        yield (
            f'<rect x="{left}" y="{TOP}" width="{CELL}" height="{height}" fill="{fill}" '
            'stroke="currentColor" stroke-opacity="0.3"/>'
        )
        yield text(left + CELL / 2, TOP - 20, WEEKDAYS[day.weekday()])
        yield text(left + CELL / 2, TOP - 6, str(day.day))


def line(
    calendar: WorkCalendar, day: date, strip: Period, adjustment: Adjustment, level: float
) -> Iterable[str]:
    """One adjustment: a ring where it was, an arrow to a dot where it goes; a cross if nowhere."""
    yield text(LEFT - 10, level + 4, adjustment.value, anchor="end")
    start = left_of(day, strip) + CELL / 2
    yield f'<circle cx="{start}" cy="{level}" r="7" fill="none" stroke="currentColor"/>'
    goes_to = calendar.adjusted(day, adjustment)
    if goes_to is None:
        yield (
            f'<path d="M{start - 4} {level - 4} l8 8 m0 -8 l-8 8" stroke="currentColor" '
            'stroke-width="2"/>'
        )
        return
    end = left_of(goes_to, strip) + CELL / 2
    if goes_to != day:
        step = 7 if end > start else -7
        yield (
            f'<path d="M{start + step} {level} H{end - step}" stroke="currentColor" '
            'marker-end="url(#to)"/>'
        )
    yield f'<circle cx="{end}" cy="{level}" r="5"/>'


def text(middle: float, level: float, words: str, anchor: str = "middle") -> str:
    """Some words."""
    return f'<text x="{middle}" y="{level}" text-anchor="{anchor}">{escape(words)}</text>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("adjustments-diagram", AdjustmentsDiagram)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
