"""Provisions: what a step of an appraisal read in a standard."""

from __future__ import annotations

from typing import ClassVar

import attrs
from attrs import frozen

from cmappraisal.clauses import Clause
from cmappraisal.fields import as_text, checked, identifier
from cmappraisal.policy import Policy
from cmappraisal.rules import Rule

_WORDS = ("id", "text", "citation")
RULE_FIELDS = tuple(name for name in attrs.fields_dict(Rule) if name not in _WORDS)
"""The names of the fields of :class:`~cmappraisal.Rule` that a step can read."""

CLAUSE_FIELDS = tuple(
    name for name in attrs.fields_dict(Clause) if name not in (*_WORDS, "answers")
)
"""The names of the fields of a clause that a step can read, beside its answers."""


def fields_of(provision: Rule | Clause) -> tuple[str, ...]:
    """The names of the fields of a rule or clause that a step can read.

    Args:
        provision: The rule or clause.
    """
    if isinstance(provision, Clause):
        return (*CLAUSE_FIELDS, *provision.answers)
    return RULE_FIELDS


@frozen
class Provision:
    """A field of a rule, or of a clause of the general part, which a step of an appraisal read.

    Args:
        id: The id of the rule or clause read.
        field: The name of the field read, one of ``Provision.FIELDS``: of a rule, of a clause, or
            of the policy where a clause answers it.
        edition: The edition of the standard.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Provision("3.18", "residual", edition="1.0"))
    3.18 residual
    """

    FIELDS: ClassVar = tuple(
        dict.fromkeys((*RULE_FIELDS, *CLAUSE_FIELDS, *attrs.fields_dict(Policy)))
    )
    """The names of the fields that a step can read."""

    id: str = attrs.field(converter=as_text, validator=identifier)
    field: str = attrs.field(
        validator=checked(
            lambda name: isinstance(name, str) and name in Provision.FIELDS,
            f"a field of Rule, Clause or Policy: {', '.join(FIELDS)}",
        )
    )
    edition: str = attrs.field(converter=as_text, validator=identifier, kw_only=True)

    def __str__(self) -> str:
        return f"{self.id} {self.field}"
