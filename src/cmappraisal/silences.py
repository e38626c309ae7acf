"""Silences: what a standard leaves open, in its rulebook's words."""

from __future__ import annotations

import attrs
from attrs import frozen

from cmappraisal.fields import as_optional_text, checked
from cmappraisal.policy import Policy
from cmappraisal.texts import Text, a_text


@frozen
class Silence:
    """Something that a standard leaves open.

    Args:
        text: What the standard says, or does not, such as "says heavier, not how much"; it goes on
            from "the standard".
        field: The name of the field of :class:`~cmappraisal.Policy` that decides it; None for a gap
            that the policy does not decide.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Silence(
    ...     Text("未設下限", "未设下限", en="has no lower end"), field="floor"
    ... ).field
    'floor'
    """

    text: Text = attrs.field(validator=a_text)
    field: str | None = attrs.field(
        default=None,
        converter=as_optional_text,
        validator=checked(
            lambda name: (
                name is None or (isinstance(name, str) and name in attrs.fields_dict(Policy))
            ),
            f"None, or a field of Policy: {', '.join(attrs.fields_dict(Policy))}",
        ),
        kw_only=True,
    )
