"""The built-in standard, rule by rule, as a table to hold against the source document."""

from collections.abc import Mapping, Set
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

import attrs
import pytest

from cmappraisal import ERROR_POINTS, LANGUAGES, Language, Policy, Rule, Text
from cmappraisal.standards import Citation, Deduction, Referral, Silence, Status, Unit

OCCURRENCE, CUSTOMER, UNSTATED = Unit.OCCURRENCE, Unit.CUSTOMER, Unit.UNSTATED
NOTHING, REFER = "deducts nothing", "refers to a rule on lending"
ALWAYS: Mapping[str, Set[str]] = MappingProxyType({"revoked": frozenset()})


class Row(NamedTuple):
    """A rule: its points, or what it does instead; what they are counted by; and what else."""

    id: str
    deducts: object
    unit: Unit | None = None
    discretionary: bool = False
    aggravated_by: Set[str] = frozenset()
    consequences: Mapping[str, Set[str]] = MappingProxyType({})
    displaces: Set[str] = frozenset()
    residual: str | None = None


ROWS = [
    # Part 1, professional ethics
    Row(
        "1.1",
        10,
        OCCURRENCE,
        aggravated_by={"risk", "adverse-effect"},
        consequences={"revoked": {"egregious"}},
    ),
    Row(
        "1.2",
        10,
        OCCURRENCE,
        aggravated_by={"adverse-effect"},
        consequences={"revoked": {"egregious"}},
    ),
    Row("1.3", 5, OCCURRENCE, aggravated_by={"severe-effect"}),
    Row("1.4", 10, OCCURRENCE, discretionary=True, aggravated_by={"severe-effect"}),
    Row("1.5", NOTHING, consequences=ALWAYS),
    Row("1.6", NOTHING, consequences=ALWAYS),
    Row("1.7a", 5, UNSTATED),
    Row("1.7b", 20, UNSTATED),
    Row("1.8", 10, UNSTATED),
    # Part 2, basic management
    Row("2.1", 1, OCCURRENCE),
    Row("2.2", 1, OCCURRENCE),
    Row("2.3", 2, OCCURRENCE),
    Row("2.4", 2, OCCURRENCE),
    # Part 3, lending
    Row("3.1a", 2, OCCURRENCE, aggravated_by={"risk"}),
    Row("3.1b", NOTHING, consequences=ALWAYS),
    Row("3.2a", 5, OCCURRENCE, aggravated_by={"risk"}),
    Row("3.2b", 10, OCCURRENCE, aggravated_by={"risk"}),
    Row("3.3", 5, OCCURRENCE),
    Row("3.4", 10, OCCURRENCE, aggravated_by={"risk"}),
    Row("3.5a", 1, OCCURRENCE),
    Row("3.5b", 50, UNSTATED),
    Row("3.6", 2, OCCURRENCE),
    Row("3.7", 5, OCCURRENCE),
    Row("3.8", 1, OCCURRENCE),
    Row("3.9", 2, OCCURRENCE),
    Row("3.10", 20, OCCURRENCE, aggravated_by={"risk"}),
    Row("3.11a", 1, OCCURRENCE),
    Row("3.11b", 10, OCCURRENCE),
    Row("3.12", 2, OCCURRENCE),
    Row("3.13", 10, OCCURRENCE, aggravated_by={"asset-deterioration"}),
    Row("3.14", 30, UNSTATED, consequences={"revoked": {"serious"}}),
    Row("3.15", REFER),
    Row("3.16a", REFER),
    Row("3.16b", 5, OCCURRENCE, aggravated_by={"risk"}),
    Row("3.17a", 1, UNSTATED, aggravated_by={"risk"}, displaces={"3.1a"}),
    Row("3.17b", 2, OCCURRENCE, aggravated_by={"risk"}, displaces={"3.2a", "3.2b", "3.3"}),
    Row("3.17c", 5, OCCURRENCE, aggravated_by={"risk"}, displaces={"3.6", "3.7"}),
    Row("3.18", 1, OCCURRENCE, aggravated_by={"risk"}, residual="3"),
    # Part 4, service
    Row("4.1a", 5, CUSTOMER),
    Row("4.1b", 20, CUSTOMER),
    Row("4.2", 5, UNSTATED),
    Row("4.3", 20, OCCURRENCE),
]

