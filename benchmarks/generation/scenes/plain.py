"""Figures that hang together with nothing, in all the ways numbers are written, amid numbers that are no figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from benchmarks.generation.amounts import Amount
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece, Prose
from benchmarks.generation.scenes.setting import ALL, CITY, WORK, Scene, Setting

_CITY = (
    "新改建农村公路{km}，完成植树造林{mu}，高标准农田新增{mu2}。",
    "建成住房{flats}，竣工面积{area}，{flats2}家庭迁入新居。",
    "全年发电{kwh}，同比多发{kwh2}，节约标准煤{coal}。",
    "地区生产总值突破{gdp}，一般公共预算收入{revenue}，总量位居全市第{{3}}位。",
    "粮食总产{grain}，蔬菜种植{mu}，发放农机补贴{wan}。",
    "人均预期寿命{age}，每个街道均建有文化站，“一门式”服务全面铺开。",
    "开工重点项目{n1}，完成投资{revenue}，其中技改项目占比{share}。",
    "接待游客{visits}，旅游综合收入{revenue}，较“十三五”末翻番。",
    "日处理污水{tons}，供水普及率{share}，年节水{m3}。",
    "引进工业企业{n1}，培育专精特新企业{n2}，5G基站开通{n3}。",
    "第{{2}}届邻里节吸引{visits}参加，现场成交额{wan}。",
    "群众办事平均用时由{days}压缩到{days2}，网上可办事项{n3}。",
)
_WORK = (
    "召开协商座谈会{times}，形成会议纪要{n2}，全体委员参与。",
    "编发工作动态{issues}，被上级采用{issues2}，稿件总字数{chars}。",
    "组织集中学习{times}，撰写心得{n2}，人均学习{hours}。",
    "联系界别群众{people}，走访{houses}，帮办实事{chinese_deeds}。",
    "建立{chinese}工作机制，明确责任人{chinese_people}，坚持每季度一会商。",
    "参与“一带一路”主题展{times}，展出作品{pieces}，落实中央八项规定精神。",
    "在{chinese_places}社区设立联络站，配备专干{chinese_people}，实行挂牌服务。",
    "连续{chinese_years}获评先进集体，近三年无一起安全事故。",
    "开展“四下乡”活动{times}，惠及{people}，捐赠图书{books}。",
    "依据示财〔2024〕12号文件，召开十届三次全会，听取报告{n2}，联系电话0100-8888000。",
    "帮助{over}困难职工，发放慰问金{wan}，{at_least}的受访者表示认可。",
    "完成{many}回访，录入数据{chars}，核实问题{few}。",
    "书记、主任带队调研{times}，每次不少于{half_day}，撰写报告{n2}。",
    "征集方案{n1}，评审按轮次进行，最终评出一等奖{few}、二等奖{few2}。",
)


def _amount(dice: Dice, low: int, high: int, unit: str, scale: str = "", places: int = 0) -> Amount:
    number = Decimal(dice.size(low, high))
    if places:
        number = number + Decimal(dice.whole(1, 9)).scaleb(-1)
    return Amount(number, unit, scale, style=dice.pick(("", "", ",")))


def _hedged(dice: Dice, amount: Amount) -> Amount:
    """Perhaps with a word that commits the number less."""
    way = dice.whole(0, 9)
    if way < 4:
        return amount
    if way < 6:
        return replace(amount, lead=dice.pick(("约", "近", "超", "超过", "逾")))
    if way < 8 and not amount.places and amount.style == "":
        return replace(amount, number=Decimal(dice.whole(2, 9) * 10), inner=dice.pick(("余", "多")))
    return replace(amount, tail=dice.pick(("左右", "以上"))) if amount.unit not in ("元",) else amount


def _fills(dice: Dice) -> dict[str, Fill]:
    amounts = {
        "km": _amount(dice, 3, 900, "公里", places=1),
        "mu": _amount(dice, 2, 90, "亩", "万", 1),
        "mu2": _amount(dice, 300, 9000, "亩"),
        "flats": _amount(dice, 60, 9000, "套"),
        "flats2": _amount(dice, 60, 9000, "户"),
        "area": _amount(dice, 2, 300, "平方米", "万", 1),
        "kwh": _amount(dice, 2, 90, "千瓦时", "亿", 1),
        "kwh2": _amount(dice, 20, 9000, "千瓦时", "万"),
        "coal": _amount(dice, 2, 90, "吨", "万", 1),
        "revenue": _amount(dice, 3, 900, "元", "亿", 1),
        "wan": _amount(dice, 3, 9000, "元", "万"),
        "grain": _amount(dice, 3, 300, "吨", "万", 1),
        "visits": _amount(dice, 3, 900, "人次", "万", 1),
        "tons": _amount(dice, 2, 90, "吨", "万"),
        "m3": _amount(dice, 20, 900, "立方米", "万"),
        "n1": _amount(dice, 5, 300, "个"),
        "n2": _amount(dice, 3, 90, "份"),
        "n3": _amount(dice, 20, 4000, "项"),
        "times": _amount(dice, 3, 60, "次"),
        "issues": _amount(dice, 12, 90, "期"),
        "issues2": _amount(dice, 3, 12, "篇"),
        "chars": _amount(dice, 2, 90, "字", "万"),
        "hours": _amount(dice, 20, 90, "学时"),
        "people": _amount(dice, 50, 9000, "人"),
        "houses": _amount(dice, 20, 900, "户"),
        "pieces": _amount(dice, 20, 300, "幅"),
        "books": _amount(dice, 100, 9000, "册"),
        "few": _amount(dice, 1, 3, "个"),
        "few2": _amount(dice, 3, 9, "个"),
    }
    hedged = {slot: _hedged(dice, amount) for slot, amount in amounts.items()}
    return hedged | {
        "gdp": Amount(Decimal(dice.whole(2, 90) * 100), "元", "亿", lead="突破"),
        "share": Amount(Decimal(dice.whole(300, 990)).scaleb(-1), "%"),
        "age": Amount(Decimal(dice.whole(760, 830)).scaleb(-1), "岁"),
        "days": Amount(Decimal(dice.whole(6, 20)), "个工作日"),
        "days2": Amount(Decimal(dice.whole(1, 5)), "个工作日"),
        "chinese": Amount(Decimal(dice.whole(3, 19)), "项", style="中"),
        "chinese_places": Amount(Decimal(dice.whole(3, 19)), "个", style="中"),
        "chinese_deeds": Amount(Decimal(dice.whole(3, 19)), "件", style="中"),
        "chinese_people": Amount(Decimal(dice.whole(3, 19)), "名", style="中"),
        "chinese_years": Amount(Decimal(dice.whole(3, 9)), "年", style=dice.pick(("中", ""))),
        "over": Amount(Decimal(100), "名", inner="余", style=""),
        "at_least": Amount(Decimal(dice.whole(80, 99)), "%", tail="以上"),
        "many": Amount(Decimal(dice.whole(2, 9) * 10), "次", inner="多", style="中"),
        "half_day": Amount(Decimal(dice.whole(2, 5)), "天"),
    }


def _one(dice: Dice, setting: Setting, templates: tuple[str, ...]) -> Piece:
    template = (
        dice.pick(templates).replace("{{", "").replace("}}", "").replace("不少于{half_day}", "{half_day}")
    )
    fills = {**setting.words, **_fills(dice)}
    half = fills["half_day"]
    assert isinstance(half, Amount)
    fills["half_day"] = replace(half, lead="不少于")
    return Piece([Prose(template)], fills)


def of_city(dice: Dice, setting: Setting) -> Piece:
    return _one(dice, setting, _CITY)


def of_work(dice: Dice, setting: Setting) -> Piece:
    return _one(dice, setting, _WORK)


SCENES = (
    Scene(of_city, frozenset({CITY}), wordings=len(_CITY)),
    Scene(of_work, frozenset({WORK, CITY}), wordings=len(_WORK)),
    Scene(of_work, ALL),
)
