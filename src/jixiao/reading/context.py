"""Is this number a figure at all? The words around it decide: dates, ordinals, names and slogans are none.

Each rule answers one sort of thing the labelling standard leaves out. Rules look a few characters to either
side and never further, so that the time stays linear.
"""

from __future__ import annotations

import re
from re import Match

_ORDINAL_BEFORE = re.compile(r"第[ \n]{0,3}(?:[0-9一二三四五六七八九十]{1,2}[、至到—-]){0,4}[ \n]{0,3}\Z")
_RANK_BAND_BEFORE = re.compile(r"(?<![目之此年以提月日会先])前[ ]?\Z")

# A measure word that is the beginning of another word, also where the number stands right before it.
_OTHER_WORD = {
    "成": "立为员功果就效本长熟品交绩都型群因语千分人",
    "分": "钟之别为组类布配解局行公会校院管厂级期批析享工支两红流开成享担项标拆包明",
    "折": "合算旧扣返腾射叠",
    "年": "来前后内间以之度级期底初末代制里轻行规任义中龄报终审均检份月人青",
    "位": "数一于",
    "次": "产创元方",
    "方": "面案式向位便法针",
    "台": "山湾州胞河账风",
    "家": "渠亲庭",
    "节": "气约能日假",
    "周": "年边期岁转",
    "人": "均民大员工才",
    "元": "旦素首",
    "圆": "满形桌通弧圈梦心柱规周",
    "部": "门委分队署",
    "里": "程面外路约河",
    "升": "级至到为",
    "起": "来步草始",
    "头": "部条",
    "字": "方",
    "天": "津然",
    "对": "一外比",
    "股": "权东份票",
    "单": "位元独",
    "批": "准复示",
    "面": "积",
    "克": "服",
    "包": "括含",
    "款": "项",
    "组": "织",
    "P": "MPCA",
    "条": "例",
    "顶": "层岗替尖端部",
    "具": "体有备",
    "担": "任当负保心",
    "团": "队结员组",
    "道": "路德理",
    "首": "次先个",
}
# The same where white space stands between: then the word after is likelier to begin a new cell or line.
_AFTER_SPACE = {
    "项": "目",
    "人": "员口力事物社",
    "个": "人体性别",
    "家": "长园属电具",
    "次": "数年日月要级",
    "件": "数",
    "条": "件款目",
    "位": "置列居",
    "名": "称单录义额",
    "类": "别型",
    "种": "类植",
    "期": "末初间限",
    "处": "理级置",
    "部": "分",
    "本": "级年单部次表市区县省",
    "场": "地所",
    "层": "级面",
    "间": "接",
    "户": "籍",
    "门": "诊",
    "片": "区",
    "段": "落",
    "集": "中体团合",
    "份": "额",
    "例": "如",
    "道": "路德",
    "列": "入支表",
    "支": "出持付",
    "张": "家",
    "面": "积向对",
    "座": "谈位",
    "所": "有属得在",
    "起": "草始诉",
    "章": "程节",
    "年": "度",
    "天": "气",
    "组": "建成",
    "首": "都",
    "对": "象口应个",
    "根": "据",
    "只": "有",
    "节": "目",
    "笔": "试",
    "架": "构",
    "轮": "换",
    "席": "位",
    "票": "据",
    "床": "位",
    "字": "号",
    "车": "辆间站",
}

_PERIOD_BEFORE = re.compile(
    r"(?:过去|最近|未来|今后|此后|往后|[近这后头上下本每同去今当明次]|(?<!提)前)的?[ ]?\Z"
)
_DURATION_BEFORE = re.compile(
    r"(?:连续|历时|持续|为期|长达|满|任期|期限为?|时间|长|超过|不少于|至少|累计)[ ]?\Z"
)
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}\Z")
_MONTH_AFTER = re.compile(r"[ ]?[0-9０-９]{1,2}月")
_SCORED_BEFORE = re.compile(r"(?:[得满扣加减计评获值为]|总分|平均)[ ]?\Z")
_HELD_BEFORE = re.compile(r"(?:举办|开展|编发|出版|刊发|印发|举行|召开|完成|推出|制作|编印|共|了)\Z")