PARTS = ERROR_POINTS.parts
TEXTS = [
    ERROR_POINTS.text,
    *(circumstance.text for circumstance in ERROR_POINTS.circumstances),
    *(part.text for part in PARTS),
    *(rule.text for rule in ERROR_POINTS.values()),
]


def row_of(rule: Rule) -> Row:
    deducts: object
    unit, discretionary = None, False
    match rule.penalty:
        case Deduction():
            deducts, unit = rule.penalty.points, rule.penalty.unit
            discretionary = rule.penalty.discretionary
        case Referral():
            deducts = REFER
        case None:
            deducts = NOTHING
    return Row(
        rule.id,
        deducts,
        unit,
        discretionary,
        rule.aggravated_by.keys(),
        rule.consequences,
        rule.displaces,
        rule.residual,
    )


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_each_rule_is_what_its_row_says(row: Row) -> None:
    assert row_of(ERROR_POINTS[row.id]) == row


def test_the_rules_are_those_of_the_table_in_its_order() -> None:
    assert list(ERROR_POINTS) == [row.id for row in ROWS]
    assert len(ERROR_POINTS) == 42


def test_the_standard_says_which_it_is() -> None:
    assert str(ERROR_POINTS) == "error-points 1.0"


@pytest.mark.parametrize(
    ("number", "clauses", "rules", "points"),
    [(1, 8, 9, 70), (2, 4, 4, 6), (3, 18, 25, 180), (4, 3, 4, 50)],
)
def test_each_part_has_its_clauses_rules_and_points(
    number: int, clauses: int, rules: int, points: int
) -> None:
    part = PARTS[number - 1]
    assert part.id == str(part.citation) == str(number)
    assert len({rule.citation.path[:2] for rule in part.rules}) == clauses
    assert len(part.rules) == rules
    assert stated(*part.rules) == points


def test_the_stated_points_sum_to_306() -> None:
    assert [part.id for part in ERROR_POINTS.all_parts] == ["1", "2", "3", "4"]
    assert stated(*ERROR_POINTS.values()) == 306


def stated(*rules: Rule) -> object:
    penalties = [rule.penalty for rule in rules]
    return sum(penalty.most for penalty in penalties if isinstance(penalty, Deduction))


def test_there_are_six_circumstances_and_one_implies_another() -> None:
    assert {each.id: each.implies for each in ERROR_POINTS.circumstances} == {
        "risk": set(),
        "adverse-effect": set(),
        "severe-effect": {"adverse-effect"},
        "egregious": set(),
        "serious": set(),
        "asset-deterioration": set(),
    }


@pytest.mark.parametrize("id", ["3.15", "3.16a"])
def test_a_referral_can_be_to_any_rule_on_lending_from_the_first_to_3_14(id: str) -> None:
    penalty = ERROR_POINTS[id].penalty
    assert isinstance(penalty, Referral)
    assert penalty.to == (
        *("3.1a", "3.1b", "3.2a", "3.2b", "3.3", "3.4", "3.5a", "3.5b", "3.6"),
        *("3.7", "3.8", "3.9", "3.10", "3.11a", "3.11b", "3.12", "3.13", "3.14"),
    )


@pytest.mark.parametrize("id", ERROR_POINTS)
def test_each_rule_is_cited_as_it_is_named(id: str) -> None:
    citation = ERROR_POINTS[id].citation
    assert str(citation) == id
    assert citation.path[0] == ERROR_POINTS.part_of(id).id
    assert ERROR_POINTS.places[id] == (citation.path[0],)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_clauses_and_limbs_leave_no_gap(number: int) -> None:
    citations = [rule.citation for rule in PARTS[number - 1].rules]
    clauses = groupby(citations, key=lambda citation: citation.path[1])
    for expected, (clause, limbs) in enumerate(clauses, start=1):
        assert clause == str(expected)
        assert [limb.path[2:] for limb in limbs] in (
            [()],
            [("a",), ("b",)],
            [("a",), ("b",), ("c",)],
        )


def test_a_limb_is_part_of_its_citation() -> None:
    assert ERROR_POINTS["3.17c"].citation == Citation("3.17c")
    assert ERROR_POINTS["3.18"].citation == Citation("3.18")


def test_a_step_of_a_citation_is_a_chapter_a_clause_or_a_limb() -> None:
    cited = ERROR_POINTS.cited(ERROR_POINTS["3.17c"].citation)
    assert [(level.en, step) for level, step in cited] == [
        ("chapter", "3"),
        ("clause", "17"),
        ("limb", "c"),
    ]


