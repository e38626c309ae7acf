"""Answers: what a client is told where the service does not do what it was asked for.

Whatever is wrong is told at once, in the shape that FastAPI has for it: each problem with its
place, its code and its message. What was sent is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from cmappraisal import (
    AppraisalError,
    DecodingError,
    LedgerError,
    Problem,
    ScoringError,
    UnknownCaseError,
)
from cmappraisal.interop.pydantic import location_of

Details = list[dict[str, Any]]

MAXIMUM_TOLD = 100
"""The most problems of one request that are told."""

STATUSES: dict[type[AppraisalError], int] = {
    AppraisalError: 422,  # what was sent is not allowed
    UnknownCaseError: 404,
    LedgerError: 409,  # it was, but not as the ledger is now
    ScoringError: 409,  # the ledger holds what cannot be scored
    DecodingError: 500,  # what is stored is not what was stored
}
"""The status that answers each error; that of the nearest base answers the others."""


class StaleError(LedgerError):
    """The ledger is not the one that the client saw."""


def details(problems: Iterable[Problem], place: str = "body") -> Details:
    """Problems, each with its place in what was sent, or in the ledger."""
    return [
        {
            "loc": [place, *location_of(problem.path)],
            "type": problem.code.value,
            "msg": problem.message,
        }
        for problem in problems
    ]


def _answer_problems(_: Request, error: Exception) -> JSONResponse:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    problems = error.problems if isinstance(error, AppraisalError) else ()
    place = "body" if status == STATUSES[AppraisalError] else "ledger"
    return JSONResponse({"detail": details(problems, place)}, status)


def _answer_invalid(_: Request, error: Exception) -> JSONResponse:
    found = error.errors()[:MAXIMUM_TOLD] if isinstance(error, RequestValidationError) else ()
    told = [{name: each[name] for name in ("loc", "type", "msg")} for each in found]
    return JSONResponse({"detail": told}, 422)


def answer_errors(app: FastAPI) -> None:
    """Let an application answer every error of the library, and every request that is not valid."""
    app.add_exception_handler(AppraisalError, _answer_problems)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
