"""Qualifications in words: whether somebody is qualified, until when not, and because of what."""

from __future__ import annotations

from datetime import date

from cmappraisal.consequences import Status
from cmappraisal.fields import require
from cmappraisal.qualifications import Qualification
from cmappraisal.reports import wordings
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.texts import Language, listed, worded


def require_qualification(where: str, appraisal: Appraisal, given: object) -> None:
    """Reject what is no qualification of the manager of an appraisal."""
    fits = given is None or (
        isinstance(given, Qualification) and given.manager == appraisal.manager
    )
    require(where, "qualification", given, fits, f"None, or that of {appraisal.manager!r}")


def status_in_words(status: Status, until: date | None, language: Language) -> str:
    """A status in a word or two, such as ``"suspended until 2025-06-30"``."""
    if status is Status.SUSPENDED and until is not None:
        return worded(wordings.SUSPENDED_UNTIL, language, until)
    return status.text.in_language(language)


def qualification_in_words(qualification: Qualification, language: Language) -> str:
    """What holds on a day, since when and until when, and because of which violations."""
    said = qualification.status.text.in_language(language)
    if qualification.since is None:
        return said
    ids = listed(qualification.because_of, language)
    wording = wordings.LOST_SINCE if qualification.until is None else wordings.LOST_FROM_TO
    return worded(wording, language, qualification.since, said, ids, qualification.until)


def name_of_status(qualification: Qualification | None, language: Language) -> str:
    """What a status is called: that on a day, or that beside an appraisal."""
    if qualification is None:
        return wordings.QUALIFICATION.in_language(language)
    return worded(wordings.QUALIFICATION_ON, language, qualification.day)


def losses_in_words(appraisal: Appraisal, language: Language) -> str:
    """What the violations of an appraisal lead to, whatever the term, and which of them do."""
    status = appraisal.status
    said = status.text.in_language(language)
    ids = [id for id, each in appraisal.losses.items() if each is status]
    return worded(wordings.LOST_BY, language, said, listed(ids, language)) if ids else said
