"""Coherence: no rulebook that contradicts itself can be made, and each problem has a remedy."""

import pickle
from typing import Any

import attrs
import pytest

from cmappraisal import ERROR_POINTS, FieldError, Multiply, ProblemCode, RulebookError, Text
from cmappraisal.coherence import MAXIMUM_CIRCUMSTANCES, MAXIMUM_RULES, reached
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.standards import (
    Again,
    Award,
    Balance,
    Cap,
    Citation,
    CleanTime,
    Consequence,
    Deduction,
    Limitation,
    Part,
    Referral,
    Responsibility,
    SetTo,
    Silence,
    Span,
    Thresholds,
    Unit,
    WithPeriod,
)
from small_standards import LEVELS, TEXT, book, clause, declared, part, rule, standard

MISSING, REPEATED = ProblemCode.MISSING, ProblemCode.REPEATED
UNKNOWN, CONTRARY = ProblemCode.UNKNOWN_ID, ProblemCode.CONTRADICTION
IDLE = ProblemCode.WITHOUT_EFFECT
ONE_RULE = book(rule("1.1"))
RISK = [declared("risk")]
TWICE = Again({2: Multiply(2)}, within=Span(months=12))
HEAD = Responsibility("head", TEXT, weight=Multiply("0.5"))
AWARD = Award(2, Unit.OCCURRENCE)
CIRCLE = (
    "rules give way to one another in a circle: {}; an incident under all of them would deduct "
    "nothing, so let one of them apply"
)


def consequence(id: str) -> Consequence:
    return Consequence(id, TEXT)


