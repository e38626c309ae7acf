"""Error points (差錯積分): the standard for relationship managers, clause by clause.

33 clauses in four chapters make 42 rules, since a clause that states several penalties is split
into limbs a, b and c. The order, the figures and the triggers are the standard's; the wording is
the library's own.
"""

from __future__ import annotations

from typing import Final

from cmappraisal.consequences import Consequence, Status
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Circumstance, Deduction, Part, Referral, Rule, Unit
from cmappraisal.silences import Silence
from cmappraisal.texts import Text

_EACH_TIME = Unit.OCCURRENCE
_EACH_CUSTOMER = Unit.CUSTOMER
_UNSTATED = Unit.UNSTATED

_RISK = "risk"
_ADVERSE_EFFECT = "adverse-effect"
_SEVERE_EFFECT = "severe-effect"
_EGREGIOUS = "egregious"
_SERIOUS = "serious"
_ASSET_DETERIORATION = "asset-deterioration"

_REVOKED = "revoked"

_CIRCUMSTANCES = (
    Circumstance(_RISK, Text("給本行帶來風險", "给本行带来风险", en="risk to the bank")),
    Circumstance(_ADVERSE_EFFECT, Text("不良影響", "不良影响", en="adverse effect")),
    Circumstance(
        _SEVERE_EFFECT,
        Text("惡劣影響", "恶劣影响", en="severe effect"),
        implies={_ADVERSE_EFFECT},
    ),
    Circumstance(_EGREGIOUS, Text("情節惡劣", "情节恶劣", en="egregious conduct")),
    Circumstance(_SERIOUS, Text("情節嚴重", "情节严重", en="serious case")),
    Circumstance(
        _ASSET_DETERIORATION, Text("資產質量變壞", "资产质量变坏", en="asset deterioration")
    ),
)

_CONSEQUENCES = (
    Consequence(
        _REVOKED,
        Text("取消客戶經理資格", "取消客户经理资格", en="the qualification is revoked"),
        status=Status.REVOKED,
    ),
)

_ETHICS = Part(
    "1",
    Text("職業操守", "职业操守", en="Professional ethics"),
    citation="1",
    rules=[
        Rule(
            "1.1",
            Text(
                "辦理業務違反制度或操作規程",
                "办理业务违反制度或操作规程",
                en="Operating in breach of rules or procedures",
            ),
            penalty=Deduction(10, _EACH_TIME),
            citation="1.1",
            aggravated_by={_RISK, _ADVERSE_EFFECT},
            consequences={_REVOKED: {_EGREGIOUS}},
        ),
        Rule(
            "1.2",
            Text(
                "對客戶冷淡推諉、超出權限作出承諾，或以不實之詞欺瞞客戶",
                "对客户冷淡推诿、超出权限作出承诺，或以不实之词欺瞒客户",
                en="Neglecting, deceiving, or promising beyond one's authority to, a customer",
            ),
            penalty=Deduction(10, _EACH_TIME),
            citation="1.2",
            aggravated_by={_ADVERSE_EFFECT},
            consequences={_REVOKED: {_EGREGIOUS}},
        ),
        Rule(
            "1.3",
            Text(
                "拓展客戶時以貶損同事、放寬標準等不當手法在行內爭搶業務",
                "拓展客户时以贬损同事、放宽标准等不当手法在行内争抢业务",
                en="Competing with colleagues for customers by improper means, such as disparaging "
                "them or lowering standards",
            ),
            penalty=Deduction(5, _EACH_TIME),
            citation="1.3",
            aggravated_by={_SEVERE_EFFECT},
        ),
        Rule(
            "1.4",
            Text(
                "對外透露本行或客戶的商業秘密",
                "对外透露本行或客户的商业秘密",
                en="Disclosing trade secrets of the bank or of a customer",
            ),
            penalty=Deduction(10, _EACH_TIME, discretionary=True),
            citation="1.4",
            aggravated_by={_SEVERE_EFFECT},
        ),
        Rule(
            "1.5",
            Text(
                "夥同客戶造假，騙取本行信任",
                "伙同客户造假，骗取本行信任",
                en="Colluding with a customer in falsification to deceive the bank",
            ),
            citation="1.5",
            consequences={_REVOKED},
        ),
        Rule(
            "1.6",
            Text(
                "有違反法律或紀律的行為",
                "有违反法律或纪律的行为",
                en="Breaking the law or breaching discipline",
            ),
            citation="1.6",
            consequences={_REVOKED},
        ),
        Rule(
            "1.7a",
            Text(
                "視客戶為個人資源，經要求仍不交出客戶資料",
                "视客户为个人资源，经要求仍不交出客户资料",
                en="Treating a customer as one's own and refusing to hand over customer "
                "information when required",
            ),
            penalty=Deduction(5, _UNSTATED),
            citation="1.7a",
        ),
        Rule(
            "1.7b",
            Text(
                "不願或消極對待與同事聯合服務客戶",
                "不愿或消极对待与同事联合服务客户",
                en="Refusing, or not cooperating, to serve a customer together with colleagues",
            ),
            penalty=Deduction(20, _UNSTATED),
            citation="1.7b",
        ),
        Rule(
            "1.8",
            Text(
                "服務客戶期間訊息通報滯後、配合被動，或未完成客戶經理小組交辦的工作",
                "服务客户期间信息通报滞后、配合被动，或未完成客户经理小组交办的工作",
                en="In serving a customer: informing colleagues late, cooperating half-heartedly, "
                "or not doing the work the relationship-manager team asks for",
            ),
            penalty=Deduction(10, _UNSTATED),
            citation="1.8",
        ),
    ],
)

