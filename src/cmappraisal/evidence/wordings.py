"""Wordings of what is verified, in three languages."""

from __future__ import annotations

from cmappraisal.texts import Text

TITLE = Text("個人檔案核驗", "个人档案核验", en="Verification of the file")
PERSON = Text("客戶經理：{}", "客户经理：{}", en="Relationship manager: {}")
HOLDS = Text("成立", "成立", en="holds")
FAILS = Text("不成立", "不成立", en="does not hold")
UNPROVED = Text("未能證明", "未能证明", en="is not proved")
LINE = Text("{}. {}：{}。{}", "{}. {}：{}。{}", en="{}. {} {}: {}")

SAME_ROOT = Text(
    "所載根值及條數與公布者一致",
    "所载根值及条数与公布者一致",
    en="the root and the size in the file are those that were published",
)
OTHER_ROOT = Text(
    "檔案所載條數 {}、根值 {}，公布者條數 {}、根值 {}",
    "档案所载条数 {}、根值 {}，公布者条数 {}、根值 {}",
    en="the file has the size {} and the root {}, and published were the size {} and the root {}",
)
ALL_IN = Text(
    "所附 {} 條均在台賬所示位置",
    "所附 {} 条均在台账所示位置",
    en="each of the {} entries stands in the ledger where the file says",
)
NOT_IN = Text(
    "下列位置的內容與台賬不符：{}",
    "下列位置的内容与台账不符：{}",
    en="what the file has at these places is not what the ledger has: {}",
)
ITS_OWN = Text(
    "所附各條均涉及本人，或為評分所引用",
    "所附各条均涉及本人，或为评分所引用",
    en="each entry is about the person, or the appraisal read it",
)
OF_OTHERS = Text(
    "下列位置既不涉及本人，評分亦未引用：{}",
    "下列位置既不涉及本人，评分亦未引用：{}",
    en="these places are not about the person, and the appraisal did not read them: {}",
)
NOTHING_LEFT_OUT = Text(
    "人員樹載明涉及本人者共 {} 條，均已附上",
    "人员树载明涉及本人者共 {} 条，均已附上",
    en="the tree of people names {} entries about the person, and all are there",
)
LEFT_OUT = Text(
    "人員樹載明、而檔案未附的位置：{}",
    "人员树载明、而档案未附的位置：{}",
    en="the tree of people names these places, and the file does not have them: {}",
)
UNNAMED = Text(
    "涉及本人、而人員樹未載明的位置：{}",
    "涉及本人、而人员树未载明的位置：{}",
    en="these places are about the person, and the tree of people does not name them: {}",
)
NO_LEAF = Text(
    "檔案未附人員樹的證明，無從得知有無其他登記",
    "档案未附人员树的证明，无从得知有无其他登记",
    en="the file has no proof from the tree of people, so there may be other entries",
)
NO_PEOPLE_ROOT = Text(
    "未提供已公布的人員樹根值，無從比對",
    "未提供已公布的人员树根值，无从比对",
    en="no published root of the tree of people was given to compare with",
)
LEAF_NOT_IN = Text(
    "本人不在已公布根值的人員樹中",
    "本人不在已公布根值的人员树中",
    en="the person is not in the tree of people whose root was published",
)
LEAF_OF_ANOTHER = Text(
    "人員樹的證明屬於他人，或屬於另一台賬",
    "人员树的证明属于他人，或属于另一台账",
    en="the proof from the tree of people is of somebody else, or of another ledger",
)
GREW = Text(
    "先前 {} 條、根值 {} 的台賬即為本台賬的開頭",
    "先前 {} 条、根值 {} 的台账即为本台账的开头",
    en="the earlier ledger of {} entries with the root {} is how this one begins",
)
NOT_GROWN = Text(
    "先前 {} 條、根值 {} 的台賬並非本台賬的開頭",
    "先前 {} 条、根值 {} 的台账并非本台账的开头",
    en="the earlier ledger of {} entries with the root {} is not how this one begins",
)
NO_EARLIER = Text(
    "檔案未附先前台賬的證明",
    "档案未附先前台账的证明",
    en="the file has no proof from an earlier ledger",
)
SAME_DIGESTS = Text(
    "評分所依的標準及政策與所載摘要一致",
    "评分所依的标准及政策与所载摘要一致",
    en="the appraisal was made by the rulebooks and the policy whose digests the file has",
)
OTHER_DIGESTS = Text(
    "摘要不符：{}",
    "摘要不符：{}",
    en="these digests in the file are not those of the appraisal: {}",
)
MADE_AGAIN = Text(
    "由所附登記重新評分，結果完全相同（{} 分）",
    "由所附登记重新评分，结果完全相同（{} 分）",
    en="the entries make the same appraisal once more ({} points)",
)
MADE_OTHERWISE = Text(
    "由所附登記重新評分得 {} 分，與所載評分（{} 分）不同",
    "由所附登记重新评分得 {} 分，与所载评分（{} 分）不同",
    en="the entries make another appraisal, of {} points, than the file has, of {}",
)
NOT_MADE = Text(
    "所附登記無法評分：{}",
    "所附登记无法评分：{}",
    en="the entries make no appraisal: {}",
)
POLICY = Text("政策", "政策", en="policy")
ANSWERS = Text(
    "本人對他人的行為負有責任，而檔案未附他人的全部登記，無從重新評分",
    "本人对他人的行为负有责任，而档案未附他人的全部登记，无从重新评分",
    en="the person answers for others, of whom the file has not all entries, so the appraisal "
    "cannot be made again",
)
UNREAD = Text(
    "評分引用而檔案未附的個案：{}",
    "评分引用而档案未附的个案：{}",
    en="the appraisal has lines about these cases, which the file does not have: {}",
)
NO_APPRAISAL = Text("檔案未附評分", "档案未附评分", en="the file has no appraisal")
