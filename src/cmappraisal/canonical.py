"""Canonical bytes: the one form of an entry that digests and proofs are about.

Version 1 is a JSON object on one line, in UTF-8: keys sorted, no spaces between tokens, no escapes
but those that JSON asks for. Days are ISO 8601 dates. A moment is its UTC form, ended by ``Z``, and
apart from it the offset of the zone it was written in, since the day of a recording depends on it.
Points are strings without exponent or trailing zeros, sets are sorted lists, and what is absent is
null. The form depends on nothing else: no version of Python, no hash seed, no locale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import attrs

from cmappraisal.entries import ENTRIES_ALLOWED, ENTRY_KINDS, Entry
from cmappraisal.fields import require
from cmappraisal.points import plain
from cmappraisal.violations import Violation

ENTRY_FORMAT = "cmappraisal/entry/1"
"""The name and version of the encoding, itself part of what is encoded."""


def canonical_bytes(entry: Entry) -> bytes:
    """The canonical bytes of an entry of a ledger.

    Args:
        entry: The entry.

    Returns:
        UTF-8 text on one line, the leaf of the entry in the ledger's tree.

    Raises:
        FieldError: The argument is no entry.

    >>> from datetime import timedelta, timezone
    >>> from cmappraisal import Appealed
    >>> noon = datetime(2025, 4, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    >>> print(canonical_bytes(Appealed("V-1", "on leave", at=noon)).decode())
    {"at":"2025-04-01T04:00:00Z","by":null,"format":"cmappraisal/entry/1","grounds":"on leave",\
"kind":"appealed","offset":"+08:00","violation_id":"V-1"}
    """
    require("canonical_bytes", "entry", entry, type(entry) in ENTRY_KINDS, ENTRIES_ALLOWED)
    fields = {
        attribute.name: getattr(entry, attribute.name) for attribute in attrs.fields(type(entry))
    }
    document = {
        **fields,
        **_moment(entry.at),
        "format": ENTRY_FORMAT,
        "kind": type(entry).__name__.lower(),
    }
    if "violation" in fields:
        document["violation"] = _violation(fields["violation"])
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _moment(at: datetime) -> Mapping[str, str]:
    on_the_clock = at.replace(tzinfo=None)
    utc = at.astimezone(UTC).replace(tzinfo=None)
    return {
        "at": f"{utc.isoformat()}Z",
        "offset": at.isoformat().removeprefix(on_the_clock.isoformat()),
    }


def _violation(violation: Violation) -> Mapping[str, object]:
    amount = violation.assessed_points
    return {
        "id": violation.id,
        "manager": violation.manager,
        "rule": violation.rule,
        "occurred_on": violation.occurred_on.isoformat(),
        "quantity": violation.quantity,
        "circumstances": sorted(violation.circumstances),
        "incident": violation.incident,
        "refers_to": violation.refers_to,
        "assessed_points": None if amount is None else plain(amount),
        "note": violation.note,
    }