_BASIC_MANAGEMENT = Part(
    "2",
    Text("日常基礎管理", "日常基础管理", en="Basic management"),
    citation="2",
    rules=[
        Rule(
            "2.1",
            Text(
                "客戶拜訪未達規定，或訪後報告遲延",
                "客户拜访未达规定，或访后报告迟延",
                en="Customer visits not made as required, or reported late",
            ),
            penalty=Deduction(1, _EACH_TIME),
            citation="2.1",
        ),
        Rule(
            "2.2",
            Text(
                "客戶檔案的建立不合規定，或歸檔遲延",
                "客户档案的建立不合规定，或归档迟延",
                en="Customer files not set up as required, or filed late",
            ),
            penalty=Deduction(1, _EACH_TIME),
            citation="2.2",
        ),
        Rule(
            "2.3",
            Text(
                "客戶、市場或產品資訊的蒐集與回報滯後，妨礙營銷工作",
                "客户、市场或产品信息的收集与回报滞后，妨碍营销工作",
                en="Customer, market or product information gathered or passed on late, to the "
                "detriment of marketing",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="2.3",
        ),
        Rule(
            "2.4",
            Text(
                "工作報告未按期提交，或內容不達標",
                "工作报告未按期提交，或内容不达标",
                en="Work reports not submitted regularly, or short of the required content",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="2.4",
        ),
    ],
)

_LOAN_RULES = (
    "3.1a",
    "3.1b",
    "3.2a",
    "3.2b",
    "3.3",
    "3.4",
    "3.5a",
    "3.5b",
    "3.6",
    "3.7",
    "3.8",
    "3.9",
    "3.10",
    "3.11a",
    "3.11b",
    "3.12",
    "3.13",
    "3.14",
)

_CREDIT = Part(
    "3",
    Text("信貸業務操作與管理", "信贷业务操作与管理", en="Credit operations and management"),
    citation="3",
    rules=[
        Rule(
            "3.1a",
            Text(
                "貸款資料的收集不合規定",
                "贷款资料的收集不合规定",
                en="Loan documents not collected as prescribed",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="3.1a",
            aggravated_by={_RISK},
        ),
        Rule(
            "3.1b",
            Text(
                "與客戶合謀，以不實資料套取貸款",
                "与客户合谋，以不实资料套取贷款",
                en="Obtaining a loan with false documents in collusion with the customer",
            ),
            citation="3.1b",
            consequences={_REVOKED},
        ),
        Rule(
            "3.2a",
            Text(
                "押品未依規定實地查驗或估值，或查驗流於粗疏",
                "押品未依规定实地查验或估值，或查验流于粗疏",
                en="Collateral not inspected on site or valued as prescribed, or inspected "
                "superficially",
            ),
            penalty=Deduction(5, _EACH_TIME),
            citation="3.2a",
            aggravated_by={_RISK},
        ),
        Rule(
            "3.2b",
            Text(
                "押品登記或押品手續有欠缺",
                "押品登记或押品手续有欠缺",
                en="Collateral registration or collateral documents incomplete",
            ),
            penalty=Deduction(10, _EACH_TIME),
            citation="3.2b",
            aggravated_by={_RISK},
        ),
        Rule(
            "3.3",
            Text(
                "信貸調查報告的撰寫不合規定",
                "信贷调查报告的撰写不合规定",
                en="Credit investigation report not written as prescribed",
            ),
            penalty=Deduction(5, _EACH_TIME),
            citation="3.3",
        ),
        Rule(
            "3.4",
            Text(
                "貸款簽章或放款未依規定的條件與流程辦理",
                "贷款签章或放款未依规定的条件与流程办理",
                en="Loan signing or disbursement outside the prescribed requirements and procedure",
            ),
            penalty=Deduction(10, _EACH_TIME),
            citation="3.4",
            aggravated_by={_RISK},
        ),
        Rule(
            "3.5a",
            Text(
                "系統登錄不合規定，或信貸檔案歸檔遲延",
                "系统登录不合规定，或信贷档案归档迟延",
                en="System entries not made as prescribed, or credit files archived late",
            ),
            penalty=Deduction(1, _EACH_TIME),
            citation="3.5a",
        ),
        Rule(
            "3.5b",
            Text(
                "遺失重要的信貸資料",
                "遗失重要的信贷资料",
                en="Losing important credit documents",
            ),
            penalty=Deduction(50, _UNSTATED),
            citation="3.5b",
        ),
        Rule(
            "3.6",
            Text(
                "放款後未依規定追蹤檢查貸款用途",
                "放款后未依规定追踪检查贷款用途",
                en="Use of the loan not followed up after disbursement as prescribed",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="3.6",
        ),
        Rule(
            "3.7",
            Text(
                "定期貸後檢查逾期或不合規定",
                "定期贷后检查逾期或不合规定",
                en="Regular post-loan inspection late or not as prescribed",
            ),
            penalty=Deduction(5, _EACH_TIME),
            citation="3.7",
        ),
        Rule(
            "3.8",
            Text(
                "現場檢查徒具形式，遺漏規定的項目或內容",
                "现场检查徒具形式，遗漏规定的项目或内容",
                en="On-site inspection as a formality, leaving out prescribed items",
            ),
            penalty=Deduction(1, _EACH_TIME),
            citation="3.8",
        ),
        Rule(
            "3.9",
            Text(
                "貸後檢查報告不合規定，或報告遲延",
                "贷后检查报告不合规定，或报告迟延",
                en="Post-loan inspection report not as required, or late",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="3.9",
        ),
        Rule(
            "3.10",
            Text(
                "在貸後檢查時蓄意隱匿或粉飾問題",
                "在贷后检查时蓄意隐匿或粉饰问题",
                en="Wilfully concealing or glossing over problems in post-loan inspection",
            ),
            penalty=Deduction(20, _EACH_TIME),
            citation="3.10",
            aggravated_by={_RISK},
        ),
        Rule(
            "3.11a",
            Text(
                "未依規定預先提醒客戶備妥到期本息",
                "未依规定预先提醒客户备妥到期本息",
                en="Customer not reminded in advance, as prescribed, of principal and interest due",
            ),
            penalty=Deduction(1, _EACH_TIME),
            citation="3.11a",
        ),
        Rule(
            "3.11b",
            Text(
                "因未預先提醒，客戶拖欠利息或逾期還本付息",
                "因未预先提醒，客户拖欠利息或逾期还本付息",
                en="Interest in arrears or repayment overdue for want of that reminder",
            ),
            penalty=Deduction(10, _EACH_TIME),
            citation="3.11b",
        ),
        Rule(
            "3.12",
            Text(
                "貸款五級分類不合規定",
                "贷款五级分类不合规定",
                en="Five-category loan classification not carried out as prescribed",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="3.12",
        ),
        Rule(
            "3.13",
            Text(
                "接手他人業務後，未盡防止資產劣化的管理責任",
                "接手他人业务后，未尽防止资产劣化的管理责任",
                en="Business taken over from a colleague not managed with the duty to keep assets "
                "sound",
            ),
            penalty=Deduction(10, _EACH_TIME),
            citation="3.13",
            aggravated_by={_ASSET_DETERIORATION},
        ),
        Rule(
            "3.14",
            Text(
                "貸後管理缺位，對危及貸款的重大變故失察或遲報，使本行資產出現風險或風險加劇",
                "贷后管理缺位，对危及贷款的重大变故失察或迟报，使本行资产出现风险或风险加剧",
                en="Post-loan management neglected: a grave change endangering the loan missed or "
                "reported late, so that the bank's assets came under risk or greater risk",
            ),
            penalty=Deduction(30, _UNSTATED),
            citation="3.14",
            consequences={_REVOKED: {_SERIOUS}},
        ),
        Rule(
            "3.15",
            Text(
                "借新還舊未比照新增貸款調查或管理，適用相應的貸款條款",
                "借新还旧未比照新增贷款调查或管理，适用相应的贷款条款",
                en="Loan rollover not investigated or managed like a new loan: the loan rule "
                "concerned applies",
            ),
            penalty=Referral(to=_LOAN_RULES),
            citation="3.15",
        ),
        Rule(
            "3.16a",
            Text(
                "票據承兌違反貸款操作或管理標準，適用相應的貸款條款",
                "票据承兑违反贷款操作或管理标准，适用相应的贷款条款",
                en="Bill acceptance in breach of the standards for loans: the loan rule concerned "
                "applies",
            ),
            penalty=Referral(to=_LOAN_RULES),
            citation="3.16a",
        ),
        Rule(
            "3.16b",
            Text(
                "票據承兌未查證貿易背景屬實、保證金來源合理",
                "票据承兑未查证贸易背景属实、保证金来源合理",
                en="Bill acceptance without verifying that the trade is genuine and the margin "
                "deposit of reasonable origin",
            ),
            penalty=Deduction(5, _EACH_TIME),
            citation="3.16b",
            aggravated_by={_RISK},
        ),
        Rule(
            "3.17a",
            Text(
                "個人貸款所收資料不合規定、有缺漏或不屬實",
                "个人贷款所收资料不合规定、有缺漏或不属实",
                en="Personal lending: documents not as prescribed, incomplete or untrue",
            ),
            penalty=Deduction(1, _UNSTATED),
            citation="3.17a",
            aggravated_by={_RISK},
            displaces={"3.1a"},
        ),
        Rule(
            "3.17b",
            Text(
                "個人貸款調查不合規定、有缺漏或不屬實，或押品手續未辦妥",
                "个人贷款调查不合规定、有缺漏或不属实，或押品手续未办妥",
                en="Personal lending: credit investigation not as prescribed, incomplete or "
                "untrue, or collateral formalities not completed",
            ),
            penalty=Deduction(2, _EACH_TIME),
            citation="3.17b",
            aggravated_by={_RISK},
            displaces={"3.2a", "3.2b", "3.3"},
        ),
        Rule(
            "3.17c",
            Text(
                "個人貸款未按期檢查、監督",
                "个人贷款未按期检查、监督",
                en="Personal lending: loan not inspected and monitored on time",
            ),
            penalty=Deduction(5, _EACH_TIME),
            citation="3.17c",
            aggravated_by={_RISK},
            displaces={"3.6", "3.7"},
        ),
        Rule(
            "3.18",
            Text(
                "信貸管理方面其他不合要求的情形",
                "信贷管理方面其他不合要求的情形",
                en="Any other shortcoming in credit management",
            ),
            penalty=Deduction(1, _EACH_TIME),
            citation="3.18",
            aggravated_by={_RISK},
            residual="3",
        ),
    ],
)

_SERVICE = Part(
    "4",
    Text("服務品質", "服务质量", en="Service quality"),
    citation="4",
    rules=[
        Rule(
            "4.1a",
            Text(
                "服務欠周，使重點客戶的業務量下降",
                "服务欠周，使重点客户的业务量下降",
                en="A key customer's business falling off for want of service",
            ),
            penalty=Deduction(5, _EACH_CUSTOMER),
            citation="4.1a",
        ),
        Rule(
            "4.1b",
            Text(
                "服務欠周，使重點客戶離開本行",
                "服务欠周，使重点客户离开本行",
                en="A key customer lost for want of service",
            ),
            penalty=Deduction(20, _EACH_CUSTOMER),
            citation="4.1b",
        ),
        Rule(
            "4.2",
            Text(
                "服務方案缺位或落實不力，使客戶業務整體偏於單一",
                "服务方案缺位或落实不力，使客户业务整体偏于单一",
                en="No customer service plan, or none put into effect, so that the customers' "
                "business stays one-sided on the whole",
            ),
            penalty=Deduction(5, _UNSTATED),
            citation="4.2",
        ),
        Rule(
            "4.3",
            Text(
                "服務客戶時粗暴無禮、敷衍塞責、發生重大差失，或被客戶投訴",
                "服务客户时粗暴无礼、敷衍塞责、发生重大差失，或被客户投诉",
                en="Rudeness, irresponsibility, a grave mistake or a customer's complaint in "
                "customer service",
            ),
            penalty=Deduction(20, _EACH_TIME),
            citation="4.3",
        ),
    ],
)

_SAYS_NOTHING = Text("未作規定", "未作规定", en="says nothing")

_SILENCES = (
    Silence(
        Text("只說加重，未說加重多少", "只说加重，未说加重多少", en="says heavier, not how much"),
        field="aggravation",
    ),
    Silence(
        Text(
            "有的扣分未寫明按次還是按戶",
            "有的扣分未写明按次还是按户",
            en="deducts points in seven places without saying for each what",
        ),
        field="unstated_unit",
    ),
    Silence(
        Text(
            "要求視情節扣分，未說如何取值",
            "要求视情节扣分，未说如何取值",
            en="deducts by the circumstances, without saying how they set the amount",
        ),
        field="discretion",
    ),
    Silence(_SAYS_NOTHING, field="reconsideration"),
    Silence(_SAYS_NOTHING, field="smallest_unit"),
    Silence(_SAYS_NOTHING, field="concurrence"),
    Silence(
        Text(
            "未說個人貸款條款與一般貸款條款的關係",
            "未说个人贷款条款与一般贷款条款的关系",
            en="does not say how the rules on personal lending meet those on lending at large",
        ),
        field="displacement",
    ),
    Silence(_SAYS_NOTHING, field="pending_appeals"),
    Silence(_SAYS_NOTHING, field="counted_on"),
    Silence(
        Text("未設起始分", "未设起始分", en="has no starting score"),
        field="full_marks",
    ),
    Silence(Text("未設下限", "未设下限", en="has no lower end"), field="floor"),
    Silence(Text("未分等級", "未分等级", en="has no bands"), field="grades"),
    Silence(_SAYS_NOTHING, field="revoked_result"),
)

ERROR_POINTS: Final = Rulebook(
    "error-points",
    "1.0",
    text=Text(
        "客戶經理差錯積分標準",
        "客户经理差错积分标准",
        en="Error-points standard for relationship managers",
    ),
    levels=[
        Text("章", "章", en="chapter"),
        Text("條", "条", en="clause"),
        Text("項", "项", en="limb"),
    ],
    circumstances=_CIRCUMSTANCES,
    consequences=_CONSEQUENCES,
    parts=[_ETHICS, _BASIC_MANAGEMENT, _CREDIT, _SERVICE],
    silences=_SILENCES,
)
"""The error-points standard: 42 rules in four chapters; see
:doc:`/explanation/reading`."""
