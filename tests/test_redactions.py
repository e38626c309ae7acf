"""Redactions: what stands where words were taken out."""

import hmac
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    Acted,
    Amended,
    Appealed,
    FieldError,
    Recorded,
    Violation,
    canonical_bytes,
)
from cmappraisal.evidence import Redacted
from cmappraisal.procedure import ProceduralAct
from cmappraisal.redactions import (
    digest_of_salt,
    digest_of_words,
    is_salt,
    without_words,
    words_in,
)

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
SALT = bytes(range(16))
VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), note="was ill")
AMENDED = Amended(VIOLATION, "wrong rule", at=NOON, by="HR-1")
ZERO = "sha256:" + 64 * "0"


def test_words_are_found_with_the_way_to_them() -> None:
    assert list(words_in(AMENDED)) == [("violation.note", "was ill"), ("reason", "wrong rule")]
    assert list(words_in(Acted("V-1", "notified", at=NOON))) == []


@pytest.mark.parametrize("salt", [None, SALT])
def test_without_its_words_an_entry_keeps_its_bytes(salt: bytes | None) -> None:
    entry = evolve(AMENDED, salt=salt)
    redacted = without_words(entry, salt)
    assert canonical_bytes(redacted) == canonical_bytes(entry)
    assert b"ill" not in repr(redacted).encode()
    assert (redacted.violation.manager, redacted.by, redacted.at) == ("RM-01", "HR-1", NOON)
    # Once more changes nothing: what is left has no words.
    assert without_words(redacted, redacted.salt) == redacted


def test_a_salt_makes_the_digests_of_words_and_goes_with_them() -> None:
    redacted = without_words(evolve(AMENDED, salt=SALT), SALT)
    assert isinstance(redacted.reason, Redacted)
    expected = hmac.digest(SALT, b"wrong rule", "sha256").hex()
    assert redacted.reason.digest == f"hmac-sha256:{expected}"
    assert redacted.salt == Redacted(f"sha256:{sha256(SALT).hexdigest()}")
    unsalted = without_words(AMENDED, None)
    assert unsalted.salt is None
    assert unsalted.reason == Redacted(f"sha256:{sha256(b'wrong rule').hexdigest()}")


def test_a_salt_that_is_none_is_not_shown() -> None:
    with pytest.raises(FieldError, match=r": salt is '3 bytes'; allowed: None, or 16 to 64 random"):
        evolve(AMENDED, salt=b"abc")


def test_digests_of_what_was_taken_out_are_those_that_are_left() -> None:
    left = Redacted(ZERO)
    assert digest_of_words(left, SALT) == digest_of_salt(left) == ZERO


@pytest.mark.parametrize(
    "digest", ["", "0" * 64, ZERO[:-1], ZERO + "0", ZERO.upper(), "md5:" + 64 * "0", None, 5]
)
def test_a_digest_of_another_form_is_rejected(digest: Any) -> None:
    with pytest.raises(FieldError, match="sha256: or hmac-sha256: and 64 hexadecimal digits"):
        Redacted(digest)


@pytest.mark.parametrize(
    ("salt", "fits"),
    [
        *((bytes(length), 16 <= length <= 64) for length in (0, 15, 16, 64, 65)),
        *((wrong, False) for wrong in (bytearray(16), "0" * 16, None)),
    ],
)
def test_a_salt_has_16_to_64_bytes(salt: Any, fits: bool) -> None:
    assert is_salt(salt) is fits


def test_a_wrong_salt_is_rejected_and_not_shown() -> None:
    for salt in (b"secret", "secret"):
        with pytest.raises(FieldError) as caught:
            Recorded(VIOLATION, at=NOON, salt=salt)  # type: ignore[arg-type]
        [problem] = caught.value.problems
        assert problem.path == "$.salt"
        assert "secret'" not in str(problem)
        assert "16 to 64 random bytes, such as secrets.token_bytes(16)" in str(problem)
    assert "salt" not in repr(Recorded(VIOLATION, at=NOON, salt=SALT))


def test_what_is_left_stands_wherever_words_may() -> None:
    left = Redacted(ZERO)
    assert Appealed("V-1", left, at=NOON).grounds == left
    assert evolve(VIOLATION, note=left).note == left
    assert Acted("V-1", ProceduralAct.REOPENED, reason=left, at=NOON).reason == left
    with pytest.raises(FieldError, match="a string with words in it"):
        Appealed("V-1", b"on leave", at=NOON)  # type: ignore[arg-type]
