"""Entry bases: what every kind of entry has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

import attrs
from attrs import field, frozen

from cmappraisal.fields import (
    MOMENT,
    as_moment,
    as_optional_text,
    checked,
    is_moment,
    optional_identifier,
    reject,
)
from cmappraisal.redactions import SALT, SALT_ALLOWED, Redacted, is_salt


def _moment_and_zone(at: datetime) -> tuple[datetime, timedelta | None]:
    return at, at.utcoffset()


def _salt(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """A validator of salts, which are shown nowhere."""
    if not (value is None or isinstance(value, Redacted) or is_salt(value)):
        shown = f"{len(value)} bytes" if isinstance(value, bytes) else type(value)
        reject(instance, attribute.name, shown, SALT_ALLOWED)


@frozen
class Dated:
    """What has a moment at which it was made."""

    at: datetime = field(
        converter=as_moment,
        validator=checked(is_moment, MOMENT),
        # Datetimes are equal where their moments are, but the day a case was recorded depends on
        # the zone too.
        eq=_moment_and_zone,
        kw_only=True,
    )


@frozen
class EntryBase(Dated):
    """What every kind of entry has: when it was made, by whom, and its salt."""

    FORMAT: ClassVar = "cmappraisal/entry/2"
    """The name and version of the canonical form of an entry, itself part of it."""

    by: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    salt: bytes | Redacted | None = field(
        default=None, validator=_salt, repr=False, metadata=SALT, kw_only=True
    )
