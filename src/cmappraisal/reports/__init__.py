"""Reports: appraisals for people, as text and as HTML that a notebook shows.

Strings come out and nothing else: no script, no address, a style that holds for a fragment alone
and follows the page from light to dark. Colour never says anything by itself: what it says stands
there as a letter, a shape or a word too. What all of them say stands in one table of wordings.
"""

from cmappraisal.reports.case_pages import case_page, explain_case
from cmappraisal.reports.explanations import explain
from cmappraisal.reports.rankings import ranking_page
from cmappraisal.reports.rulebook_pages import explain_rulebook, rulebook_page
from cmappraisal.reports.score_cards import score_card

__all__ = [
    "case_page",
    "explain",
    "explain_case",
    "explain_rulebook",
    "ranking_page",
    "rulebook_page",
    "score_card",
]
