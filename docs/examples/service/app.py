"""The service: violations, appeals and decisions come in; appraisals, letters and cards go out.

It signs nobody in. What does that stands before it, and says in ``X-User`` who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from html import escape
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict

from cmappraisal import (
    ERROR_POINTS,
    Appealed,
    Appraisal,
    Case,
    Dismissed,
    Entry,
    FieldError,
    Ledger,
    Period,
    Policy,
    Problem,
    ProblemCode,
    Rank,
    Recorded,
    Reversed,
    Violation,
    faults,
    ranking,
    score,
    score_all,
    score_card,
)
from service.answers import StaleError, answer_errors
from service.languages import ReadersLanguage
from service.reading import CheckedRoute
from stored_ledger import Store

STANDARD = ERROR_POINTS
POLICY = Policy()

Opened = Callable[[], AbstractContextManager[Store]]
"""What opens the store, with a connection of its own each time."""


class Book:
    """The stored ledger, of which only what is new is read, and whom it is about.

    Args:
        opened: What opens the store.
        managers: The ids of the relationship managers, from the bank's staff records.
    """

    def __init__(self, opened: Opened, managers: Iterable[str]) -> None:
        self.opened = opened
        self.managers = tuple(managers)
        self.known = Ledger()

    def ledger(self) -> Ledger:
        """The ledger as it is now."""
        with self.opened() as store:
            return self._keep(store.load(self.known))

    def append(self, entry_at: Callable[[datetime], Entry], root: str | None) -> Ledger:
        """The ledger after one more entry, made for the moment at which it is appended.

        The store asks again where another writer was first, so that nobody comes in between.
        """

        def change(ledger: Ledger) -> list[Entry]:
            if root is not None and root != ledger.root().hex():
                raise StaleError("others wrote since; read again what is there, and decide anew")
            clock = datetime.now(UTC)
            return [entry_at(max(clock, ledger.latest or clock))]

        with self.opened() as store:
            return self._keep(store.append(change, self.known))

    def appraisal(self, manager: str, year: int) -> Appraisal:
        """The appraisal of one manager."""
        if manager not in self.managers:
            raise HTTPException(404, "nobody has this id")
        period = Period.year(year)
        return score(self.ledger(), STANDARD, period, manager=manager, policy=POLICY)

    def _keep(self, ledger: Ledger) -> Ledger:
        # A ledger never changes, so that threads share it; one that is longer came later.
        if len(ledger) > len(self.known):
            self.known = ledger
        return ledger


def _book(request: Request) -> Book:
    book: Book = request.app.state.book
    return book


TheBook = Annotated[Book, Depends(_book)]
User = Annotated[str | None, Header(alias="X-User")]
Root = Annotated[str | None, Query(description="The root of the ledger that was seen, to be safe")]
Year = Annotated[int, Query(ge=1900, le=2999)]


class Appeal(BaseModel):
    """On what grounds somebody appeals."""

    model_config = ConfigDict(extra="forbid")

    grounds: str


class Ruling(BaseModel):
    """How an appeal ends, and why."""

    model_config = ConfigDict(extra="forbid")

    outcome: Literal["dismissed", "reversed"]
    reason: str


ENDINGS: dict[str, type[Dismissed | Reversed]] = {"dismissed": Dismissed, "reversed": Reversed}


class Head(BaseModel):
    """How many entries the ledger has, and the root that vouches for them."""

    size: int
    root: str


class Written(Head):
    """A case as it is after a change, and the head of the ledger."""

    case: Case


def _written(ledger: Ledger, violation_id: str) -> Written:
    return Written(case=ledger.case(violation_id), size=len(ledger), root=ledger.root().hex())


router = APIRouter(route_class=CheckedRoute)


@router.post("/violations", status_code=201)
def record(
    book: TheBook, violation: Annotated[Violation, Body()], user: User = None, root: Root = None
) -> Written:
    """Record a violation, if it can be scored."""

    def recorded(at: datetime) -> Entry:
        problems = [*faults(violation, STANDARD, POLICY, at=at)]
        if violation.manager not in book.managers:
            code, message = ProblemCode.UNKNOWN_ID, "nobody has this id"
            problems.append(Problem("$.manager", code, message))
        if problems:
            raise FieldError(problems)
        return Recorded(violation, at=at, by=user)

    return _written(book.append(recorded, root), violation.id)


@router.get("/cases/{violation_id:path}")
def case(book: TheBook, violation_id: str) -> Case:
    """A violation and all that was entered about it."""
    return book.ledger().case(violation_id)


@router.post("/cases/{violation_id:path}/appeal", status_code=201)
def appeal(
    book: TheBook, violation_id: str, appeal: Appeal, user: User = None, root: Root = None
) -> Written:
    """Lodge an appeal against a violation."""
    ledger = book.append(lambda at: Appealed(violation_id, appeal.grounds, at=at, by=user), root)
    return _written(ledger, violation_id)


@router.post("/cases/{violation_id:path}/decision", status_code=201)
def decide(
    book: TheBook, violation_id: str, ruling: Ruling, user: User = None, root: Root = None
) -> Written:
    """Decide an appeal."""
    kind = ENDINGS[ruling.outcome]
    ledger = book.append(lambda at: kind(violation_id, ruling.reason, at=at, by=user), root)
    return _written(ledger, violation_id)


@router.get("/ledger")
def head(book: TheBook) -> Head:
    """The head of the ledger, to be published, and to be sent along with what rests on it."""
    ledger = book.ledger()
    return Head(size=len(ledger), root=ledger.root().hex())


@router.get("/managers/{manager:path}/appraisal")
def appraisal(book: TheBook, manager: str, year: Year) -> Appraisal:
    """An appraisal as data, with every step and its reason."""
    return book.appraisal(manager, year)


@router.get("/managers/{manager:path}/letter", response_class=PlainTextResponse)
def letter(book: TheBook, manager: str, year: Year, language: ReadersLanguage) -> PlainTextResponse:
    """An appraisal explained, in the language that the reader asks for."""
    text = book.appraisal(manager, year).explain(language)
    return PlainTextResponse(text, headers=_headers(language))


@router.get("/managers/{manager:path}/card", response_class=HTMLResponse)
def card(book: TheBook, manager: str, year: Year, language: ReadersLanguage) -> HTMLResponse:
    """An appraisal as a page with its score card."""
    shown = score_card(book.appraisal(manager, year), language)
    page = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(manager)} {year}</title>{shown}</html>"
    )
    return HTMLResponse(page, headers=_headers(language))


@router.get("/ranking")
def ranked(book: TheBook, year: Year) -> list[Rank]:
    """Everybody in the order of their results."""
    appraisals = score_all(
        book.ledger(), STANDARD, Period.year(year), managers=book.managers, policy=POLICY
    )
    return list(ranking(appraisals.values()))


def _headers(language: str) -> dict[str, str]:
    return {"Content-Language": language, "Vary": "Accept-Language"}


def create_app(opened: Opened, managers: Iterable[str]) -> FastAPI:
    """The application over a store.

    Args:
        opened: What opens the store.
        managers: The ids of the relationship managers.
    """
    app = FastAPI(title="Appraisal of relationship managers")
    app.state.book = Book(opened, managers)
    app.include_router(router)
    answer_errors(app)
    return app
