"""Points accounts (積分檔案): the balance of a person's points over time, posting by posting.

An account is the chain of appraisals of consecutive assessment periods. What each of them charges
and awards is posted, and beside it what lapses, what is awarded for clean time and what is
forfeited; each posting has its reason, and the balance is their sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from functools import partial
from operator import itemgetter

from attrs import evolve, field, frozen

from cmappraisal.accounts.agendas import Agenda, Turn
from cmappraisal.accounts.chains import Chain, Frames, chains
from cmappraisal.accounts.crossings import Watch
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.following import Following
from cmappraisal.accounts.postings import Posting, PostingKind
from cmappraisal.accounts.running import Running
from cmappraisal.accounts.sources import Sources
from cmappraisal.appraisal_flaws import AppraisalFlaw
from cmappraisal.cases import Case
from cmappraisal.consequences import Consequence
from cmappraisal.errors import PolicyError, Problem
from cmappraisal.fields import (
    MOMENT,
    a_date,
    as_date,
    as_text,
    as_tuple,
    checked,
    identifier,
    identifier_allowed,
    is_date,
    is_identifier,
    is_moment,
    require,
    require_date,
    tuple_of,
)
from cmappraisal.flaw_wordings import NONE
from cmappraisal.ledger import Ledger
from cmappraisal.lives import NOT_UPHELD
from cmappraisal.making import maker
from cmappraisal.people import Milestone, People, Person
from cmappraisal.points import EXACT, plain
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal, counted
from cmappraisal.scoring.arguments import as_managers, require_arguments
from cmappraisal.scoring.charges import known, known_of
from cmappraisal.scoring.incompleteness import erased_from
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards.editions import Editions, as_editions
from cmappraisal.takings import Taking, TakingState
from cmappraisal.texts import Language
from cmappraisal.thresholds import ThresholdsOf

_DEFAULT = Policy()


def _as_appraisals(value: Iterable[Appraisal]) -> tuple[Appraisal, ...]:
    return as_tuple(value)


def _as_postings(value: Iterable[Posting]) -> tuple[Posting, ...]:
    return as_tuple(value)


def _as_consequences(value: Iterable[ConsequenceDue]) -> tuple[ConsequenceDue, ...]:
    return as_tuple(value)


def _as_without_ground(value: Iterable[TakenWithoutGround]) -> tuple[TakenWithoutGround, ...]:
    return as_tuple(value)


def _as_milestones(value: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return as_tuple(value)


@frozen(repr=False)
class PointsAccount:
    """The points of one relationship manager over time.

    Args:
        manager: The id of the relationship manager.
        through: The last day.
        as_of: The moment as of which it was known; None for everything recorded.
        appraisals: The appraisals of consecutive assessment periods, the last cut at ``through``.
        postings: What changed the balance, in order, from that which opened the account.
        consequences: What follows from the violations, by the day on which that counts; also what
            was taken already.
        without_ground: What was taken, but follows from nothing that is upheld.
        milestones: The days of the person's own from which cycles were counted.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    through: date = field(converter=as_date, validator=a_date)
    as_of: datetime | None = field(
        validator=checked(lambda value: value is None or is_moment(value), f"None, or {MOMENT}"),
        kw_only=True,
    )
    appraisals: tuple[Appraisal, ...] = field(
        converter=_as_appraisals,
        validator=[tuple_of(Appraisal, "a list of Appraisal"), checked(bool, "not empty")],
        kw_only=True,
    )
    postings: tuple[Posting, ...] = field(
        converter=_as_postings,
        validator=[tuple_of(Posting, "a list of Posting"), checked(bool, "not empty")],
        kw_only=True,
    )
    consequences: tuple[ConsequenceDue, ...] = field(
        default=(),
        converter=_as_consequences,
        validator=tuple_of(ConsequenceDue, "a list of ConsequenceDue"),
        kw_only=True,
    )
    without_ground: tuple[TakenWithoutGround, ...] = field(
        default=(),
        converter=_as_without_ground,
        validator=tuple_of(TakenWithoutGround, "a list of TakenWithoutGround"),
        kw_only=True,
    )
    milestones: tuple[Milestone, ...] = field(
        default=(),
        converter=_as_milestones,
        validator=tuple_of(Milestone, "a list of Milestone"),
        kw_only=True,
    )

    def __repr__(self) -> str:
        return (
            f"<PointsAccount of {self.manager!r} through {self.through}: "
            f"balance {plain(self.balance)}, {counted(len(self.postings), 'posting')}>"
        )

    @property
    def balance(self) -> Decimal:
        """The balance at the end of the last day, in points."""
        return self.postings[-1].balance

    @property
    def incomplete(self) -> tuple[str, ...]:
        """The ids of the cases that it would have read, had they not been erased; sorted."""
        missing = {id for appraisal in self.appraisals for id in appraisal.incomplete}
        return tuple(sorted(missing))

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebook of each edition of the standard, to read the account back with."""
        return self.appraisals[-1].rulebooks

    @property
    def opened_on(self) -> date:
        """The day on which it opened."""
        return self.postings[0].counted_on

    def balance_on(self, day: date) -> Decimal | None:
        """The balance at the end of a day; None before the account opened.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        day = require_date("PointsAccount.balance_on", "day", day)
        until = [posting for posting in self.postings if posting.counted_on <= day]
        return until[-1].balance if until else None

    def rulebook_of(self, due: ConsequenceDue) -> Rulebook | None:
        """The rulebook that states a consequence; None where the standard has no such edition.

        Args:
            due: One of the consequences.

        Raises:
            FieldError: ``due`` is no ConsequenceDue.
        """
        fits = isinstance(due, ConsequenceDue)
        require("PointsAccount.rulebook_of", "due", due, fits, "a ConsequenceDue")
        edition = due.reason.edition
        return next((each for each in self.rulebooks if each.edition == edition), None)

    def consequence_of(self, due: ConsequenceDue) -> Consequence | None:
        """A consequence as the edition declares it that states it; None where it does not.

        Args:
            due: One of the consequences.

        Raises:
            FieldError: ``due`` is no ConsequenceDue.
        """
        rulebook = self.rulebook_of(due)
        declared = () if rulebook is None else rulebook.consequences
        return next((each for each in declared if each.id == due.consequence), None)

    def explain(self, language: Language = "en") -> str:
        """The account as plain text, posting by posting, with what follows from it.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Returns:
            Lines of text, each ended by a line feed.

        Raises:
            LanguageError: The language is none of the three.
        """
        # What is above this module is not known before it is asked for.
        from cmappraisal.accounts.statements import explain_account  # noqa: PLC0415

        return explain_account(self, language)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from cmappraisal.accounts.charts import account_chart  # noqa: PLC0415 - as above

        return account_chart(self)