# Each contradiction: what makes it, where it is, of what kind, and what is said.
CONTRADICTIONS: dict[str, tuple[Any, str, ProblemCode, str]] = {
    "no part": (
        standard,
        "$.parts",
        MISSING,
        "there is no part; give at least one, with its rules",
    ),
    "an empty part": (
        lambda: standard(part("1")),
        "$.parts",
        MISSING,
        'part "1" is empty; give it rules, or leave it out',
    ),
    "an empty part within another": (
        lambda: standard(part("1", rule("1.1"), part("1.2"))),
        "$.parts",
        MISSING,
        'part "1.2" is empty; give it rules, or leave it out',
    ),
    "a part twice": (
        lambda: standard(part("1", rule("1.1")), part("1", rule("1.2"))),
        "$.parts",
        REPEATED,
        'part "1" is there twice; name each part once',
    ),
    "a part within one of its name": (
        lambda: standard(part("1", part("1", rule("1.1")))),
        "$.parts",
        REPEATED,
        'part "1" is there twice; name each part once',
    ),
    "a rule twice": (
        lambda: book(rule("1.1"), rule("1.1", citation="1.2")),
        "$.parts",
        REPEATED,
        'rule "1.1" is there twice; give each rule an id of its own',
    ),
    "a rule twice in parts within one another": (
        lambda: standard(part("1", rule("1.1"), part("1.2", rule("1.1", citation="1.2a")))),
        "$.parts",
        REPEATED,
        'rule "1.1" is there twice; give each rule an id of its own',
    ),
    "a clause twice": (
        lambda: book(rule("1.1"), clauses=[clause(1), clause(2, id="G1")]),
        "$.clauses",
        REPEATED,
        'clause "G1" is there twice; give each clause an id of its own',
    ),
    "a clause with the id of a rule": (
        lambda: book(rule("1.1"), clauses=[clause(1, id="1.1")]),
        "$.clauses",
        REPEATED,
        '"1.1" is the id of a clause and of a rule; give each its own',
    ),
    "a circumstance twice": (
        lambda: book(rule("1.1"), circumstances=[declared("a"), declared("a")]),
        "$.circumstances",
        REPEATED,
        'circumstance "a" is there twice; declare it once',
    ),
    "a consequence twice": (
        lambda: book(rule("1.1"), consequences=[consequence("a"), consequence("a")]),
        "$.consequences",
        REPEATED,
        'consequence "a" is there twice; declare it once',
    ),
    "a circumstance that implies another unknown": (
        lambda: book(rule("1.1"), circumstances=[declared("a", "b")]),
        "$.circumstances",
        UNKNOWN,
        'circumstance "a" implies "b", which is not declared; declare it among the circumstances',
    ),
    "a circle of implications": (
        lambda: book(rule("1.1"), circumstances=[declared("a", "b"), declared("b", "a")]),
        "$.circumstances",
        CONTRARY,
        'circumstances imply one another in a circle: "a" - "b" - "a"; break it at one of them',
    ),
    "a circle of three implications": (
        lambda: book(
            rule("1.1"),
            circumstances=[declared("a", "b"), declared("b", "c"), declared("c", "a")],
        ),
        "$.circumstances",
        CONTRARY,
        'circumstances imply one another in a circle: "a" - "c" - "b" - "a"; '
        "break it at one of them",
    ),
    "a circumstance that implies itself": (
        lambda: book(rule("1.1"), circumstances=[declared("a", "a")]),
        "$.circumstances",
        CONTRARY,
        'circumstances imply one another in a circle: "a" - "a"; break it at one of them',
    ),
    "a circumstance that implies another of its group": (
        lambda: book(
            rule("1.1"),
            circumstances=[declared("a", "b", group="finder"), declared("b", group="finder")],
        ),
        "$.circumstances",
        CONTRARY,
        'circumstance "a" brings a, b, but of group "finder" one at most is recorded; break the '
        "implication, or leave the group",
    ),
    "a circumstance that implies two of a group on the way": (
        lambda: book(
            rule("1.1"),
            circumstances=[
                declared("a", "b", "c"),
                declared("b", "d"),
                declared("c", group="finder"),
                declared("d", group="finder"),
            ],
        ),
        "$.circumstances",
        CONTRARY,
        'circumstance "a" brings c, d, but of group "finder" one at most is recorded; break the '
        "implication, or leave the group",
    ),
    "two rules that cite one place": (
        lambda: book(rule("1.1"), rule("1.2", citation="1.1")),
        "$.parts",
        REPEATED,
        "citation 1.1 is there twice; give each penalty of a clause a limb of its own",
    ),
    "a rule that cites the place of a part": (
        lambda: standard(part("1", rule("1.1", citation="1"), citation="1")),
        "$.parts",
        REPEATED,
        "citation 1 is there twice; give each penalty of a clause a limb of its own",
    ),
    "a clause that cites the place of a rule": (
        lambda: book(rule("1.1"), clauses=[clause(1, citation="1.1")]),
        "$.parts",
        REPEATED,
        "citation 1.1 is there twice; give each penalty of a clause a limb of its own",
    ),
    "a clause both whole and in limbs": (
        lambda: book(rule("1.1"), rule("1.2", citation="1.1b")),
        "$.parts",
        CONTRARY,
        "1.1b is a limb of a clause that another rule cites whole; give that one a limb too",
    ),
    "a clause that cites a limb of a rule": (
        lambda: book(rule("1.1"), clauses=[clause(1, citation="1.1a")]),
        "$.parts",
        CONTRARY,
        "1.1a is a limb of a clause that another rule cites whole; give that one a limb too",
    ),
    "a citation deeper than the levels": (
        lambda: standard(part("1", rule("1.1a")), levels=LEVELS[:2]),
        "$.levels",
        CONTRARY,
        'rule "1.1a" cites 1.1a, but there are 2 levels (chapter, clause); declare a level for '
        "each step",
    ),
    "a list of items with a rule of two steps": (
        lambda: attrs.evolve(ONE_RULE, parts=[part("1", rule("1.1"))], levels=[Text.same("item")]),
        "$.levels",
        CONTRARY,
        'rule "1.1" cites 1.1, but there is 1 level (item); declare a level for each step',
    ),
    "a clause deeper than the levels": (
        lambda: standard(part("1", rule("1")), levels=LEVELS[:1], clauses=[clause(1)]),
        "$.levels",
        CONTRARY,
        'clause "G1" cites 100.1, but there is 1 level (chapter); declare a level for each step',
    ),
    "a citation of another part": (
        lambda: standard(part("2", rule("1.1"), citation="2")),
        '$["1.1"].citation',
        CONTRARY,
        'rule "1.1" stands in part "2" but cites 1.1, which is not within 2; make them agree',
    ),
    "a citation of another part below a heading": (
        lambda: standard(part("2", part("heading", part("below", rule("1.1"))), citation="2")),
        '$["1.1"].citation',
        CONTRARY,
        'rule "1.1" stands in part "2" but cites 1.1, which is not within 2; make them agree',
    ),
    "a part that cites another part": (
        lambda: standard(part("2", part("1", rule("1.1a"), citation="1.1"), citation="2")),
        "$.parts",
        CONTRARY,
        'part "1" stands in part "2" but cites 1.1, which is not within 2; make them agree',
    ),
    "aggravated by what is unknown": (
        lambda: book(rule("1.1", aggravated_by=["risks"]), circumstances=RISK),
        '$["1.1"].aggravated_by',
        UNKNOWN,
        'rule "1.1" is aggravated by "risks", which is not declared; '
        'declare it among the circumstances; did you mean "risk"?',
    ),
    "mitigated by what is unknown": (
        lambda: book(rule("1.1", mitigated_by=["report"]), circumstances=RISK),
        '$["1.1"].mitigated_by',
        UNKNOWN,
        'rule "1.1" is mitigated by "report", which is not declared; '
        "declare it among the circumstances",
    ),
    "a clause that aggravates by what is unknown": (
        lambda: book(
            rule("1.1"), clauses=[clause(1, aggravated_by={"rsk": SetTo(5)})], circumstances=RISK
        ),
        "$.clauses",
        UNKNOWN,
        'clause "G1" is aggravated by "rsk", which is not declared; declare it among the '
        'circumstances; did you mean "risk"?',
    ),
    "a clause that mitigates by what is unknown": (
        lambda: book(rule("1.1"), clauses=[clause(1, mitigated_by=["report"])]),
        "$.clauses",
        UNKNOWN,
        'clause "G1" is mitigated by "report", which is not declared; declare it among the '
        "circumstances",
    ),
    "a consequence that is unknown": (
        lambda: book(rule("1.1", consequences=["revokd"])),
        '$["1.1"].consequences',
        UNKNOWN,
        'rule "1.1" has the consequence "revokd", which is not declared; declare it among the '
        'consequences; did you mean "revoked"?',
    ),
    "a consequence of what is unknown": (
        lambda: book(rule("1.1", consequences={"revoked": ["serious"]})),
        '$["1.1"].consequences',
        UNKNOWN,
        'rule "1.1" has the consequence "revoked" where "serious" is recorded, which is not '
        "declared; declare it among the circumstances",
    ),
    "a misspelt circumstance of a consequence": (
        lambda: book(
            rule("1.1", consequences={"revoked": ["risk", "serios"]}),
            circumstances=[*RISK, declared("serious")],
        ),
        '$["1.1"].consequences',
        UNKNOWN,
        'rule "1.1" has the consequence "revoked" where "serios" is recorded, which is not '
        'declared; declare it among the circumstances; did you mean "serious"?',
    ),
    "neither a penalty nor a consequence": (
        lambda: book(rule("1.1", None)),
        '$["1.1"].penalty',
        MISSING,
        'rule "1.1" has neither a penalty nor consequences nor an award; give it one of them',
    ),
    "no penalty, yet aggravated": (
        lambda: book(
            rule("1.1", None, consequences=["revoked"], aggravated_by=["risk"]), circumstances=RISK
        ),
        '$["1.1"].aggravated_by',
        IDLE,
        'rule "1.1" has aggravated_by, without effect on a rule without a penalty; leave it out',
    ),
    "no penalty, yet mitigated": (
        lambda: book(
            rule("1.1", None, consequences=["revoked"], mitigated_by=["risk"]), circumstances=RISK
        ),
        '$["1.1"].mitigated_by',
        IDLE,
        'rule "1.1" has mitigated_by, without effect on a rule without a penalty; leave it out',
    ),
    "no penalty, yet a cap": (
        lambda: book(rule("1.1", None, consequences=["revoked"], cap=Cap(0))),
        '$["1.1"].cap',
        IDLE,
        'rule "1.1" has cap, without effect on a rule without a penalty; leave it out',
    ),
    "a referral that is aggravated": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"]), aggravated_by=["risk"]),
            rule("1.2"),
            circumstances=RISK,
        ),
        '$["1.1"].aggravated_by',
        IDLE,
        'rule "1.1" has aggravated_by, without effect on a Referral; leave it out',
    ),
    "a referral that is mitigated": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"]), mitigated_by=["risk"]),
            rule("1.2"),
            circumstances=RISK,
        ),
        '$["1.1"].mitigated_by',
        IDLE,
        'rule "1.1" has mitigated_by, without effect on a Referral; leave it out',
    ),
    "a referral with a consequence": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"]), consequences=["revoked"]),
            rule("1.2"),
        ),
        '$["1.1"].consequences',
        IDLE,
        'rule "1.1" has consequences, without effect on a Referral; leave it out',
    ),
    "a referral with a cap": (
        lambda: book(rule("1.1", Referral(to=["1.2"]), cap=Cap(5)), rule("1.2")),
        '$["1.1"].cap',
        IDLE,
        'rule "1.1" has cap, without effect on a Referral; leave it out',
    ),
    "a referral that displaces": (
        lambda: book(rule("1.1", Referral(to=["1.2"]), displaces=["1.2"]), rule("1.2")),
        '$["1.1"].displaces',
        IDLE,
        'rule "1.1" has displaces, without effect on a Referral; leave it out',
    ),
    "a referral that is residual": (
        lambda: book(rule("1.1", Referral(to=["1.2"]), residual="1"), rule("1.2")),
        '$["1.1"].residual',
        IDLE,
        'rule "1.1" has residual, without effect on a Referral; leave it out',
    ),
    "a referral to what is not there": (
        lambda: book(rule("1.1", Referral(to=["1.22"])), rule("1.2")),
        '$["1.1"].penalty',
        UNKNOWN,
        'rule "1.1" refers to "1.22", which is not there; name a rule of this rulebook; '
        'did you mean "1.2"?',
    ),
    "a referral to a referral": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"])), rule("1.2", Referral(to=["1.3"])), rule("1.3")
        ),
        '$["1.1"].penalty',
        CONTRARY,
        'rule "1.1" refers to "1.2", which only refers; name the rules that it refers to',
    ),
    "a referral to itself": (
        lambda: book(rule("1.1", Referral(to=["1.1"]))),
        '$["1.1"].penalty',
        CONTRARY,
        'rule "1.1" refers to "1.1", which only refers; name the rules that it refers to',
    ),
    "a displacement of what is not there": (
        lambda: book(rule("1.1", displaces=["x"])),
        '$["1.1"].displaces',
        UNKNOWN,
        'rule "1.1" displaces "x", which is not there; name a rule of this rulebook',
    ),
    "a displacement of a referral": (
        lambda: book(
            rule("1.1", displaces=["1.2"]), rule("1.2", Referral(to=["1.3"])), rule("1.3")
        ),
        '$["1.1"].displaces',
        CONTRARY,
        'rule "1.1" displaces "1.2", which only refers; name the rules that it refers to',
    ),
    "a rule that displaces itself": (
        lambda: book(rule("1.1", displaces=["1.1"])),
        "$.parts",
        CONTRARY,
        CIRCLE.format('"1.1" - "1.1"'),
    ),
    "rules that displace each other": (
        lambda: book(rule("1.1", displaces=["1.2"]), rule("1.2", displaces=["1.1"])),
        "$.parts",
        CONTRARY,
        CIRCLE.format('"1.1" - "1.2" - "1.1"'),
    ),
    "a circle of three displacements": (
        lambda: book(
            rule("1.1", displaces=["1.2"]),
            rule("1.2", displaces=["2.1"]),
            rule("2.1", displaces=["1.1"]),
        ),
        "$.parts",
        CONTRARY,
        CIRCLE.format('"1.1" - "1.2" - "2.1" - "1.1"'),
    ),
    "two residual rules of a part": (
        lambda: book(rule("1.1", residual="1"), rule("1.2", residual="1")),
        '$["1.2"].residual',
        CONTRARY,
        'rule "1.2" is residual, as "1.1" of the same part is, and each would give way to the '
        "other; let a part have one residual rule",
    ),
    "a residual rule of a part that is not there": (
        lambda: standard(part("one", rule("1.1", residual="ones"))),
        '$["1.1"].residual',
        UNKNOWN,
        'rule "1.1" is residual in part "ones", which is not there; name a part of this rulebook; '
        'did you mean "one"?',
    ),
    "a residual rule that displaces": (
        lambda: book(rule("1.1", residual="1", displaces=["1.2"]), rule("1.2")),
        "$.parts",
        CONTRARY,
        CIRCLE.format('"1.1" - "1.2" - "1.1"'),
    ),
    "a residual rule that displaces in a part within": (
        lambda: standard(
            part("1", rule("1.1", residual="1", displaces=["1.2a"]), part("1.2", rule("1.2a")))
        ),
        "$.parts",
        CONTRARY,
        CIRCLE.format('"1.1" - "1.2a" - "1.1"'),
    ),
    "residual rules of parts within one another in the inner one": (
        lambda: standard(
            part(
                "1",
                part("1.2", rule("1.2a", residual="1"), rule("1.2b", residual="1.2")),
            )
        ),
        "$.parts",
        CONTRARY,
        CIRCLE.format('"1.2a" - "1.2b" - "1.2a"'),
    ),
    "a silence twice": (
        lambda: attrs.evolve(ONE_RULE, silences=[Silence(TEXT, field="floor")] * 2),
        "$.silences",
        REPEATED,
        "the silence about floor is there twice; say once what the standard leaves open",
    ),
    "a silence about what a clause answers": (
        lambda: attrs.evolve(
            ONE_RULE,
            clauses=[clause(1, answers={"floor": None})],
            silences=[Silence(TEXT, field="floor")],
        ),
        "$.silences",
        CONTRARY,
        "floor is no silence, since a clause answers it; leave it out",
    ),
    "a circumstance that two clauses aggravate by": (
        lambda: book(
            rule("1.1"),
            clauses=[clause(number, aggravated_by=["risk"]) for number in (1, 2, 3)],
            circumstances=RISK,
        ),
        "$.clauses",
        CONTRARY,
        'two clauses state aggravated by "risk"; let one of them do so',
    ),
    "a circumstance that two clauses mitigate by": (
        lambda: book(
            rule("1.1"),
            clauses=[clause(number, mitigated_by=["risk"]) for number in (1, 2)],
            circumstances=RISK,
        ),
        "$.clauses",
        CONTRARY,
        'two clauses state mitigated by "risk"; let one of them do so',
    ),
    "a field of the policy that two clauses answer": (
        lambda: book(
            rule("1.1"), clauses=[clause(number, answers={"floor": 0}) for number in (1, 2)]
        ),
        "$.clauses",
        CONTRARY,
        'two clauses state answers "floor"; let one of them do so',
    ),
    "a table that names what is not declared": (
        lambda: book(rule("1.1"), clauses=[clause(1, thresholds=Thresholds({4: "revoke"}))]),
        "$.clauses",
        UNKNOWN,
        'clause "G1" names consequence "revoke", which is not declared; declare it among the '
        'consequences; did you mean "revoked"?',
    ),
    "an answer that waits for what is not declared": (
        lambda: book(
            rule("1.1"), clauses=[clause(1, answers={"lapse": WithPeriod(unless_unserved="fine")})]
        ),
        "$.clauses",
        UNKNOWN,
        'clause "G1" names consequence "fine", which is not declared; declare it among the '
        "consequences",
    ),
    "a rule that waits for what is not declared": (
        lambda: book(rule("1.1", lapse=WithPeriod(unless_unserved="fine"))),
        '$["1.1"].lapse',
        UNKNOWN,
        'rule "1.1" has points that wait for consequence "fine", which is not declared; declare '
        "it among the consequences",
    ),
    "two clauses with a balance": (
        lambda: book(rule("1.1"), clauses=[clause(number, balance=Balance()) for number in (1, 2)]),
        "$.clauses",
        CONTRARY,
        "clauses G1, G2 each state a balance; let one of them do so",
    ),
    "two clauses with clean time": (
        lambda: book(
            rule("1.1"),
            clauses=[clause(number, clean_time=CleanTime(1, months=3)) for number in (1, 2)],
        ),
        "$.clauses",
        CONTRARY,
        "clauses G1, G2 each state clean time; let one of them do so",
    ),
    "two clauses with a cap": (
        lambda: book(rule("1.1"), clauses=[clause(number, cap=Cap(5)) for number in (1, 2)]),
        "$.clauses",
        CONTRARY,
        "clauses G1, G2 each state a cap of deductions over one violation; let one of them do so",
    ),
    "two clauses with a cap over one part": (
        lambda: book(
            rule("1.1"),
            clauses=[clause(number, cap=Cap(5, over="part", part="1")) for number in (1, 2)],
        ),
        "$.clauses",
        CONTRARY,
        'clauses G1, G2 each state a cap of deductions over one part of the standard ("1"); '
        "let one of them do so",
    ),
    "a cap over a part that is not there": (
        lambda: book(rule("1.1"), clauses=[clause(1, cap=Cap(5, over="part", part="11"))]),
        "$.clauses",
        UNKNOWN,
        'clause "G1" has a cap over part "11", which is not there; name a part of this rulebook; '
        'did you mean "1"?',
    ),
    "two clauses with a repetition": (
        lambda: book(rule("1.1"), clauses=[clause(number, again=TWICE) for number in (1, 2)]),
        "$.clauses",
        CONTRARY,
        "clauses G1, G2 each state repetition; let one of them do so",
    ),
    "two clauses that say who is responsible": (
        lambda: book(
            rule("1.1"), clauses=[clause(number, responsible=[HEAD]) for number in (1, 2)]
        ),
        "$.clauses",
        CONTRARY,
        "clauses G1, G2 each state who is responsible; let one of them do so",
    ),
    "a rule within a chapter that is cited whole": (
        lambda: standard(part("one", rule("2.1")), clauses=[clause(1, citation="2")]),
        "$.parts",
        CONTRARY,
        "2.1 is a limb of a clause that another rule cites whole; give that one a limb too",
    ),
    "an award that displaces": (
        lambda: book(rule("1.1", None, award=AWARD, displaces=["1.2"]), rule("1.2")),
        '$["1.1"].displaces',
        IDLE,
        'rule "1.1" has displaces, without effect on a rule that awards points; leave it out',
    ),
    "an award with a cap of deductions": (
        lambda: book(rule("1.1", None, award=AWARD, cap=Cap(5))),
        '$["1.1"].cap',
        CONTRARY,
        'rule "1.1" has a cap of deductions; give it one of awards',
    ),
    "a deduction with a cap of awards": (
        lambda: book(rule("1.1", cap=Cap(5, of="awards"))),
        '$["1.1"].cap',
        CONTRARY,
        'rule "1.1" has a cap of awards; give it one of deductions',
    ),
    "a referral to an award": (
        lambda: book(rule("1.1", Referral(to=["1.2"])), rule("1.2", None, award=AWARD)),
        '$["1.1"].penalty',
        CONTRARY,
        'rule "1.1" refers to "1.2", which awards points; name a rule that deducts them',
    ),
    "two clauses with a limitation": (
        lambda: book(
            rule("1.1"), clauses=[clause(number, limitation=Limitation(24)) for number in (1, 2)]
        ),
        "$.clauses",
        CONTRARY,
        "clauses G1, G2 each state a limitation; let one of them do so",
    ),
}


