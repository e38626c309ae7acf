"""The pictures of a notebook, in the documentation: the branch is that of the example."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from cmappraisal import ERROR_POINTS, score, score_card
from cmappraisal.accounts import account_chart, points_account
from cmappraisal.training import VIP_SERVICE, schedule, year_grid

sys.path.append(str(Path(__file__).parents[1] / "examples"))

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


PICTURES: dict[str, Callable[[], str]] = {
    "account-chart": account,
    "score-card": card,
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
