"""Postings: one change of the balance of a points account, with its days and its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.fields import (
    a_date,
    as_date,
    as_id_tuple,
    as_optional_text,
    id_tuple,
    instance_of,
    optional_identifier,
)
from cmappraisal.points import a_number, plain
from cmappraisal.policy import Assumption
from cmappraisal.provisions import Provision
from cmappraisal.scoring.steps import Reason
from cmappraisal.texts import Choice, Text


class PostingKind(Choice):
    """What changes a balance.

    >>> PostingKind("lapsed").text.en
    'lapsed'
    """

    OPENED = "opened", Text("開立", "开立", en="opened")
    LAPSED = "lapsed", Text("失效", "失效", en="lapsed")
    CLEAN_TIME = "clean-time", Text("無扣分獎勵", "无扣分奖励", en="awarded for clean time")
    CHARGED = "charged", Text("扣分", "扣分", en="charged")
    AWARDED = "awarded", Text("加分", "加分", en="awarded")
    CANCELLED = "cancelled", Text("註銷", "注销", en="cancelled")
    REDUCED = "reduced", Text("減為", "减为", en="reduced")
    FORFEITED = "forfeited", Text("作廢", "作废", en="forfeited")


@frozen(repr=False)
class Posting:
    """One change of the balance of a points account.

    Args:
        kind: What changes it.
        points: By how many points the balance changes; negative where it falls.
        counted_on: The day on which it counts: of a violation that which places it in a period, of
            a cap over several the last day of its period.
        known_on: The day from which it was known: of a violation the day it took effect.
        balance: The balance after it, in points.
        reason: What it rests on.
        violation: The id of the violation or merit that it is about; None of any other.
        because_of: Ids of other violations that it rests on, sorted.
        consequence: The id of the consequence that cancels or reduces points; None of any other.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    kind: PostingKind = field(validator=instance_of(PostingKind, allowed="a PostingKind"))
    points: Decimal = field(validator=a_number)
    counted_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    known_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    balance: Decimal = field(validator=a_number, kw_only=True)
    reason: Reason = field(
        validator=instance_of(Provision, Assumption, allowed="a Provision or an Assumption"),
        kw_only=True,
    )
    violation: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    because_of: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("violation ids"), kw_only=True
    )
    consequence: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    def __repr__(self) -> str:
        about = "" if self.violation is None else f" {self.violation!r}"
        return (
            f"<Posting {self.kind.value}{about} on {self.counted_on}: {plain(self.points)}, "
            f"balance {plain(self.balance)}>"
        )
