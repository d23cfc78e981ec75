"""What a Chinese personal name looks like, as a piece of a pattern: a surname and one or two signs that no name goes without.

Surnames that mostly begin other words (方, 安, 高, 成 …) are left out, so a list of words is no list of persons.
"""

from __future__ import annotations

_DOUBLE = "欧阳|司马|诸葛|上官|皇甫|尉迟|慕容|令狐|司徒|端木|澹台"
_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛阎余潘杜戴汪姜范"
    "谭廖邹熊陆郝孔崔邱秦顾侯邵孟段雷钱汤尹黎赖龚庞樊殷颜倪翁俞葛聂焦覃祝岳齐梅庄辛管卜游柳欧卓詹吉冉闫"
    "马林田石毛龙万钟叶曾康史章符鲁韦"
)
_NO_GIVEN = "的了是在和与及等为由向对将于从到不有年月日局委办科室员部处站所队议院厅区县镇乡街并以已也都就其各该每着某地业场路组层面县府校库单位类型"
SURNAME = rf"(?:{_DOUBLE}|[{_SINGLE}])"
NAME = rf"(?:(?:{_DOUBLE})|[{_SINGLE}])[^\W\da-zA-Z_{_NO_GIVEN}]{{1,2}}"