@pytest.mark.parametrize(
    ("make", "path", "code", "message"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS)
)
def test_a_rulebook_that_contradicts_itself_cannot_be_made(
    make: Any, path: str, code: ProblemCode, message: str
) -> None:
    with pytest.raises(RulebookError) as caught:
        make()
    assert str(caught.value) == f'rulebook "bank 1.0": {message}'
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [(path, code)]
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


CONSENTS: dict[str, Any] = {
    "a residual rule of each chapter": lambda: book(
        rule("1.1", residual="1"), rule("1.2"), rule("2.1", residual="2")
    ),
    "a residual rule of another part": lambda: book(
        rule("1.1", residual="2"), rule("1.2", residual="1"), rule("2.1")
    ),
    "a residual rule of each of parts within one another": lambda: standard(
        part("1", rule("1.1", residual="1"), part("1.2", rule("1.2a", residual="1.2")))
    ),
    "a rule without points that displaces and is residual": lambda: book(
        rule("1.1", None, consequences=["revoked"], residual="1", displaces=["2.1"]),
        rule("1.2", Referral(to=["2.1"])),
        rule("2.1"),
    ),
    "a special rule that displaces what displaces another": lambda: book(
        rule("1.1", displaces=["1.2", "1.3"]), rule("1.2", displaces=["1.3"]), rule("1.3")
    ),
    "a rule of another place in a part that has a heading alone": lambda: standard(
        part("2", rule("1.1"))
    ),
    "a rule within the part of a part with a citation": lambda: standard(
        part("1", part("1.1", rule("1.1a"), citation="1.1"), citation="1")
    ),
    "limbs that share a chapter": lambda: book(rule("1.1a"), rule("1.1b"), rule("1.2")),
    "circumstances of two groups": lambda: book(
        rule("1.1"),
        circumstances=[
            declared("a", "b", "c", group="finder"),
            declared("b", group="effect"),
            declared("c"),
            declared("d", group="finder"),
        ],
    ),
    "a circumstance that makes heavier in a rule and a clause": lambda: book(
        rule("1.1", aggravated_by=["risk"], mitigated_by=["risk"]),
        clauses=[clause(1, aggravated_by=["risk"]), clause(2, mitigated_by=["risk"])],
        circumstances=RISK,
    ),
    "a cap in one clause and a limitation in another": lambda: book(
        rule("1.1", cap=Cap(1)),
        clauses=[clause(1, cap=Cap(5)), clause(2, limitation=Limitation(24))],
    ),
    "a silence about one field and an answer to another": lambda: book(
        rule("1.1"),
        clauses=[clause(1, answers={"floor": None})],
        silences=[Silence(TEXT, field="full_marks"), Silence(TEXT), Silence(TEXT)],
    ),
    "a consequence that no rule names": lambda: book(
        rule("1.1"), consequences=[consequence("a"), consequence("b")]
    ),
}


