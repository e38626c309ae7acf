"""Reports: appraisals for people, as text and as HTML that a notebook shows.

Strings come out and nothing else: no script, no address, a style that holds for a fragment alone
and follows the page from light to dark. Colour never says anything by itself: what it says stands
there as a letter, a shape or a word too. What all of them say stands in one table of wordings.
"""

from cmappraisal.reports.explanations import explain
from cmappraisal.reports.score_cards import score_card

__all__ = ["explain", "score_card"]
