"""The page on deciding a policy: its figures, worked by hand from 67 points."""

import runpy
from pathlib import Path
from typing import Any

import attrs

from cmappraisal import Policy
from cmappraisal.policy import is_of_account

MODULE: dict[str, Any] = runpy.run_path(
    str(Path(__file__).parents[2] / "docs" / "examples" / "policy_choices.py")
)
CANNOT = "cannot be scored"

# The points and the score that each other choice makes, in the order of the page.
BY_HAND = {
    # The 20 of V-01 are 10 in the standard, which becomes 10, 15 and 15.
    "aggravation": [("57", "43"), ("62", "38"), ("62", "38")],
    # The 1 of V-02: 0.8 rounds to 1; waived it is 0.
    "mitigation": [("67", "33"), ("66", "34")],
    # V-03 with a quantity of 3 is 3 and not 1; or one of V-03 and V-04 falls away.
    "unstated_unit": [("69", "31"), ("66", "34")],
    "discretion": [CANNOT],
    "reconsideration": [CANNOT],
    # Half of 1 is not rounded.
    "smallest_unit": [("66.5", "33.5")],
    # 0.5 to the even one, up and down.
    "rounding": [("66", "34"), ("67", "33"), ("66", "34")],
    # V-08 counts its 5 too.
    "concurrence": [("72", "28")],
    # V-10 with 10 is heavier than V-09 with 2.
    "displacement": [("75", "25")],
    # Without the 20 of V-11.
    "pending_appeals": [("47", "53")],
    # V-13 was recorded in January: without its 2.
    "counted_on": [("65", "35"), ("65", "35"), ("65", "35")],
    # V-12 by the second edition has 4 and not 2.
    "governing_edition": [("69", "31"), ("67", "33")],
    "full_marks": [("67", "53"), ("67", "None")],
    "floor": [("67", "40")],
    "grades": [("67", "33")],
    # An award of 3.
    "awards": [("67", "36")],
    "revoked_result": [("0", "0"), ("0", "100")],
}


def test_each_choice_comes_to_what_a_person_would_write_down() -> None:
    found: dict[str, list[object]] = {}
    for each in MODULE["alternatives"]():
        result = each.attempt.result
        figures = (str(result.points), str(result.score)) if result else CANNOT
        found.setdefault(each.field, []).append(figures)
    assert found == BY_HAND


def test_every_field_that_decides_an_appraisal_is_there() -> None:
    fields = [each.name for each in attrs.fields(Policy) if not is_of_account(each.name)]
    assert sorted(BY_HAND) == sorted(fields)
