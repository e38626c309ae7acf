"""Accounts: the points of a person over time (積分檔案), and what follows from them."""

from cmappraisal.accounts.account import PointsAccount, points_account, points_accounts
from cmappraisal.accounts.charts import account_chart
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.postings import Posting, PostingKind
from cmappraisal.accounts.statements import explain_account

__all__ = [
    "ConsequenceDue",
    "PointsAccount",
    "Posting",
    "PostingKind",
    "TakenWithoutGround",
    "account_chart",
    "explain_account",
    "points_account",
    "points_accounts",
]
