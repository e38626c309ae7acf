"""Proof: a field that is added to the policy is known everywhere, and what it lacks is named.

In a copy of the repository the policy gets one more field, a stage that reads it, an effect and its
wording; no module of ``interop`` is touched. Everything passes there: the field is drawn, encoded,
described, shown and explained. Then the stage, the wording, the label and
the exported name are left out in turn, and each time a test fails that names what is missing.

Run as ``python tests/proofs/policy_field.py``.
"""

from __future__ import annotations

from pathlib import Path

import copies

CHOICES = '''class Leniency(Choice):
    """Whether half of what a violation deducts is remitted."""

    NONE = ("none", Text("不減", "不减", en="nothing is remitted"))
    HALF = ("half", Text("減半", "减半", en="half is remitted"))


'''
LABEL = ', Text("減分", "减分", en="what is remitted")'
FIELD = "    leniency: Leniency = _choice(Leniency, Leniency.NONE{label})\n\n"
BARE_FIELD = (
    "    leniency: Leniency = field(default=Leniency.NONE, converter=as_choice(Leniency))\n\n"
)
ACT = '''def remit(question: Question, points: Decimal) -> Iterator[Any]:
    """Half of what a violation deducts is remitted, or nothing."""
    if question.policy.leniency.value == "half":
        yield Move(Effect.REMITTED, EXACT.multiply(points, Decimal("-0.5")), "leniency")


'''
ROW = "    Row(Stage.REMIT, Scope.INDIVIDUAL, remit),\n"
IMPORTS = "from cmappraisal.points import EXACT\nfrom cmappraisal.scoring.moves import Move\n"
NAMED = "from cmappraisal.scoring.steps import Stage\n"

PUBLIC = "src/cmappraisal/__init__.py"
CATALOGUE = "tests/interop/test_catalogue.py"
DESCRIBED = "tests/test_one_description.py"
REACH = "tests/interop/test_strategies.py::test_scenarios_reach_every_effect_and_every_alternative"
RELEVANT = (
    DESCRIBED,
    CATALOGUE,
    f"{REACH}[Effect.REMITTED]",
    f"{REACH}[Leniency.HALF]",
    "tests/interop/test_printing.py::test_what_is_shown_makes_an_equal_value[Policy]",
    "tests/interop/test_schemas.py::test_every_schema_is_one_and_holds_for_what_is_encoded[Policy]",
    "tests/interop/test_converters.py::test_every_value_comes_back_by_way_of_json[Policy]",
    "tests/interop/test_converters.py::test_every_value_comes_back_by_way_of_json[Appraisal]",
    "tests/interop/test_converters.py::test_every_value_comes_back_by_way_of_json[Assumption]",
)
LEFT_OUT = {
    "stage": "leniency",
    "wording": "REMITTED",
    "label": "leniency",
    "export": "Leniency",
}
"""What is left out in turn, and the name that a failing test has to say then."""

EVERYWHERE = """
import json
from cmappraisal import Policy, Assumption
from cmappraisal.interop.converters import decode, dumps
from cmappraisal.interop.schemas import schema
from cmappraisal.interop.strategies import scenarios
from hypothesis import HealthCheck, given, settings

assert json.loads(dumps(Policy(leniency="half")))["leniency"] == "half"
assert decode({"leniency": "half"}, Policy).leniency.value == "half"
assert schema(Policy)["properties"]["leniency"] == {"enum": ["none", "half"]}
assert "leniency" in schema(Assumption)["$defs"]["Assumption"]["properties"]["field"]["enum"]

@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios())
def explained(scenario):
    for appraisal in scenario.appraisals().values():
        for language in ("en", "zh-Hant", "zh-Hans"):
            text = appraisal.explain(language)
            assert appraisal.decided.leniency.text.in_language(language) in text

explained()
"""


def extended(copy: Path, without: str = "") -> None:
    """Add the field and all that goes with it to a copy, but for one thing."""
    field = BARE_FIELD if without == "label" else FIELD.format(label=LABEL)
    copies.put(copy, copies.POLICY, copies.BEFORE_CHOICES_END, CHOICES)
    copies.put(copy, copies.POLICY, copies.BEFORE_FIELDS_END, field)
    copies.has_new_stage(copy, "REMIT", "remit")
    copies.has_new_effect(copy, "REMITTED", "remitted", "REMIT")
    if without != "export":
        copies.put(copy, PUBLIC, "Policy\nfrom cmappraisal.provisions", "Leniency, ")
        copies.put(copy, PUBLIC, '    "ERROR_POINTS",', '    "Leniency",\n')
    if without != "wording":
        copies.has_new_wording(copy, "REMITTED")
    if without != "stage":
        copies.put(copy, copies.STAGES, NAMED, IMPORTS)
        copies.put(copy, copies.STAGES, NAMED, NAMED.replace("Stage", "Effect"))
        copies.put(copy, copies.STAGES, copies.BEFORE_ROWS, ACT)
        copies.put(copy, copies.STAGES, copies.AFTER_FOLLOW_ROW, ROW, after=copies.AFTER_FOLLOW_ROW)


def main() -> None:
    """Show it all, or end with what was not as it should be."""
    with copies.copied() as copy:
        extended(copy)
        copies.require(*_named("a field that is complete passes", copies.tests(copy, *RELEVANT)))
        done = copies.run(copy, "-c", EVERYWHERE)
        copies.require(*_named("it is encoded, described, drawn and explained", done))
    for without, name in LEFT_OUT.items():
        with copies.copied() as copy:
            extended(copy, without)
            passes, output = copies.tests(copy, DESCRIBED, CATALOGUE)
            fails = not passes and name in output
            copies.require(fails, f"without the {without} a test fails that names {name}", output)


def _named(what: str, done: tuple[bool, str]) -> tuple[bool, str, str]:
    return done[0], what, done[1]


if __name__ == "__main__":
    main()