@pytest.mark.parametrize("make", CONSENTS.values(), ids=list(CONSENTS))
def test_what_looks_like_a_contradiction_and_is_none_is_taken(make: Any) -> None:
    assert len(make()) > 0


class Fine(Deduction):
    """A penalty of a caller's own."""


class Pointer(Referral):
    """Another one."""


def test_a_penalty_of_a_kind_of_ones_own_is_as_its_base() -> None:
    fine = rule("1.1", Fine(1, Unit.OCCURRENCE), aggravated_by=["risk"])
    assert len(book(fine, circumstances=RISK)) == 1
    with pytest.raises(RulebookError, match="has displaces, without effect on a Referral"):
        book(rule("1.1", Pointer(to=["1.2"]), displaces=["1.2"]), rule("1.2"))


# Many problems, and many of everything.


def test_all_contradictions_of_a_kind_are_in_one_error_each_with_its_place() -> None:
    with pytest.raises(RulebookError) as caught:
        book(
            rule("1.1", aggravated_by=["a"], displaces=["9.9"]),
            rule("1.2", consequences={"revoked": ["b"]}),
        )
    undeclared = "which is not declared; declare it among the circumstances"
    assert [(problem.path, problem.message) for problem in caught.value.problems] == [
        ('$["1.1"].aggravated_by', f'rule "1.1" is aggravated by "a", {undeclared}'),
        (
            '$["1.1"].displaces',
            'rule "1.1" displaces "9.9", which is not there; name a rule of this rulebook',
        ),
        (
            '$["1.2"].consequences',
            f'rule "1.2" has the consequence "revoked" where "b" is recorded, {undeclared}',
        ),
    ]
    assert str(caught.value).splitlines() == [
        'rulebook "bank 1.0": 3 problems:',
        *(f"- {problem.message}" for problem in caught.value.problems),
    ]


