"""Redaction: what stands where words or a salt were taken out, so that every proof still holds.

The canonical bytes of an entry hold its words and its salt as digests alone. So both can be
destroyed, and the entry keeps its bytes. A salt makes the digests such as nobody can find by
guessing: that of words is made with it, and once the two are destroyed together, not even whoever
holds the entry can try words that it may have had.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from hashlib import sha256
from types import MappingProxyType
from typing import Any, TypeVar, cast

import attrs
from attrs import field, frozen

from cmappraisal.fields import as_text, checked, is_utf8

T = TypeVar("T")

PROSE = MappingProxyType({"prose": True})
"""The metadata of a field whose words are for people alone: a note, grounds, a reason."""

SALT = MappingProxyType({"salt": True})
"""The metadata of the field that holds a salt."""

MINIMUM_SALT = 16
"""The fewest bytes of a salt: 128 bits, more than can ever be guessed."""

MAXIMUM_SALT = 64
"""The most bytes of a salt: a block of SHA-256, beyond which HMAC hashes it first."""

_DIGEST = re.compile("(hmac-)?sha256:[0-9a-f]{64}", re.ASCII)


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


@frozen
class Redacted:
    """Words, or a salt, that were taken out: their digest stands in their place.

    Args:
        digest: ``"sha256:"`` and 64 hexadecimal digits; of words that were salted,
            ``"hmac-sha256:"`` and 64 hexadecimal digits.

    Raises:
        FieldError: The digest has another form.

    >>> Redacted("sha256:" + 64 * "0").digest[:11]
    'sha256:0000'
    """

    digest: str = field(
        converter=as_text,
        validator=checked(
            _is_digest, "sha256: or hmac-sha256: and 64 hexadecimal digits in lower case"
        ),
    )


def as_words(value: str | Redacted) -> str | Redacted:
    """Words as a plain string, or what is left of them."""
    return value if type(value) is str or isinstance(value, Redacted) else as_text(value)


def is_salt(value: object) -> bool:
    """Whether a value can be a salt: bytes, neither too few nor too many."""
    return type(value) is bytes and MINIMUM_SALT <= len(value) <= MAXIMUM_SALT


SALT_ALLOWED = (
    f"None, or {MINIMUM_SALT} to {MAXIMUM_SALT} random bytes, such as secrets.token_bytes(16)"
)
"""What a salt can be, as errors say it; the salt itself they never show."""


def digest_of_words(words: str | Redacted, salt: bytes | Redacted | None) -> str:
    """The digest that stands for words in canonical bytes, made with the salt where there is one.

    Args:
        words: The words.
        salt: The salt of the entry.
    """
    if isinstance(words, Redacted):
        return words.digest
    if isinstance(salt, bytes):
        return f"hmac-sha256:{hmac.digest(salt, words.encode(), 'sha256').hex()}"
    return f"sha256:{sha256(words.encode()).hexdigest()}"


def digest_of_salt(salt: bytes | Redacted) -> str:
    """The digest that stands for a salt in canonical bytes.

    Args:
        salt: The salt.
    """
    return salt.digest if isinstance(salt, Redacted) else f"sha256:{sha256(salt).hexdigest()}"


def words_in(value: Any, path: str = "") -> Iterator[tuple[str, str | Redacted]]:
    """The words in a value, each with the names of the fields that lead to it; empty ones are none.

    Args:
        value: An entry, or what one holds.
        path: The names of the fields that lead to the value.
    """
    for each in attrs.fields(cast(Any, type(value))):
        held = getattr(value, each.name)
        if each.metadata.get("prose"):
            if held:
                yield f"{path}{each.name}", held
        elif attrs.has(type(held)):
            yield from words_in(held, f"{path}{each.name}.")


def without_words(value: T, salt: bytes | Redacted | None) -> T:
    """A value in which digests stand for all words, and for the salt.

    Args:
        value: An entry, or what one holds.
        salt: The salt of the entry.
    """
    changed: dict[str, Any] = {}
    for each in attrs.fields(cast(Any, type(value))):
        held = getattr(value, each.name)
        if each.metadata.get("prose") and held:
            changed[each.name] = Redacted(digest_of_words(held, salt))
        elif each.metadata.get("salt") and held is not None:
            changed[each.name] = Redacted(digest_of_salt(held))
        elif attrs.has(type(held)) and any(True for _ in words_in(held)):
            changed[each.name] = without_words(held, salt)
    return cast(T, attrs.evolve(cast(Any, value), **changed)) if changed else value


words = checked(
    lambda value: isinstance(value, Redacted) or (is_utf8(value) and bool(value.strip())),
    "a string with words in it",
)
optional_words = checked(
    lambda value: is_utf8(value) or isinstance(value, Redacted), "a string, which may be empty"
)
