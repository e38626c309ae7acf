"""Flaws of trees of people: what is wrong with their salts and leaves, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class PeopleTreeFlaw(WordedFlaw):
    """What can be wrong with a tree of people: the code of the problem, and its wording."""

    SALT_TWICE = (
        "salt-twice",
        ProblemCode.REPEATED,
        Text(
            "「{0}」的隨機值與他人的相同；請為每人另取隨機值",
            "“{0}”的随机值与他人的相同；请为每人另取随机值",
            en='the salt of "{0}" is that of another too; give each a salt of their own',
        ),
    )
    NO_SALT = (
        "no-salt",
        ProblemCode.MISSING,
        Text(
            "「{0}」有登記但不在名單上；請為其填寫隨機值",
            "“{0}”有登记但不在名单上；请为其填写随机值",
            en='"{0}" has entries and is not on the list; add a salt for them',
        ),
    )
    OTHER_ROOT = (
        "other-root",
        ProblemCode.DISAGREES,
        Text(
            "各葉得出的根值為 {0}，而不是 {1}；請索取所公布的人員樹",
            "各叶得出的根值为 {0}，而不是 {1}；请索取所公布的人员树",
            en="the leaves make the root {0}, not {1}; ask for the tree that was published",
        ),
    )
    SEVERAL_LEDGERS = (
        "several-ledgers",
        ProblemCode.CONTRADICTION,
        Text(
            "各葉涉及多份台賬；請索取只涉及一份台賬的人員樹",
            "各叶涉及多份台账；请索取只涉及一份台账的人员树",
            en="the leaves are about several ledgers; ask for a tree over one",
        ),
    )
    NO_LEAF = (
        "no-leaf",
        ProblemCode.MISSING,
        Text(
            "「{0}」在員工名單上，但沒有葉；請索取有其葉的人員樹",
            "“{0}”在员工名单上，但没有叶；请索取有其叶的人员树",
            en='"{0}" is on the staff list and has no leaf; ask for a tree that has one',
        ),
    )
    NOT_ON_THE_LIST = (
        "not-on-the-list",
        ProblemCode.UNKNOWN_ID,
        Text(
            "「{0}」有葉，但不在員工名單上；請查明是誰",
            "“{0}”有叶，但不在员工名单上；请查明是谁",
            en='"{0}" has a leaf and is not on the staff list; ask who that is',
        ),
    )
    SEVERAL_LEAVES = (
        "several-leaves",
        ProblemCode.REPEATED,
        Text(
            "「{0}」有 {1} 片葉；請索取每人一片葉的人員樹",
            "“{0}”有 {1} 片叶；请索取每人一片叶的人员树",
            en='"{0}" has {1} leaves; ask for a tree with one',
        ),
    )
    UNNAMED_ENTRIES = (
        "unnamed-entries",
        ProblemCode.MISSING,
        Text(
            "沒有葉載明位置 {0} 的登記；請查明涉及何人",
            "没有叶载明位置 {0} 的登记；请查明涉及何人",
            en="no leaf names the entries at {0}; ask about whom they are",
        ),
    )
    OF_ANOTHER_LEDGER = (
        "of-another-ledger",
        ProblemCode.DISAGREES,
        Text(
            "「{0}」的葉屬於另一台賬；請索取屬於本台賬的葉",
            "“{0}”的叶属于另一台账；请索取属于本台账的叶",
            en='the leaf of "{0}" is about another ledger; ask for one about this',
        ),
    )
    OTHER_ENTRIES = (
        "other-entries",
        ProblemCode.DISAGREES,
        Text(
            "「{0}」的葉沒有載明涉及其本人的登記；請索取載明的葉",
            "“{0}”的叶没有载明涉及其本人的登记；请索取载明的叶",
            en='the leaf of "{0}" does not name the entries about them; ask for one that does',
        ),
    )