def test_a_part_deeper_than_the_levels_is_reported_with_its_rules() -> None:
    with pytest.raises(RulebookError) as caught:
        standard(part("1", part("b", rule("3.1a"), citation="3.1")), levels=LEVELS[:1])
    deep = "but there is 1 level (chapter); declare a level for each step"
    assert [problem.message for problem in caught.value.problems] == [
        f'part "b" cites 3.1, {deep}',
        f'rule "3.1a" cites 3.1a, {deep}',
    ]
    assert {problem.path for problem in caught.value.problems} == {"$.levels"}


def test_what_is_there_twice_is_in_one_error_too() -> None:
    twice = [rule("1.1"), rule("1.1"), rule("1.2", residual="1"), rule("1.3", residual="1")]
    with pytest.raises(RulebookError) as caught:
        attrs.evolve(
            ONE_RULE,
            parts=[part("1", *twice), part("1")],
            circumstances=[declared("a"), declared("a")],
            silences=[Silence(TEXT), Silence(TEXT)],
        )
    assert [(problem.path, problem.message.split(";")[0]) for problem in caught.value.problems] == [
        ("$.parts", 'part "1" is empty'),
        (
            '$["1.3"].residual',
            'rule "1.3" is residual, as "1.2" of the same part is, and each would give way to the '
            "other",
        ),
        ("$.parts", 'part "1" is there twice'),
        ("$.parts", 'rule "1.1" is there twice'),
        ("$.circumstances", 'circumstance "a" is there twice'),
        ("$.parts", "citation 1.1 is there twice"),
    ]