# What it is made from was checked before.
_made_account = maker(PointsAccount)


def points_account(
    ledger: Ledger,
    standard: Rulebook | Editions,
    *,
    manager: str,
    through: date,
    policy: Policy = _DEFAULT,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
) -> PointsAccount:
    """The points account of one relationship manager.

    It opens on the day of the milestone from which the person's cycles run, or else on the first
    day of the first tenure; without one, or where something happened before, on that of the first
    assessment period with a violation or merit.

    Args:
        ledger: What happened; the cases of this manager are read, and of those with whom this
            manager answers.
        standard: The standard: a rulebook, or its editions. What keeps the account is stated by the
            edition in force on the last day.
        manager: The id of the relationship manager; one without violations has an account too.
        through: The last day.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom, and days of their own.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        The account, with every posting.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers, or has no scores or grades
            at which its tables look.
        ScoringError: Violations cannot be scored, or days cannot be placed in a cycle; it reports
            each of them.

    >>> from datetime import timezone
    >>> from cmappraisal import ERROR_POINTS, Violation
    >>> violation = Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> account = points_account(
    ...     ledger, ERROR_POINTS, manager="RM-01", through=date(2026, 1, 31)
    ... )
    >>> for posting in account.postings:
    ...     print(posting.counted_on, posting.kind.value, posting.points, posting.balance)
    2025-01-01 opened 0 0
    2025-03-02 charged 10 10
    2026-01-01 lapsed -10 0
    """
    manager = as_text(manager)
    tenures = as_tuple(people)
    moment = require_arguments(
        "points_account",
        *(ledger, standard, policy, as_of, tenures),
        ("through", through, is_date(through), "a date"),
        ("manager", manager, is_identifier(manager), identifier_allowed(manager)),
    )
    with localcontext(EXACT):
        frames = Frames(
            *(as_editions(standard), policy, People(tenures, moment), as_date(through), moment),
            erased_from(ledger, moment),
        )
        # Whoever answers with others has lines of theirs too.
        answers = bool(tenures) and frames.shares
        cases = known_of(ledger, None if answers else manager, moment)
        borne = {case.violation.id: case for case in known(ledger.taken_from(manager), moment)}
        borne |= {case.violation.id: case for case in cases}
        takings = _takings(borne.values(), frames.through)
        (account,) = _accounts(cases, frames, [manager], manager, takings)
        return account


