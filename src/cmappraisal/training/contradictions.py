"""Contradictions: everything that is wrong with a value or a call, reported in one error.

What checks a value yields a problem for each thing that is wrong. It is read no further than one
error lists, and as far again to count how many more there are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias, TypeVar, cast

import attrs
from attrs import evolve

from cmappraisal.allowances import not_allowed
from cmappraisal.errors import MAXIMUM_PROBLEMS, FieldError, Problem, ProblemCode, TrainingError
from cmappraisal.fields import owner_of, require_all
from cmappraisal.training.plan_flaws import NOUNS, PlanFlaw

Argument: TypeAlias = tuple[str, object, bool, str]
"""An argument, as :func:`~cmappraisal.fields.require_all` takes it."""

H = TypeVar("H", bound=Hashable)

Contradiction: TypeAlias = tuple[str, ProblemCode, str]
"""What is wrong with a field beside the others: its name, the kind of problem, what is allowed."""


def reject_contradictions(
    problems: Iterable[Problem],
    subject: str = "",
    *,
    all_unknown: type[TrainingError] = TrainingError,
) -> None:
    """Raise the error that lists some problems, if there are any.

    Args:
        problems: What is wrong.
        subject: What it is wrong with, in words.
        all_unknown: The type of the error where nothing is wrong but ids that are not known.
    """
    found = iter(problems)
    listed = tuple(islice(found, MAXIMUM_PROBLEMS))
    if listed:
        # The rest is looked at no further: each may take a search for the id that was meant.
        more = sum(1 for _ in islice(found, MAXIMUM_PROBLEMS))
        unknown = all(each.code is ProblemCode.UNKNOWN_ID for each in listed)
        raise (all_unknown if unknown else TrainingError)(listed, more, subject)


def reject_fields(instance: Any, contradictions: Iterable[Contradiction]) -> None:
    """Reject the fields of a value that contradict one another, in one error, if there are any."""
    problems = [
        not_allowed(f"$.{name}", getattr(instance, name), allowed, code)
        for name, code, allowed in contradictions
    ]
    if problems:
        more = max(0, len(problems) - MAXIMUM_PROBLEMS)
        raise FieldError(problems[:MAXIMUM_PROBLEMS], more, owner_of(instance))


def strays(name: str, values: object, kinds: tuple[type, ...]) -> Iterator[Argument]:
    """What keeps an argument from being a list of some types."""
    allowed = f"a list of {', '.join(kind.__name__ for kind in kinds)}"
    if not isinstance(values, tuple):
        yield name, values, False, allowed
        return
    for index, value in enumerate(values):
        if type(value) not in kinds:
            yield f"{name}[{index}]", value, False, allowed


def checked_fields(
    where: str, kind: type, given: Mapping[str, Any], *arguments: Argument
) -> dict[str, Any]:
    """Some arguments of a function as the fields of a type have them.

    What the fields do not allow is rejected in one error, with the other arguments that do not fit.

    Args:
        where: The name of the function.
        kind: The type.
        given: The arguments that are fields of the type, by name.
        arguments: The other arguments.
    """
    subject, problems, more = kind.__name__, [], 0
    try:
        require_all(where, *arguments)
    except FieldError as error:
        subject, problems, more = where, list(error.problems), error.more
    fields = attrs.fields_dict(cast("type[attrs.AttrsInstance]", kind))
    values = dict(given)
    for name, value in given.items():
        attribute = fields[name]
        if attribute.converter is not None:
            values[name] = cast("Callable[[Any], Any]", attribute.converter)(value)
        try:
            # The value is not there yet, which a field that looks at no other does not mind.
            cast("Callable[..., None]", attribute.validator)(
                object.__new__(kind), attribute, values[name]
            )
        except FieldError as error:
            problems += error.problems
    if problems:
        raise FieldError(problems[:MAXIMUM_PROBLEMS], more, subject)
    return values


def repeats(values: Iterable[H]) -> Iterator[tuple[int, H]]:
    """The values that come more than once, each time but the first, with their place."""
    seen: set[H] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place, value
        seen.add(value)


def repeated_ids(path: str, noun: str, ids: Iterable[str]) -> Iterator[Problem]:
    """The problems of ids that come more than once in a list."""
    for place, id in repeats(ids):
        yield PlanFlaw.REPEATED_ID.problem(f"{path}[{place}]", NOUNS[noun], id)


def of_argument(error: TrainingError, name: str, *fields: str) -> TrainingError:
    """An error of a value that was made from an argument, with the paths of a call.

    Args:
        error: The error.
        name: The name of the argument.
        fields: The fields that the value has of the argument.
    """
    starts = tuple(f"$.{each}" for each in fields)
    problems = [
        evolve(each, path=f"$.{name}{each.path[1:]}") if each.path.startswith(starts) else each
        for each in error.problems
    ]
    return type(error)(problems, error.more, error.subject)
