"""Ways to write numbers that peers support, as facts: a text, what it says, and where we differ on purpose.

The forms are those of the public test cases of cn2an, jionlp and Recognizers-Text; the numbers are our own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """`says` is value and unit; `we` tells why we read it otherwise or not at all, where that is meant."""

    source: str
    text: str
    says: tuple[str, str]
    we: str = ""


_CN2AN = (
    ("二百一十三件", "213", "件"),
    ("一十二件", "12", "件"),
    ("三千零四件", "3004", "件"),
    ("五千零一十六件", "5016", "件"),
    ("六万零七件", "60007", "件"),
    ("二十万零三件", "200003", "件"),
    ("三亿零五十万元", "300500000", "元"),
    ("十二亿零四万零六元", "1200040006", "元"),
    ("四千零二亿三千零一万元", "400230010000", "元"),
    ("陆佰贰拾叁元", "623", "元"),
    ("柒万捌仟玖佰元", "78900", "元"),
    ("拾万零贰元", "100002", "元"),
    ("零点零三倍", "0.03", "倍"),
    ("二点七五倍", "2.75", "倍"),
    ("两千六百人", "2600", "人"),
    ("三六五零件", "3650", "件"),
    ("百分之八", "0.08", "ratio"),
    ("三分之二", "0.6666666667", "ratio"),
    ("3百45件", "345", "件"),
)
_JIONLP = (
    ("56,432.10元", "56432.1", "元"),
    ("3.6万元", "36000", "元"),
    ("8345美元", "8345", "美元"),
    ("2千万亿日元", "2000000000000000", "日元"),
    ("218.5 亿元", "21850000000", "元"),
    ("七百万元", "7000000", "元"),
    ("叁佰贰拾萬元", "3200000", "元"),
    ("三十二万五千四百元", "325400", "元"),
    ("约3.18亿美元", "318000000", "美元"),
    ("近800万元", "8000000", "元"),
    ("至少六千块钱", "6000", "元"),
    ("4000多欧元", "4000", "欧元"),
    ("十几块钱", "10", "元"),
    ("2万-6万元", "20000", "元"),
    ("2万元--6万元", "20000", "元"),
    ("两百到三百万元", "2000000", "元"),
    ("十六至二十万元", "160000", "元"),
    ("六七亿元", "600000000", "元"),
    ("60万元（含）以上", "600000", "元"),
    ("3万(含)-8万元", "30000", "元"),
    ("十二元三角五分", "12.35", "元"),
    ("伍仟圆", "5000", "元"),
)
_RECOGNIZERS = (
    ("六点五折", "0.65", "ratio"),
    ("８成", "0.8", "ratio"),
    ("七成六", "0.76", "ratio"),
    ("四成半", "0.45", "ratio"),
    ("6.2成", "0.62", "ratio"),
    ("85折", "0.85", "ratio"),
    ("百分之三点六", "0.036", "ratio"),
    ("百分之１５０", "1.5", "ratio"),
    ("百分之百", "1", "ratio"),
    ("３３％", "0.33", "ratio"),
    ("4.5‰", "0.0045", "ratio"),
    ("1,250件", "1250", "件"),
    ("３５０件", "350", "件"),
    ("廿五件", "25", "件"),
)
_ON_PURPOSE = (
    Form("Recognizers", "提高六个百分点", ("0.06", "ratio"), "百分点与%不同，读作6百分点"),
    Form("Recognizers", "打对折", ("0.5", "ratio"), "成语式说法，不作数据"),
    Form("Recognizers", "下降了-22.2%", ("-0.222", "ratio"), "数值不带正负号，升降另记"),
    Form("Recognizers", "第三名", ("3", ""), "名次不作数据"),
    Form("Recognizers", "2020年", ("2020", ""), "日期不作数据"),
    Form("Recognizers", "一个项目", ("1", "个"), "“一个”多为冠词，不作数据"),
    Form("cn2an", "二〇二〇年三月", ("2020", ""), "日期不作数据"),
    Form("jionlp", "几十万元", ("100000", "元"), "没有说出数目，不作数据"),
    Form("jionlp", "数十亿元", ("1000000000", "元"), "没有说出数目，不作数据"),
    Form("jionlp", "15k左右", ("15000", "元"), "公文不用k、w，不作数据"),
)

FORMS = (
    *(Form("cn2an", text, (value, unit)) for text, value, unit in _CN2AN),
    *(Form("jionlp", text, (value, unit)) for text, value, unit in _JIONLP),
    *(Form("Recognizers", text, (value, unit)) for text, value, unit in _RECOGNIZERS),
    *_ON_PURPOSE,
)