def points_accounts(
    ledger: Ledger,
    standard: Rulebook | Editions,
    *,
    through: date,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
) -> dict[str, PointsAccount]:
    """The points accounts of every relationship manager, in one pass.

    Args:
        ledger: What happened.
        standard: The standard: a rulebook, or its editions.
        through: The last day.
        managers: Ids of managers to include even without a violation.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom, and days of their own.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        A new dict from manager id to account, by id; it has the managers with a violation or merit
        through the last day, those from whom a consequence was taken, and those of ``managers``.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers, or has no scores or grades
            at which its tables look.
        ScoringError: Violations cannot be scored, or days cannot be placed in a cycle; it reports
            each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> points_accounts(Ledger(), ERROR_POINTS, through=date(2025, 12, 31), managers=["RM-01"])
    {'RM-01': <PointsAccount of 'RM-01' through 2025-12-31: balance 0, 1 posting>}
    """
    ids, checked_ids = as_managers(managers)
    tenures = as_tuple(people)
    moment = require_arguments(
        "points_accounts",
        *(ledger, standard, policy, as_of, tenures),
        ("through", through, is_date(through), "a date"),
        checked_ids,
    )
    with localcontext(EXACT):
        frames = Frames(
            *(as_editions(standard), policy, People(tenures, moment), as_date(through), moment),
            erased_from(ledger, moment),
        )
        cases = known_of(ledger, None, moment)
        takings = _takings(cases, frames.through)
        # Who only bears a consequence has an account too, which says that it has no ground.
        named = sorted({*ids, *takings})
        return {each.manager: each for each in _accounts(cases, frames, named, None, takings)}


def _accounts(
    cases: list[Case],
    frames: Frames,
    managers: Iterable[str],
    only: str | None,
    takings: Mapping[str, list[tuple[str, Taking]]],
) -> Iterator[PointsAccount]:
    unfit = tuple(_unfit(frames.terms))
    if unfit:
        raise PolicyError(unfit, subject="Policy")
    upheld = {case.violation.id: case for case in cases if case.state not in NOT_UPHELD}
    sources = Sources(upheld, frames)
    for chain in chains(upheld, frames, managers, only):
        yield _account(chain, sources, takings.get(chain.manager, []), frames)


def _unfit(terms: Terms) -> Iterator[Problem]:
    """What the tables of a standard look at that the policy does not have."""
    policy = terms.policy
    known = [grade.id for grade in policy.grades]
    for clause in terms.rulebook.clauses:
        table = clause.thresholds
        if table is None or table.of is ThresholdsOf.POINTS:
            continue
        if policy.full_marks is None:
            yield AppraisalFlaw.NO_SCORES_FOR_CLAUSE.problem("$.full_marks", clause.id)
        for id in table.grades:
            if id not in known:
                allowed = ", ".join(known) or NONE
                flaw = AppraisalFlaw.UNKNOWN_GRADE_OF_CLAUSE
                yield flaw.problem("$.grades", clause.id, id, allowed)


def _takings(cases: Iterable[Case], through: date) -> dict[str, list[tuple[str, Taking]]]:
    """What was taken through a day and not lifted, by the id of who bears it.

    Each comes with the id of the violation in whose case it was taken, and in the order of these,
    whichever cases are looked at.
    """
    found: dict[str, list[tuple[str, Taking]]] = {}
    for case in cases:
        for taking in case.takings:
            if taking.state is not TakingState.LIFTED and taking.taken_on <= through:
                is_later = taking.served_on is not None and taking.served_on > through
                known = evolve(taking, served_on=None) if is_later else taking
                person = taking.manager or case.violation.manager
                found.setdefault(person, []).append((case.violation.id, known))
    return {person: sorted(borne, key=itemgetter(0)) for person, borne in found.items()}


def _account(
    chain: Chain,
    sources: Sources,
    takings: Iterable[tuple[str, Taking]],
    frames: Frames,
) -> PointsAccount:
    person, terms = chain.manager, frames.terms
    span = terms.policy.assessment_period
    changes = list(sources.of_lines(chain))
    watch = Watch(frames.scales, partial(frames.times_from, person))
    following = Following(person, terms, sources.following(changes), takings, watch=watch)
    running = Running(
        terms,
        chain.opened_on,
        Agenda(frames.through),
        lapsing=partial(frames.lapses_on, person),
        serving=following.served_on,
        look=watch.look,
        stints=frames.stints(person),
    )
    agenda = running.agenda
    for _, change in changes:
        if change.points:
            is_charge = change.kind is PostingKind.CHARGED
            turn, act = (Turn.CHARGE, running.charge) if is_charge else (Turn.AWARD, running.award)
            agenda.plan(change.counted_on, turn, partial(act, change), change.id)
    for link in chain.links:
        for change, bounded in sources.of_caps(link):
            is_charge = change.kind is PostingKind.CHARGED
            turn = Turn.CAP if is_charge else Turn.CAP_OF_AWARDS
            agenda.plan(change.counted_on, turn, partial(running.cap, change, bounded), None)
        # The last period may go on after the last day.
        if watch.looks_at_periods and link.last <= frames.through:
            closing = partial(watch.close, sources.closed(link))
            agenda.plan(link.last, Turn.CLOSE, closing, None)
    following.plan(running, (change for _, change in changes))
    agenda.run()
    milestone = frames.cycles.milestone(person, span)
    return _made_account(
        person,
        frames.through,
        frames.as_of,
        tuple(link.appraisal for link in chain.links),
        tuple(running.postings),
        tuple(following.due()),
        tuple(following.without_ground),
        () if milestone is None else (milestone,),
    )
