"""Which words measure, and what sort of thing they measure.

Data, not code: a measure word the reader should know is added here under its kind. When such a word is the
beginning of another word instead (人 of 人员) is told in `context`.
"""

from __future__ import annotations

from jixiao.values import POINTS, RATIO

_WORDS = {
    "money": "元 圆 块钱 美元 欧元 港元 港币 日元 英镑 澳元 澳门元 新台币 卢布 加元 韩元",
    "area": "平方米 平方公里 平方千米 平方厘米 平米 公顷 亩 ㎡ m² km²",
    "length": "公里 千米 米 厘米 毫米 微米 纳米 英寸 海里 延米 延长米 里 km cm mm m",
    "score": "分",
    "count": (
        "个 件 条 家 户 人 位 名 项 次 篇 期 类 种 起 宗 例 笔 单 份 封 本 册 部 卷 套 台 辆 艘 架 "
        "列 节 座 栋 幢 间 所 处 块 片 层 门 扇 盏 根 支 只 头 头只 匹 尾 羽 株 棵 张 幅 枚 颗 面 道 堂 "
        "场 轮 届 批 拨 趟 遍 对 口 眼 组 票 床 席 集 章 段 句 首 字 款 杯 瓶 箱 袋 包 盒 桶 罐 车 "
        "顶 辑 具 桌 餐 顿 剂 针 股 档 团 标箱 标准箱 TEU 人次 批次 场次 件次 家次 户次 架次 车次 班次 台次 "
        "点 册次 航次 航班次 车道 泊位 方面 例次 项次 条次 艘次 辆次 篇次 轮次 课次 个次 人份 剂次 台套 件套 人天 人年 床日 亩次"
    ),
    "other": (
        "吨 蒸吨 公吨 担 公斤 千克 克 毫克 微克 斤 吨公里 人公里 吨标准煤 吨标煤 立方米 立方 升 毫升 m³ kg "
        "千瓦时 千瓦 兆瓦 吉瓦 千伏安 千伏 伏 度 MW kW KW GW kWh MWh GWh PF EF PFlops EFlops 千焦 "
        "大卡 P TB PB GB MB EFLOPS PFLOPS Mbps Gbps 兆 赫兹 摄氏度 ℃ 分贝 帕 兆帕 年 个月 个多月 "
        "个小时 个多小时 个工作日 工作日 个工日 工日 小时 分钟 秒钟 秒 毫秒 天 周 周岁 岁 学时 课时 工时 方 "
        "Eflops Pflops"
    ),
    "ratio": "% ％ ‰ %% ％％ 个百分点 百分点 个点 成 折 倍",
}

KIND_OF: dict[str, str] = {word: kind for kind, words in _WORDS.items() for word in words.split()}

# Written in the text → as it is known, and the power of ten it carries.
_KNOWN_AS: dict[str, tuple[str, int]] = {
    "%": (RATIO, -2),
    "％": (RATIO, -2),
    "%%": (RATIO, -2),
    "％％": (RATIO, -2),
    "‰": (RATIO, -3),
    "成": (RATIO, -1),
    "折": (RATIO, -1),
    "个百分点": (POINTS, 0),
    "个点": (POINTS, 0),
    "圆": ("元", 0),
    "块钱": ("元", 0),
    "个多月": ("个月", 0),
    "个多小时": ("小时", 0),
    "个小时": ("小时", 0),
    "个工作日": ("工作日", 0),
    "个工日": ("工日", 0),
}


def known_as(word: str) -> tuple[str, int]:
    """The unit a written measure word stands for, and the power of ten it carries (% → -2)."""
    return _KNOWN_AS.get(word, (word, 0))


# Word → unit, kind, power of ten.
MEASURES: dict[str, tuple[str, str, int]] = {
    word: (known_as(word)[0], kind, known_as(word)[1]) for word, kind in KIND_OF.items()
}


def longest_first() -> list[str]:
    """Every measure word, such that 人次 is tried before 人."""
    return sorted(KIND_OF, key=lambda word: (-len(word), word))