_SLOGAN_AFTER = re.compile(
    r"(?:意识|自信|维护|确立|全面|务必|毫不动摇|百年|结合|必须|革命|大局|最严|统筹|伟大|有之|规定|禁令|"
    r"基本原则|明确|坚持|转变|不变|到位|离不开|方针|诀|线管理|腿)"
)
_SESSION_AFTER = re.compile(
    r"历次|[一二三四五六七八九十]{1,3}次|中央|全会|全国|人大|政协|委员|党|常委|[区市省县](?:委|人大)"
)
_CLASS_AFTER = re.compile(r"创新药|新药|医疗器械|水体|水质|水标准|疫苗|标准|高校|会计")
_GRADE_AFTER = re.compile(r"为[“‘]?(?:优|良|中|差|合格|不合格|较)")
_POINTS_AFTER = re.compile(r"[：:，。；、]|建议|意见|做法|启示|体会|思考|要求|经验|措施|看法|感受|打算")
_NAMED_BEFORE = re.compile(r"[\u4e00-\u9fff]“\Z")
_CLOCK_BEFORE = re.compile(r"(?:[上下中]午|早上|晚上|凌晨|每天|当日|[日早晚时至到])\Z")
_MEETING_AFTER = re.compile(r"会议|全会|全体|代表大会|党代会|常委")
_HOUR_BEFORE = re.compile("(?:[时点]|[0-9０-９][:：])\\Z")
_TIMES = frozenset(["分", "年", "个月", "天", "周", "届"])
_OF_MANY_SENSES = frozenset("条分次点类方")
_INDEFINITE = frozenset("十百千万亿")  # 数十, 几百: no number is stated
_ARTICLE_LIKE = frozenset("套台辆座栋幢成倍")  # 一套 counts; 一个, 一项, 一批 are articles
_BUILT = frozenset("所座栋幢名辆台间")  # 新建学校一所, where no more words follow
_PLAINLY_COUNTED = _BUILT | frozenset("件人个家户份")
_STOPS = frozenset("，。；、：,;）)\n\t")
_SINGLED_OUT = re.compile("[一每各][\u4e00-\u9fff]{0,3}\\Z|[同这那某任另哪统唯逐进单第前数首合为]\\Z")
_IDIOMATIC = frozenset("头周面方度对克升里P米团首只车眼门口字")


def is_figure(match: Match[str], start: int, unit: str, *, led: bool) -> bool:
    """True when the proposed quantity states an amount.

    Its number begins at `start` and is measured by `unit`; `led` says that a qualifier such as 约 or 超 stands
    before it.
    """
    text = match.string
    before = text[start - 8 if start > 8 else 0 : start]
    if ("第" in before and _ORDINAL_BEFORE.search(before)) or (
        "前" in before and unit != "元" and _RANK_BAND_BEFORE.search(before)
    ):
        return False
    if match["number"] is None:
        return match["above"] is None or _is_fraction(match)
    end = match.end("number")
    number = text[start:end]
    if not unit:
        return _is_bare_multiple(match, text[match.end() : match.end() + 6])
    begin, behind = match.span("unit")
    after = text[behind : behind + 6]
    if unit in _OF_MANY_SENSES and (sense := _in_its_sense(match, unit, number, before, after)) is not None:
        return sense
    if begin > end and _is_elsewhere(text[end:begin], after):
        return False
    if after and (after[0] == "级" or begins_another_word(unit, after, spaced=text[begin - 1].isspace())):
        return False
    if unit in _TIMES and _is_period(match, number, unit, before, after):
        return False
    if _is_slogan(number, after):
        return False
    return is_arabic(number) or _is_counted(match, number, unit, before, after, led=led)


def _in_its_sense(match: Match[str], unit: str, number: str, before: str, after: str) -> bool | None:
    """Does a word of many senses measure here? None where the words around do not say."""
    if unit == "条":  # the name of a set of measures
        return False if _NAMED_BEFORE.search(before) and after.startswith("”") else None
    if unit == "分":  # 80—90分为良
        return is_arabic(number) if _GRADE_AFTER.match(after) else None
    if unit == "次":
        return False if after.startswith("分配") else None
    if unit == "点":
        return False if not _POINTS_AFTER.match(after) or _CLOCK_BEFORE.search(before) else None
    if unit == "类":
        return False if _CLASS_AFTER.match(after) else None
    return None if match["scale"] else False  # 五方 begins 方面, 千万方 are cubic metres


def is_arabic(number: str) -> bool:
    return number[0] in "0123456789０１２３４５６７８９"


