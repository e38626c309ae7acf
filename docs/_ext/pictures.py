"""The pictures of a notebook, in the documentation: the branch is that of the example."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from cmappraisal import ERROR_POINTS, Period, ranking, score, score_all, score_card
from cmappraisal.accounts import account_chart, points_account
from cmappraisal.interop.solver import assign
from cmappraisal.reports import case_page, ranking_page, rulebook_page
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Group,
    Hours,
    Room,
    Trainee,
    Trainer,
    check_compliance,
    compliance_grid,
    schedule,
    week_grid,
    year_grid,
)

sys.path.append(str(Path(__file__).parents[1] / "examples"))
sys.path.append(str(Path(__file__).parents[1] / "_static" / "try"))

import appraise
import branch_year


def card() -> str:
    """The score card of one manager of the branch."""
    ledger = branch_year.year_of(branch_year.VIOLATIONS)
    return score_card(
        score(ledger, ERROR_POINTS, branch_year.YEAR, manager="RM-03", policy=branch_year.POLICY)
    )


def grid() -> str:
    """The year of the branch's team."""
    made = schedule(
        VIP_SERVICE,
        branch_year.NEXT_YEAR,
        calendar=branch_year.MAINLAND,
        blackouts=branch_year.TYPHOON,
    )
    return year_grid(made)


def account() -> str:
    """The points account of one manager of the branch."""
    ledger = branch_year.year_of(branch_year.VIOLATIONS)
    through = branch_year.YEAR.last
    return account_chart(
        points_account(
            ledger, branch_year.HOUSE, manager="RM-02", through=through, policy=branch_year.POLICY
        )
    )


def compliance() -> str:
    """Who of the branch met what by the middle of the year."""
    team = schedule(
        VIP_SERVICE,
        branch_year.NEXT_YEAR,
        calendar=branch_year.MAINLAND,
        trainees=[Trainee(id, day) for id, day in branch_year.HIRED.items()],
    )
    records = branch_year.records_of(team)
    return compliance_grid(check_compliance(team, records, on=branch_year.SUMMER))


def week() -> str:
    """The rooms of a week in which twenty people begin, beside two teams."""
    hours = [Hours(time(9), time(12)), Hours(time(13, 30), time(17, 30))]
    hired = [Trainee(f"RM-{number:02}", date(2027, 3, 1)) for number in range(1, 21)]
    teams = [Group("east", hired[:10]), Group("west", hired[10:])]
    made = schedule(ASK, Period.month(2027, 3), calendar=branch_year.MAINLAND, groups=teams)
    assigned = assign(
        made,
        rooms=[Room("R-201", 24, hours=hours, gap=15), Room("R-305", 12, hours=hours)],
        trainers=[Trainer(id, list(ASK.curriculum), hours=hours) for id in ("T-1", "T-2")],
    )
    return week_grid(assigned.schedule, date(2027, 3, 15))


def case() -> str:
    """The life of a case of the branch with an appeal."""
    ledger = branch_year.year_of(branch_year.VIOLATIONS)
    return case_page(max(ledger.cases(), key=lambda each: len(each.history)))


def ranked() -> str:
    """The managers of the branch in order."""
    ledger = branch_year.year_of(branch_year.VIOLATIONS)
    appraisals = score_all(ledger, ERROR_POINTS, branch_year.YEAR, policy=branch_year.POLICY)
    return ranking_page(ranking(appraisals.values()))


def rulebook() -> str:
    """The standard, rule by rule."""
    return rulebook_page(ERROR_POINTS)


def example() -> str:
    """What the page that runs the library makes of its example."""
    panels = appraise.answer("")
    return panels["card"] + panels["account"]


PICTURES: dict[str, Callable[[], str]] = {
    "account-chart": account,
    "case-page": case,
    "compliance-grid": compliance,
    "ranking-page": ranked,
    "rulebook-page": rulebook,
    "score-card": card,
    "try-it": example,
    "week-grid": week,
    "year-grid": grid,
}


class Picture(Directive):
    """One of the pictures."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The picture as it is."""
        return [nodes.raw("", PICTURES[self.arguments[0]](), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("picture", Picture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
