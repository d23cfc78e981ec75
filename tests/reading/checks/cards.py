"""One bad and one clean card for each check: short texts as an office would write them, of no real place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A text and what the checks must say of it: `type` names the relation that is kept or broken."""

    check: str
    type: str
    text: str


CLEAN = [
    Card("parts", "sum", "全年收到来信120件，其中A类20件、B类70件、C类30件，办结110件。"),
    Card("parts", "sum", "本年支出合计500.00万元，其中：基本支出320.50万元，占64.10%；项目支出179.50万元，占35.90%。"),
    Card("parts", "subset", "培训骨干300余人，其中女性85人、青年120人。"),
    Card("parts", "sum", "走访企业42家（制造业25家、服务业17家），收集问题60个。"),
    Card("shares", "rate", "本年支出合计800.00万元。一般公共支出600.00万元，占本年支出合计的75.00%。"),
    Card("shares", "sum", "收到建议40条，其中城建类10条，占25%；教育类30条，占75%。"),
    Card("rates", "rate", "共征集提案50件，审查立案48件，立案率96%。"),
    Card("rates", "rate", "接待费年初预算为3.20万元，支出决算为1.60万元，完成预算的50.00%。"),
    Card("changes", "change", "财政拨款收入总计220.00万元。与上年相比，财政拨款收入总计增加20.00万元，增长10.00%。"),
    Card("changes", "change", "绿色出行比例从75.6%提升至76.5%，提高0.9个百分点。"),
    Card("changes", "change", "上年受理100件，今年受理120件，增长20%。"),
]

BAD = [
    Card("parts", "sum", "全年收到来信120件，其中A类20件、B类70件、C类33件，办结110件。"),
    Card("parts", "sum", "本年支出合计500.00万元，其中：基本支出320.50万元，占64.10%；项目支出178.50万元，占35.90%。"),
    Card("parts", "subset", "培训骨干300人，其中女性385人。"),
    Card("shares", "rate", "本年支出合计800.00万元。一般公共支出600.00万元，占本年支出合计的85.00%。"),
    Card("shares", "rate", "收到建议40条，其中城建类10条，占35%；教育类30条，占75%。"),
    Card("rates", "rate", "共征集提案50件，审查立案48件，立案率98%。"),
    Card("rates", "rate", "接待费年初预算为3.20万元，支出决算为1.60万元，完成预算的55.00%。"),
    Card("changes", "change", "财政拨款收入总计220.00万元。与上年相比，财政拨款收入总计增加20.00万元，增长12.00%。"),
    Card("changes", "change", "财政拨款收入总计220.00万元。与上年相比，财政拨款收入总计增加220.00万元，增长100.00%。"),
    Card("changes", "change", "绿色出行比例从75.6%提升至76.5%，提高1.9个百分点。"),
    Card("changes", "change", "上年受理100件，今年受理120件，增长25%。"),
]