def test_beyond_a_bound_the_contradictions_are_counted() -> None:
    many = [rule(f"1.{n}", displaces=["x"]) for n in range(1, MAXIMUM_PROBLEMS + 6)]
    with pytest.raises(RulebookError) as caught:
        book(*many)
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 5)


def test_of_very_many_contradictions_only_so_many_are_counted() -> None:
    many = [rule(f"1.{n}", displaces=["x"]) for n in range(1, 3 * MAXIMUM_PROBLEMS)]
    with pytest.raises(RulebookError, match=f"and at least {MAXIMUM_PROBLEMS} more") as caught:
        book(*many)
    assert len(caught.value.problems) == caught.value.more == MAXIMUM_PROBLEMS


CROWDS: list[tuple[str, str, int, Any]] = [
    ("parts", "rules", MAXIMUM_RULES, lambda n: [part("1", *[rule("1.1")] * n)]),
    ("parts", "rules", MAXIMUM_RULES, lambda n: [part("1", part("2", *[rule("1.1")] * n))]),
    ("parts", "parts", MAXIMUM_RULES, lambda n: [part("1")] * n),
    ("parts", "parts", MAXIMUM_RULES, lambda n: [part("0", *[part("1")] * (n - 1))]),
    ("clauses", "clauses", MAXIMUM_RULES, lambda n: [clause(1)] * n),
    ("circumstances", "circumstances", MAXIMUM_CIRCUMSTANCES, lambda n: [declared("a")] * n),
    ("consequences", "consequences", MAXIMUM_CIRCUMSTANCES, lambda n: [consequence("a")] * n),
    ("silences", "silences", MAXIMUM_CIRCUMSTANCES, lambda n: [Silence(TEXT)] * n),
]


