"""Allowances: what a field or an argument allows is said in Chinese as it is in English."""

import ast
import pickle
import re
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmappraisal
from allowances import trees
from cmappraisal import FieldError, LanguageError, Problem, ProblemCode, Text, Violation
from cmappraisal.allowances import in_place_of, missing, not_allowed
from cmappraisal.flaw_wordings import WordedFlaw
from english import english_in


def test_what_no_wording_says_is_not_said_in_chinese() -> None:
    assert not_allowed("$.a", 1, "whatever you like").chinese is None
    assert missing("$.a", "whatever you like").chinese is None


class Broken(tzinfo):
    def utcoffset(self, moment: datetime | None) -> None:
        raise RuntimeError

    dst = tzname = utcoffset

    def __repr__(self) -> str:
        raise RuntimeError


class Unshowable:
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "hant", "hans"),
    [
        (0, "現為 0；", "现为 0；"),
        pytest.param(10**5000, "現為（無法顯示的 int）；", "现为（无法显示的 int）；", id="huge"),
        (None, "現為 None；", "现为 None；"),
        ("", "現為空白；", "现为空白；"),
        (ProblemCode.REPEATED, "現為 'repeated'；", "现为 'repeated'；"),
        ("x", "現為 'x'；", "现为 'x'；"),
        (date(2025, 3, 2), "現為 2025-03-02；", "现为 2025-03-02；"),
        (
            datetime(2025, 3, 2, tzinfo=UTC),
            "現為 2025-03-02 00:00:00+00:00；",
            "现为 2025-03-02 00:00:00+00:00；",
        ),
        (
            datetime(2025, 3, 2, tzinfo=Broken()),
            "現為（無法顯示的 datetime）；",
            "现为（无法显示的 datetime）；",
        ),
        (time(9, 30), "現為 09:30:00；", "现为 09:30:00；"),
        (Decimal("9" * 90), f"現為 Decimal('{'9' * 71}...；", f"现为 Decimal('{'9' * 71}...；"),
        (Decimal("2.50"), "現為 2.50；", "现为 2.50；"),
        (Unshowable(), "現為（無法顯示的 Unshowable）；", "现为（无法显示的 Unshowable）；"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value: object, hant: str, hans: str) -> None:
    problem = not_allowed("$.quantity", value, "an int from 1")
    assert problem.code is ProblemCode.NOT_ALLOWED
    assert problem.chinese == (f"{hant}須為 1 或以上的整數", f"{hans}须为 1 或以上的整数")


def test_a_problem_keeps_its_chinese_wherever_it_is_seen_from() -> None:
    unread = not_allowed("$.quantity", 0, "an int from 1")
    seen = unread.within("$.violation")
    assert unread.made_later is not None
    assert seen.chinese == ("現為 0；須為 1 或以上的整數", "现为 0；须为 1 或以上的整数")
    again = seen.within("$.entries[3]")
    assert (again.path, again.chinese) == ("$.entries[3].violation.quantity", seen.chinese)


def test_a_problem_is_pickled_with_its_chinese() -> None:
    problem = not_allowed("$.quantity", 0, "an int from 1").within("$.violation")
    again = pickle.loads(pickle.dumps(problem))
    assert again == problem
    assert again.chinese == ("現為 0；須為 1 或以上的整數", "现为 0；须为 1 或以上的整数")


def test_what_is_there_can_be_said_in_words() -> None:
    found = ("浮點數 0.5", "浮点数 0.5", "the float 0.5")
    problem = in_place_of("$.floor", found, "an int", ProblemCode.REPEATED)
    assert problem.message == "the float 0.5; allowed: an int"
    assert problem.chinese == ("現為浮點數 0.5；須為整數", "现为浮点数 0.5；须为整数")


def test_a_missing_field_says_what_is_allowed_there() -> None:
    assert missing("$.id").explain("zh-Hant") == "id：缺少此欄位，必須填寫"
    problem = missing("$.kind", '"add", "waive"')
    assert problem.explain("zh-Hans") == "kind：缺少此字段，须填写下列之一：add、waive"


def test_a_language_is_asked_for_in_words() -> None:
    with pytest.raises(LanguageError) as caught:
        Text.same("A").in_language("fr")  # type: ignore[arg-type]
    assert str(caught.value) == "language is 'fr'; allowed: zh-Hant, zh-Hans, en"
    (problem,) = caught.value.problems
    said = "language：现为 'fr'；须为下列之一：zh-Hant、zh-Hans、en"
    assert problem.explain("zh-Hans") == said


@attrs.frozen
class Nothing:
    """What no field takes."""


def classes() -> list[Any]:
    found = {
        value
        for within, _ in trees()
        for value in within.values()
        if isinstance(value, type) and attrs.has(value) and value.__module__.startswith("cmapp")
    }
    return sorted(found, key=lambda kind: (kind.__module__, kind.__qualname__))


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__qualname__)
def test_whatever_a_field_rejects_is_said_in_chinese(kind: Any) -> None:
    unsaid: list[Problem] = []
    for attribute in attrs.fields(kind):
        if attribute.validator is None:
            continue
        for value in (Nothing(), (Nothing(),), "\u200b"):
            try:
                attribute.validator(object.__new__(kind), attribute, value)
            except FieldError as error:
                unsaid += [each for each in error.problems if each.chinese is None]
            except (AttributeError, TypeError):
                # It looks at a field that is not there.
                continue
    assert unsaid == []


def test_every_field_that_does_not_fit_is_said() -> None:
    with pytest.raises(FieldError) as caught:
        Violation("", "RM-01", rule="3.1", occurred_on=5, quantity=0)  # type: ignore[arg-type]
    assert [each.explain("zh-Hans") for each in caught.value.problems] == [
        "id：现为空白；须为编号：一行之内、最多 200 个字符的文字（NFKC），首尾没有空格",
        "occurred_on：现为 5；须为日期（datetime.date），例如 2025-03-02；不可用 datetime 或字符串",
        "quantity：现为 0；须为 1 至 1000000 的整数",
    ]


def flaws() -> list[WordedFlaw]:
    trees()
    kinds = sorted(WordedFlaw.__subclasses__(), key=lambda kind: kind.__qualname__)
    return [flaw for kind in kinds for flaw in kind]


@pytest.mark.parametrize("flaw", flaws(), ids=str)
def test_every_flaw_is_said_in_chinese_with_the_values_of_the_english(flaw: WordedFlaw) -> None:
    places = set(re.findall(r"\{\d\}", flaw.text.en))
    assert flaw.text.zh_hant.encode("big5")
    assert flaw.text.zh_hans.encode("gb2312")
    for said in (flaw.text.zh_hant, flaw.text.zh_hans):
        assert set(re.findall(r"\{\d\}", said)) <= places
        assert english_in(said) == set()


def test_every_problem_is_made_by_what_says_it_in_chinese() -> None:
    made = {
        within["__name__"]
        for within, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and within.get("Problem") is cmappraisal.Problem
        if getattr(node.func, "id", "") == "Problem"
    }
    of_the_ground = {f"cmappraisal.{name}" for name in ("allowances", "errors", "flaw_wordings")}
    assert made == of_the_ground


def test_no_error_is_made_of_a_message_alone() -> None:
    made = [
        ast.unparse(node)
        for within, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(kind := within.get(getattr(node.func, "id", "")), type)
        and issubclass(kind, cmappraisal.AppraisalError)
        and isinstance(node.args[0], (ast.Constant, ast.JoinedStr))
    ]
    assert made == []
