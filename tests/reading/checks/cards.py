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
    Card(
        "parts",
        "sum",
        "本年支出合计500.00万元，其中：基本支出320.50万元，占64.10%；项目支出179.50万元，占35.90%。",
    ),
    Card("parts", "subset", "培训骨干300余人，其中女性85人、青年120人。"),
    Card("parts", "sum", "走访企业42家（制造业25家、服务业17家），收集问题60个。"),
    Card("shares", "rate", "本年支出合计800.00万元。一般公共支出600.00万元，占本年支出合计的75.00%。"),
    Card("shares", "sum", "收到建议40条，其中城建类10条，占25%；教育类30条，占75%。"),
    Card("rates", "rate", "共征集提案50件，审查立案48件，立案率96%。"),
    Card("rates", "rate", "接待费年初预算为3.20万元，支出决算为1.60万元，完成预算的50.00%。"),
    Card(
        "changes",
        "change",
        "财政拨款收入总计220.00万元。与上年相比，财政拨款收入总计增加20.00万元，增长10.00%。",
    ),
    Card("changes", "change", "绿色出行比例从75.6%提升至76.5%，提高0.9个百分点。"),
    Card("changes", "change", "上年受理100件，今年受理120件，增长20%。"),
    Card("parts", "sum", "自评得分共计92分，其中投入9分、过程18分、产出37分、效益28分。"),
    Card("parts", "subset", "把6件联名建议列为重点，并从中选取《关于甲的建议》《关于乙的建议》2件督办。"),
    Card(
        "repeats",
        "repeat",
        "一、概况\n示例街道便民服务中心支出1234.56万元。\n二、说明\n示例街道便民服务中心支出1234.56万元，运转正常。",
    ),
    Card("directions", "direction", "绿化覆盖率由40.1%提高到42.3%。"),
    Card(
        "directions",
        "direction",
        "接待费年初预算为3.20万元，支出决算为1.60万元。决算数小于预算数的主要原因是厉行节约。",
    ),
    Card("lists", "list", "工作分为宣传发动、集中整治、巩固提高三个阶段。"),
    Card("lists", "list", "印发《甲制度》《乙办法》《丙规程》3项。"),
    Card("lists", "list", "制定制度2项：《甲制度》《乙办法》。"),
    Card(
        "lists",
        "list",
        "存在三个方面的问题：一是进度慢。二是人手少。三是台账乱。下一步：一是加快，二是补人，三是整理，四是通报。",
    ),
    Card("scores", "score", "预算编制满分10分，得8分；资产管理满分5分，得5分。"),
    Card("surveys", "rate", "发放问卷200份，回收问卷190份，回收率95%，满意率90%。"),
    Card("leftovers", "sum", "收到来信9件，其中A类2件、B类3件、C类4件。"),
    Card(
        "parts",
        "sum",
        "新建线路639公里，其中东线370公里，加宽旧路2600公里。示例镇有店铺9家，其中甲类4家、乙类5家。",
    ),
    Card("parts", "sum", "抽检每千人6.6批次，其中快检超5万批次。检查30次，其中日查18次、夜查12次。"),
    Card("parts", "subset", "人均收入7万元，城里、乡下分别为8万元、4.5万元。培训90人，其中女性50人。"),
    Card("parts", "sum", "上年结转12件，本年收到80件，其中A类30件、B类50件。"),
    Card("changes", "change", "全区生产总值130.50亿元，较五年前的100.00亿元增加30.50亿元，增长22.0%。"),
    Card("changes", "change", "全年支出100.00万元，其中差旅支出60.00万元，比上年增加10.00万元，增长11.11%。"),
    Card("directions", "direction", "名次由36位上升到23位，覆盖率由40%上升到45%。"),
    Card("lists", "list", "办成民生实事15件。一是修路，二是建桥。工作分为宣传、整治、提高三个阶段。"),
    Card(
        "repeats",
        "repeat",
        "示例中心新建标准厂房2.6万平方米。示例中心新建标准厂房2.6万平方米。示例中心新建标准厂房2.8万平方米。",
    ),
]

BAD = [
    Card("parts", "sum", "全年收到来信120件，其中A类20件、B类70件、C类33件，办结110件。"),
    Card(
        "parts",
        "sum",
        "本年支出合计500.00万元，其中：基本支出320.50万元，占64.10%；项目支出178.50万元，占35.90%。",
    ),
    Card("parts", "subset", "培训骨干300人，其中女性385人。"),
    Card("shares", "rate", "本年支出合计800.00万元。一般公共支出600.00万元，占本年支出合计的85.00%。"),
    Card("shares", "rate", "收到建议40条，其中城建类10条，占35%；教育类30条，占75%。"),
    Card("rates", "rate", "共征集提案50件，审查立案48件，立案率98%。"),
    Card("rates", "rate", "接待费年初预算为3.20万元，支出决算为1.60万元，完成预算的55.00%。"),
    Card(
        "changes",
        "change",
        "财政拨款收入总计220.00万元。与上年相比，财政拨款收入总计增加20.00万元，增长12.00%。",
    ),
    Card(
        "changes",
        "change",
        "财政拨款收入总计220.00万元。与上年相比，财政拨款收入总计增加220.00万元，增长100.00%。",
    ),
    Card("changes", "change", "绿色出行比例从75.6%提升至76.5%，提高1.9个百分点。"),
    Card("changes", "change", "上年受理100件，今年受理120件，增长25%。"),
    Card("parts", "sum", "自评得分共计95分，其中投入9分、过程18分、产出37分、效益28分。"),
    Card("parts", "subset", "把6件联名建议列为重点，并从中选取8件督办。"),
    Card(
        "repeats",
        "repeat",
        "一、概况\n示例街道便民服务中心支出1234.56万元。\n二、说明\n示例街道便民服务中心支出1284.56万元，运转正常。",
    ),
    Card("directions", "direction", "绿化覆盖率由42.3%提高到40.1%。"),
    Card(
        "directions",
        "direction",
        "接待费年初预算为3.20万元，支出决算为4.60万元。决算数小于预算数的主要原因是厉行节约。",
    ),
    Card("lists", "list", "工作分为宣传发动、集中整治、巩固提高四个阶段。"),
    Card("lists", "list", "印发《甲制度》《乙办法》《丙规程》4项。"),
    Card("lists", "list", "制定制度3项：《甲制度》《乙办法》。"),
    Card("lists", "list", "存在四个方面的问题：一是进度慢。二是人手少。三是台账乱。"),
    Card("scores", "score", "预算编制满分10分，得12分；资产管理满分5分，得5分。"),
    Card("surveys", "rate", "回访企业12家，满意率36.4%。"),
]

NOTED = [
    Card("leftovers", "leftover", "支出下降（增长）12.00%。"),
    Card("leftovers", "leftover", "本年度XX项目已经完成。"),
]