def _is_elsewhere(between: str, after: str) -> bool:
    """The measure word stands in another paragraph, or begins the words of another table cell."""
    return between.count("\n") > 1 or ("\t" in between and after[:1] not in ("", "\t", "\n", "\r"))


def begins_another_word(unit: str, after: str, *, spaced: bool) -> bool:
    """True when the measure word and the text after it are rather one word: 人 + 员."""
    following = after[:1]
    if not following:
        return False
    if following.isascii() and following.isalnum() and unit[-1].isascii() and unit[-1].isalpha():
        return True
    return following in _OTHER_WORD.get(unit, "") or (spaced and following in _AFTER_SPACE.get(unit, ""))


def _is_fraction(match: Match[str]) -> bool:
    """1/3以上 is a share; 5/20 may be a date."""
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip()
    following = match.string[match.end("below") : match.end("below") + 2]
    told = following.startswith(("以上", "以下", "左右", "的")) or before.endswith(
        tuple("的占达到至为约近超过量数额")
    )
    return told and 0 < int(match["above"]) < int(match["below"])


def _is_bare_multiple(match: Match[str], after: str) -> bool:
    """超696万 counts without a measure word; a bare number (5G) never does, nor a class (万亿级)."""
    if not (match["scale"] or match["join"] or "").endswith(("万", "亿")) or not is_arabic(match["number"]):
        return False
    if match.string[max(0, match.start("number") - 1) : match.start("number")] in ("/", "／"):
        return False  # 9/10万: so many of every hundred thousand
    return not after.startswith(("级", "元级", "里", "一", "能", "象", "科", "众"))


def _is_period(match: Match[str], number: str, unit: str, before: str, after: str) -> bool:
    """2020年, 近10年, 前3个月, 9时15分: when, not how much. 五年 lasts only where a word says so."""
    if unit == "分":
        return _HOUR_BEFORE.search(before) is not None
    if _PERIOD_BEFORE.search(before):
        return True
    if unit != "年":
        return False
    if match["low_unit"] is None and _YEAR.match(number) and not match["scale"]:
        return True
    if _MONTH_AFTER.match(after) or number.startswith("0"):
        return True
    if is_arabic(number):
        return len(number) > 3 and not match["inner"]
    return not _DURATION_BEFORE.search(before)


def _is_slogan(number: str, after: str) -> bool:
    if after.startswith("代表"):
        return number in ("三", "3") and after[2:3] not in ("团", "队")
    return len(number) <= 2 and bool(_SLOGAN_AFTER.match(after))


def _is_counted(match: Match[str], number: str, unit: str, before: str, after: str, *, led: bool) -> bool:
    """Chinese numerals stand in names and idioms far oftener than in figures; each line refuses one sort."""
    qualified = led or before.endswith("突破") or bool(match["inner"] or match["inner_too"])
    if before.endswith("“") and "”" in match.string[match.end() : match.end() + 12]:
        return False
    if number[0] in "百千万亿" and not qualified:
        return False
    if before.endswith(("数", "几")) and _INDEFINITE.issuperset(number):
        return False
    if number == "一" and unit == "个百分点":
        return True
    if number == "一" and unit in _BUILT and after[:1] in _STOPS and not _SINGLED_OUT.search(before):
        return True
    if number == "一" and (unit not in _ARTICLE_LIKE or before.endswith(tuple("每同这那某任另哪统唯逐进单"))):
        return False
    if number == "零" or re.match("一(?![般共定级])", after) or (before.endswith("收支") and unit == "条"):
        return False
    if number == "二" and unit in _PLAINLY_COUNTED and after[:1] in _STOPS:
        return not before.endswith(("其", "一", "之"))
    if (number == "二" and unit not in ("元", "成")) or (
        len(number) == 1 and unit == "元" and not match["high"]
    ):
        return False  # 二次, 三元: names
    if unit == "分" and not _SCORED_BEFORE.search(before):
        return False
    if unit in _IDIOMATIC and len(number) == 1 and not qualified:
        return False
    if unit == "处" and number == "四":
        return False
    if unit == "期":
        return bool(_HELD_BEFORE.search(before))
    if unit == "届":
        return len(number) == 1 and not _SESSION_AFTER.match(after)
    if unit == "次":
        return not before.endswith("届") and (
            not _MEETING_AFTER.match(after) or bool(_HELD_BEFORE.search(before))
        )
    return True
