"""Prior teaching: whether somebody who broke a rule had been taught better.

Training follows from errors; here errors are held against the training that came before them.
"""

from __future__ import annotations

from collections.abc import Iterable

from cmappraisal.acts import Violation
from cmappraisal.fields import as_tuple, require_all
from cmappraisal.training.certificates import (
    CertificateState,
    CertificateStatus,
    Completion,
    certificates_due,
)
from cmappraisal.training.courses import Curriculum


def taught_before(
    violation: Violation, completions: Iterable[Completion], curriculum: Curriculum
) -> tuple[CertificateStatus, ...]:
    """The certifications in courses against a breach that its manager held when it happened.

    They are of the courses that remedy the rule broken, or the rule that it referred to. What was
    completed on the day of the breach came too late for it, as far as anybody knows.

    Args:
        violation: The breach.
        completions: What was completed, by anybody and at any time.
        curriculum: The courses, with the rules that they remedy and how long they certify.

    Returns:
        The certifications that held on the day of the breach, the soonest to lapse first; none
        where the manager had not been taught.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A completed course certifies nothing.
        UnknownCourseError: Completed courses are not in the curriculum, and nothing else is wrong.

    >>> from datetime import date
    >>> from cmappraisal import Text
    >>> from cmappraisal.training import Course, Domain, LapsesAfter
    >>> text = Text("押品", "押品", en="Collateral")
    >>> course = Course(
    ...     "collateral",
    ...     text,
    ...     domain=Domain.KNOWLEDGE,
    ...     remedies=["3.2b"],
    ...     certification=LapsesAfter(12),
    ... )
    >>> courses = Curriculum("courses", "1", text=text, courses=[course])
    >>> completed = [Completion("collateral", "RM-01", on=date(2025, 3, 3))]
    >>> for day in (date(2025, 3, 2), date(2025, 9, 1), date(2026, 3, 3)):
    ...     violation = Violation("V-1", "RM-01", rule="3.2b", occurred_on=day)
    ...     print(day, [each.course for each in taught_before(violation, completed, courses)])
    2025-03-02 []
    2025-09-01 ['collateral']
    2026-03-03 []
    """
    completed = as_tuple(completions)
    require_all(
        "taught_before",
        ("violation", violation, isinstance(violation, Violation), "a Violation"),
    )
    day, rules = violation.occurred_on, {violation.rule, violation.refers_to}
    # What is wrong with any of them is reported with its place among all.
    certificates_due(completed, curriculum, on=day)
    earlier = [
        each
        for each in completed
        if each.person == violation.manager
        and each.on < day
        and curriculum[each.course].remedies & rules
    ]
    held = certificates_due(earlier, curriculum, on=day)
    return tuple(each for each in held if each.state is not CertificateState.EXPIRED)