def test_revocation_is_all_that_follows_beside_points() -> None:
    [revoked] = ERROR_POINTS.consequences
    assert (revoked.id, revoked.status, revoked.money) == ("revoked", Status.REVOKED, None)
    assert not revoked.elsewhere


def test_the_standard_has_no_general_part_and_states_no_weight() -> None:
    assert ERROR_POINTS.clauses == ()
    assert ERROR_POINTS.answers == {}
    for rule in ERROR_POINTS.values():
        assert set(rule.aggravated_by.values()) <= {None}
        assert rule.mitigated_by == {}
        assert rule.cap is None
    assert {each.group for each in ERROR_POINTS.circumstances} == {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_worded_and_no_two_alike(language: Language) -> None:
    wordings = [text.in_language(language) for text in TEXTS]
    assert len(wordings) == 1 + 6 + 4 + 42
    assert all(wordings)
    assert len(set(wordings)) == len(wordings)


# The characters of the texts that differ between the two scripts, place by place.
TRADITIONAL = (
    "來個備兌內劇動務問單嚴報場壞夥實寫寬對屬帶後惡應戶損搶據於時條業極標"
    "檔檢權歸準滯為無營爭現產當發盡監瞞礎礙禮積節簽紀級組給統經續聯職與舊"
    "規視記訪訴詞調諉諾謀證變責貶貸貿資質蹤辦達違適遲遺還銷錄錯開間險隱離"
    "響項預題願類風飾騙驗體點"
)
SIMPLIFIED = (
    "来个备兑内剧动务问单严报场坏伙实写宽对属带后恶应户损抢据于时条业极标"
    "档检权归准滞为无营争现产当发尽监瞒础碍礼积节签纪级组给统经续联职与旧"
    "规视记访诉词调诿诺谋证变责贬贷贸资质踪办达违适迟遗还销录错开间险隐离"
    "响项预题愿类风饰骗验体点"
)
# Words, not only characters, that differ between the two.
WORDS = {"資訊": "信息", "訊息": "信息", "蒐集": "收集", "品質": "质量"}


@pytest.mark.parametrize("text", TEXTS, ids=[text.en for text in TEXTS])
def test_each_script_is_pure_and_they_say_the_same(text: Text) -> None:
    assert not set(text.zh_hant) & set(SIMPLIFIED)
    assert not set(text.zh_hans) & set(TRADITIONAL)
    expected = text.zh_hant
    for traditional, simplified in WORDS.items():
        expected = expected.replace(traditional, simplified)
    assert text.zh_hans == expected.translate(str.maketrans(TRADITIONAL, SIMPLIFIED))


def test_chinese_is_written_in_chinese_characters_and_english_in_ascii() -> None:
    for text in TEXTS:
        assert text.en.isascii()
        for wording in (text.zh_hant, text.zh_hans):
            assert all("一" <= character <= "鿿" or character in "，、" for character in wording)


SILENT_ABOUT = {
    *("aggravation", "unstated_unit", "discretion", "concurrence", "displacement"),
    *("pending_appeals", "counted_on", "full_marks", "floor", "grades", "revoked_result"),
    *("reconsideration", "smallest_unit"),
}
# It makes nothing lighter, needs no rounding without a smallest unit, and has one edition. It keeps
# no accounts.
NOT_CONCERNED = {
    *("mitigation", "rounding", "governing_edition", "awards"),
    *("assessment_period", "lapse", "awards_against", "status_from"),
}


def test_the_standard_is_silent_about_every_field_of_the_policy_that_concerns_it() -> None:
    assert {silence.field for silence in ERROR_POINTS.silences} == SILENT_ABOUT
    assert {field.name for field in attrs.fields(Policy)} == SILENT_ABOUT | NOT_CONCERNED


@pytest.mark.parametrize("silence", ERROR_POINTS.silences, ids=lambda silence: silence.field)
def test_each_silence_is_worded_in_its_scripts(silence: Silence) -> None:
    assert silence.text.zh_hant.encode("big5")
    assert silence.text.zh_hans.encode("gb2312")
    assert silence.text.en.isascii()
    translated = silence.text.zh_hant.translate(str.maketrans(TRADITIONAL, SIMPLIFIED))
    assert len(translated) == len(silence.text.zh_hans)
