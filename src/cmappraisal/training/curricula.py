"""Curricula: the courses of the three training plans of the source.

The wording is the library's, and so is the mapping from courses to the rules that they remedy.
"""

from __future__ import annotations

from typing import Final

from cmappraisal.texts import Text
from cmappraisal.training.courses import Course, Curriculum, Domain, Level

_ATTITUDE = Domain.ATTITUDE
_SKILL = Domain.SKILL
_KNOWLEDGE = Domain.KNOWLEDGE

VIP_TOPICS: Final = Curriculum(
    "vip-topics",
    "1.0",
    text=Text("VIP 服務團隊學習內容", "VIP 服务团队学习内容", en="What a VIP service team studies"),
    courses=[
        Course(
            "vip-services",
            Text(
                "VIP 服務內容及評級辦法",
                "VIP 服务内容及评级办法",
                en="VIP services and how they are rated",
            ),
            domain=_KNOWLEDGE,
        ),
        Course(
            "customer-indicators",
            Text(
                "重點個人客戶與中高端客戶的指標",
                "重点个人客户与中高端客户的指标",
                en="Indicators for key individual and for upper-tier customers",
            ),
            domain=_KNOWLEDGE,
        ),
        Course(
            "data-services",
            Text("數據類業務", "数据类业务", en="Data services"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "knowledge-base",
            Text("知識庫各項內容", "知识库各项内容", en="All that is in the knowledge base"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "monthly-programme",
            Text(
                "市客服中心的當月課程",
                "市客服中心的当月课程",
                en="The city service centre's programme of the month",
            ),
            domain=_KNOWLEDGE,
        ),
        Course(
            "new-business",
            Text("業務新知", "业务新知", en="What is new in the business"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "service-skills",
            Text("服務技巧與禮儀", "服务技巧与礼仪", en="Service skills and etiquette"),
            domain=_SKILL,
        ),
        Course(
            "campaigns",
            Text("近期推廣活動", "近期推广活动", en="Campaigns that are on"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "outbound-calls",
            Text("致電客戶", "致电客户", en="Calling customers by telephone"),
            domain=_SKILL,
        ),
        Course(
            "set-books",
            Text("指定讀物", "指定读物", en="The set books"),
            domain=_KNOWLEDGE,
        ),
    ],
)
"""The courses of :data:`~cmappraisal.training.VIP_SERVICE`."""

ASK_COURSES: Final = Curriculum(
    "ask",
    "1.0",
    text=Text(
        "態度、技能與知識課程",
        "态度、技能与知识课程",
        en="Courses of attitude, skill and knowledge",
    ),
    courses=[
        Course(
            "bank-history",
            Text("本行發展歷程", "本行发展历程", en="How the bank has grown"),
            domain=_ATTITUDE,
        ),
        Course(
            "bank-culture",
            Text("本行文化與價值取向", "本行文化与价值取向", en="The bank's culture and values"),
            domain=_ATTITUDE,
            contents=[
                Text("忠於銀行", "忠于银行", en="Loyalty: a career that grows with the bank"),
                Text("關愛客戶", "关爱客户", en="Care for customers"),
                Text("事業進取", "事业进取", en="Drive in one's work"),
                Text("細節上的耐性", "细节上的耐性", en="Patience with detail"),
                Text("必勝的信念", "必胜的信念", en="Confidence, and not giving up"),
            ],
            remedies={"1.5", "1.6", "1.7a", "3.1b"},
        ),
        Course(
            "professionalism",
            Text("職業精神", "职业精神", en="Professionalism"),
            domain=_ATTITUDE,
            remedies={"1.1", "1.4", "1.5", "1.6", "3.1b", "3.10", "3.13"},
        ),
        Course(
            "teamwork",
            Text("團隊協作", "团队协作", en="Teamwork"),
            domain=_ATTITUDE,
            contents=[
                Text(
                    "支行與部門都是團隊",
                    "支行与部门都是团队",
                    en="A branch, and a department, as a team",
                ),
                Text(
                    "大額銷售中的協同",
                    "大额销售中的协同",
                    en="Acting as one in a large sale, across departments",
                ),
            ],
            remedies={"1.3", "1.7a", "1.7b", "1.8"},
        ),
        Course(
            "customer-service-awareness",
            Text("服務客戶的意識", "服务客户的意识", en="Awareness of customer service"),
            domain=_ATTITUDE,
            remedies={"1.2", "4.1a", "4.1b", "4.3"},
        ),
        Course(
            "quality-awareness",
            Text("品質意識", "品质意识", en="Awareness of quality"),
            domain=_ATTITUDE,
            remedies={"1.1", "2.2", "3.5b", "3.8"},
        ),
        Course(
            "cost-awareness",
            Text("成本意識", "成本意识", en="Awareness of cost"),
            domain=_ATTITUDE,
        ),
        Course(
            "attitude-to-learning",
            Text("對學習的態度", "对学习的态度", en="Attitude to learning"),
            domain=_ATTITUDE,
        ),
        Course(
            "self-motivation",
            Text("自我激勵", "自我激励", en="Motivating oneself"),
            domain=_ATTITUDE,
        ),
        Course(
            "stress-management",
            Text("應對壓力", "应对压力", en="Coping with stress"),
            domain=_ATTITUDE,
            remedies={"4.3"},
        ),
        Course(
            "preparing-to-sell",
            Text("銷售前的準備", "销售前的准备", en="Preparing to sell"),
            domain=_SKILL,
            level=Level.BASIC,
            contents=[
                Text("銷售思路", "销售思路", en="How a sale goes"),
                Text("目標客戶", "目标客户", en="The bank's target customers"),
                Text("銷售計劃", "销售计划", en="A plan of sales"),
            ],
        ),
        Course(
            "sales-etiquette",
            Text("銷售禮儀", "销售礼仪", en="Sales etiquette"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"4.3"},
        ),
        Course(
            "approaching-customers",
            Text("接觸客戶", "接触客户", en="Approaching customers"),
            domain=_SKILL,
            level=Level.BASIC,
            contents=[
                Text("致電", "致电", en="By telephone"),
                Text("登門", "登门", en="In person"),
            ],
            remedies={"2.1"},
        ),
        Course(
            "opening-a-conversation",
            Text("如何開場", "如何开场", en="Opening a conversation"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "questioning-and-listening",
            Text("提問與聆聽", "提问与聆听", en="Questioning and listening"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"2.3", "3.14"},
        ),
        Course(
            "presenting-products",
            Text("介紹與演示產品", "介绍与演示产品", en="Presenting products"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "handling-objections",
            Text("回應客戶異議", "回应客户异议", en="Handling objections"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"1.2"},
        ),
        Course(
            "closing-a-sale",
            Text("促成交易", "促成交易", en="Closing a sale"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "writing-service-proposals",
            Text("編寫服務方案", "编写服务方案", en="Writing proposals of financial services"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"3.3", "4.2"},
        ),
        Course(
            "communication",
            Text("人際溝通", "人际沟通", en="Interpersonal communication"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
            remedies={"1.8", "2.4", "3.11a", "3.11b"},
        ),
        Course(
            "public-speaking",
            Text("演講", "演讲", en="Public speaking"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
        ),
        Course(
            "negotiation",
            Text("談判", "谈判", en="Negotiation"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
        ),
        Course(
            "conflict-management",
            Text("化解衝突", "化解冲突", en="Managing conflict"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
            remedies={"1.3", "1.7b"},
        ),
        Course(
            "channel-management",
            Text("管理渠道", "管理渠道", en="Managing channels"),
            domain=_SKILL,
            level=Level.ADVANCED,
        ),
        Course(
            "key-account-sales",
            Text("管理重點客戶的銷售", "管理重点客户的销售", en="Managing sales to key accounts"),
            domain=_SKILL,
            level=Level.ADVANCED,
            remedies={"4.1a", "4.1b"},
        ),
        Course(
            "regional-sales",
            Text("管理區域銷售", "管理区域销售", en="Managing regional sales"),
            domain=_SKILL,
            level=Level.ADVANCED,
        ),
        Course(
            "sales-team-management",
            Text("管理銷售團隊", "管理销售团队", en="Managing a sales team"),
            domain=_SKILL,
            level=Level.ADVANCED,
        ),
        Course(
            "products-and-services",
            Text("銀行產品與服務", "银行产品与服务", en="The bank's products and services"),
            domain=_KNOWLEDGE,
            remedies={"3.17a", "3.17b", "3.17c"},
        ),
        Course(
            "publicity-materials",
            Text("運用宣傳資料", "运用宣传资料", en="Using publicity materials"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "computer-systems",
            Text("電腦軟件與硬件", "电脑软件与硬件", en="Computer software and hardware"),
            domain=_KNOWLEDGE,
            remedies={"3.5a"},
        ),
        Course(
            "equipment",
            Text("設備使用", "设备使用", en="Using the equipment"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "professional-knowledge",
            Text("專業知識", "专业知识", en="Professional knowledge"),
            domain=_KNOWLEDGE,
            remedies={"3.1a", "3.3", "3.7", "3.9", "3.12", "3.14", "3.18"},
        ),
        Course(
            "competitor-analysis",
            Text("分析競爭對手", "分析竞争对手", en="Analysing competitors"),
            domain=_KNOWLEDGE,
            remedies={"2.3"},
        ),
        Course(
            "corporate-credit-products",
            Text("精通對公授信產品", "精通对公授信产品", en="Mastery of corporate credit products"),
            domain=_KNOWLEDGE,
            remedies={"3.2a", "3.2b", "3.4", "3.6", "3.13", "3.15", "3.16a", "3.16b"},
        ),
    ],
)
"""The courses of :data:`~cmappraisal.training.ASK`."""

VENUE_SUBJECTS: Final = Curriculum(
    "venue-subjects",
    "1.0",
    text=Text("場所團隊的培訓科目", "场所团队的培训科目", en="What a venue's team is trained in"),
    courses=[
        Course(
            "dedication",
            Text("敬業", "敬业", en="Dedication"),
            domain=_ATTITUDE,
            contents=[
                Text(
                    "晚間工作與服務難度",
                    "晚间工作与服务难度",
                    en="Work in the evening, face to face",
                ),
                Text("服務與商譽", "服务与商誉", en="What service does to the house's name"),
            ],
        ),
        Course(
            "observation",
            Text("觀察力", "观察力", en="Keen observation"),
            domain=_SKILL,
            contents=[
                Text("從交談了解意見", "从交谈了解意见", en="Learning opinions in conversation"),
                Text("因人而異的服務", "因人而异的服务", en="Service that fits the guest"),
            ],
        ),
        Course(
            "service-attitude",
            Text("服務態度", "服务态度", en="Attitude of service"),
            domain=_ATTITUDE,
            contents=[
                Text("禮貌用語", "礼貌用语", en="Courteous words"),
                Text("表情與語氣", "表情与语气", en="Expression and tone of voice"),
            ],
        ),
        Course(
            "persuasion",
            Text("說服力", "说服力", en="Persuasion"),
            domain=_SKILL,
            contents=[
                Text("遇事沉穩", "遇事沉稳", en="Staying calm"),
                Text(
                    "與管理人員合力處理", "与管理人员合力处理", en="Settling it with the managers"
                ),
            ],
        ),
        Course(
            "breadth-of-knowledge",
            Text("知識面", "知识面", en="Breadth of knowledge"),
            domain=_KNOWLEDGE,
            contents=[
                Text("企業與社會", "企业与社会", en="The house and society"),
                Text("語言與審美", "语言与审美", en="Language and taste"),
            ],
        ),
        Course(
            "working-with-service-staff",
            Text("與服務人員配合", "与服务人员配合", en="Working with the service staff"),
            domain=_SKILL,
        ),
        Course(
            "first-meetings",
            Text("初次見面", "初次见面", en="Meeting a guest for the first time"),
            domain=_SKILL,
        ),
        Course(
            "understanding-guests",
            Text("理解客人", "理解客人", en="Understanding guests"),
            domain=_SKILL,
            contents=[
                Text("使氣氛輕鬆", "使气氛轻松", en="A relaxed mood: games and stories"),
                Text("體察需要", "体察需要", en="Seeing what somebody would like"),
                Text("尊重", "尊重", en="Respect"),
                Text("傾聽", "倾听", en="Listening"),
            ],
        ),
        Course(
            "code-of-conduct",
            Text("行為準則與品德", "行为准则与品德", en="The code of conduct, and integrity"),
            domain=_ATTITUDE,
        ),
        Course(
            "appearance-and-manners",
            Text("儀表與待客", "仪表与待客", en="Appearance and manners"),
            domain=_SKILL,
            contents=[
                Text("服裝整潔", "服装整洁", en="Neat dress"),
                Text(
                    "迎送一視同仁", "迎送一视同仁", en="Receiving and seeing off every guest alike"
                ),
            ],
        ),
        Course(
            "communication-and-sales",
            Text("溝通與營銷基本功", "沟通与营销基本功", en="Basics of communication and sales"),
            domain=_SKILL,
        ),
        Course(
            "handling-complaints",
            Text("處理投訴", "处理投诉", en="Handling complaints"),
            domain=_SKILL,
            contents=[
                Text("希望受到關注", "希望受到关注", en="A wish to be noticed"),
                Text("再次提出要求", "再次提出要求", en="A request made again"),
            ],
        ),
        Course(
            "teamwork-across-departments",
            Text("部門之間的協作", "部门之间的协作", en="Working with other departments"),
            domain=_ATTITUDE,
        ),
    ],
)
"""The courses of :data:`~cmappraisal.training.VENUE_TEAM`."""