@pytest.mark.parametrize(
    ("field", "what", "most", "crowd"),
    CROWDS,
    ids=["rules", "rules within", "parts", "parts within", *(each[0] for each in CROWDS[4:])],
)
def test_a_crowd_is_rejected_before_anything_else_is_looked_at(
    field: str, what: str, most: int, crowd: Any
) -> None:
    with pytest.raises(RulebookError) as caught:
        attrs.evolve(ONE_RULE, **{field: crowd(most + 1)})
    assert str(caught.value) == (
        f'rulebook "bank 1.0": there are {most + 1} {what}, more than {most}; '
        "leave out what nobody reads"
    )
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == (f"$.{field}", ProblemCode.TOO_MANY)


def test_silences_up_to_the_bound_are_taken() -> None:
    made = attrs.evolve(ONE_RULE, silences=[Silence(TEXT)] * MAXIMUM_CIRCUMSTANCES)
    assert len(made.silences) == MAXIMUM_CIRCUMSTANCES


def test_a_chain_of_circumstances_up_to_the_bound_is_taken() -> None:
    chain = [declared(f"c{n}", f"c{n + 1}") for n in range(MAXIMUM_CIRCUMSTANCES - 1)]
    made = book(rule("1.1"), circumstances=[*chain, declared(f"c{MAXIMUM_CIRCUMSTANCES - 1}")])
    assert len(made.implied_by(["c0"])) == MAXIMUM_CIRCUMSTANCES


