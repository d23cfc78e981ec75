"""Sentences in which another sensible reading agrees, or nobody can tell which is meant: no check may speak."""

from __future__ import annotations

import pytest

from jixiao.reading import read
from jixiao.reading.checks import examine
from jixiao.values import Verdict


@pytest.mark.parametrize(
    "text",
    [
        "收到信息34篇。省级采用5篇，市级采用8篇，两级去重后11篇，采用率32.35%。",
        "上级采用3篇，本级采用9篇，采用率60%。",
        "共收到会上来稿90篇，会后来稿30篇。经审查采用110篇，采用率91.7%。",
        "上年结转37项，当年收到108项，办结120项，办结率82.8%。",
        "参保率从91%提高到95%，甲类、乙类补贴标准分别提高84%、40%。",
        "争取资金3.2亿元，其中中央资金1.5亿元、省级资金8000万元、市级资金5000万元。",
        "志愿活动比上年净增29场，其中新增42场、核减13场。",
        "得分80分，评价等级为“良”（90分及以上为优，80分至90分为良，60分至80分为中，60分以下为差）。",
        "年度目标97%以上，实际达到96.8%，未达到目标。",
        "培训600人，其中女性385人，惠及群众1200人次。走访企业40家，其中规上企业30家、小微企业20家。",
        "收到来信90件，转办80件。转办来信中，甲类50件，占62.5%；乙类30件，占37.5%。按来源分，线上60件，线下20件。",
        "收到来信84件，转办80件，作为参考的4件，占来信总数的4.8%。在转办的来信中，甲类56件，占70%；乙类24件，占30%。",
        "职工共98人，其中高级21人，中级45人，初级32人，中级及以上占67.3%。",
        "基金收入500万元。加上上年结余80万元、调入资金20万元，收入总计600万元。",
        "开办讲习班63期，培训3412人；电工持证412人，持证率100%。",
        "聘用巡护员620名，其中本村人412名，占2/3左右；外村人208名，占三分之一。",
        "查出一般隐患124条、重大隐患3条，已整改119条，未整改的8条均有防范措施。",
        "新登记商户62户，其中企业19户；实有商户413户，增长6.5%。",
        "收到来信186件，其中甲类112件、乙类74件。甲类来信中，城建46件，占41.1%；教育66件，占58.9%。"
        "按来源分，线上58件，占51.8%；线下54件，占48.2%。",
        "示例局得分97.8分，其中基本分95分、加分3.2分、扣分0.4分。",
        "办理来信1216件，其中大气类562件、噪声类418件、水类131件，三类合计占91.4%。",
        "各项得分：决策18分，得分率90%；过程19分，得分率95%；总分96分。",
        "来信反映的矛盾增加5件，主要原因是去年基数低。接待费支出增加0.20万元，主要原因是上年厉行节约。",
    ],
)
def test_nothing_is_called_broken(text: str) -> None:
    found = examine(read(text.encode(), "说明.txt"))
    assert [one.message for one in found if one.verdict is Verdict.BROKEN] == []


def test_a_report_without_problems_and_measures_is_noted_once() -> None:
    text = (
        "示例单位2023年度绩效自评报告\n一、基本情况\n"
        + "本单位承担日常服务。" * 90
        + "\n二、预算支出\n无。\n三、绩效情况\n良好。\n"
    )
    noted = [one for one in examine(read(text.encode(), "报告.txt")) if one.type == "missing"]
    assert [one.verdict for one in noted] == [Verdict.NOT_APPLICABLE]
    assert "存在的问题" in noted[0].message
    assert "改进措施" in noted[0].message