def test_rules_up_to_the_bound_are_taken() -> None:
    rules = [rule(f"1.{n}") for n in range(1, MAXIMUM_RULES + 1)]
    assert len(book(*rules)) == MAXIMUM_RULES


def test_what_can_be_reached_has_its_start() -> None:
    edges = {"a": ["b"], "b": ["c", "a"], "c": [], "d": ["d"]}
    assert reached("a", edges) == {"a", "b", "c"}
    assert reached("c", edges) == {"c"}
    assert reached("d", edges) == {"d"}


def test_where_order_decides_a_set_is_rejected() -> None:
    one, two = rule("1.1"), rule("1.2")
    makes: list[Any] = [
        lambda: Part("1", TEXT, rules={one, two}),
        lambda: Part("1", TEXT, parts={part("2", one)}),
        lambda: Referral(to={"1.1", "1.2"}),
        lambda: Citation({1}),
        lambda: attrs.evolve(ONE_RULE, levels=set(LEVELS)),
        lambda: attrs.evolve(ONE_RULE, parts={part("1", one)}),
        lambda: attrs.evolve(ONE_RULE, circumstances=frozenset({declared("a")})),
        lambda: attrs.evolve(ONE_RULE, consequences={consequence("a")}),
        lambda: attrs.evolve(ONE_RULE, clauses={clause(1)}),
        lambda: attrs.evolve(ONE_RULE, silences={Silence(TEXT)}),
    ]
    for make in makes:
        with pytest.raises(FieldError, match=r"allowed: a (non-empty )?list of"):
            make()


def test_the_built_in_standard_stays_whole() -> None:
    with pytest.raises(RulebookError, match=r'^rulebook "error-points 1\.0": there is no part;'):
        attrs.evolve(ERROR_POINTS, parts=())
    with pytest.raises(RulebookError, match=r'^rulebook "error-points 1\.0": 42 problems:'):
        attrs.evolve(ERROR_POINTS, levels=ERROR_POINTS.levels[:1], silences=())
