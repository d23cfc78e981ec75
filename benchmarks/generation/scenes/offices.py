"""Longer passages as offices of one trade write them: one total told by several divisions, sentences that refer back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.generation.amounts import Amount, count, money, percent
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Fill, Piece, Prose, Relation
from benchmarks.generation.scenes.setting import CITY, SELF, WORK, Scene, Setting, named, slots

_PROPOSALS = (
    "本年度收到提案{all}，经审查立案{filed}，立案率{r0}。立案提案按提出主体分，委员个人{w0}、党派团体{w1}、专委会{w2}；"
    "按内容分，经济建设{f0}、社会民生{f1}、城市管理{f2}、生态环境{f3}。目前已办复{done}，办复率{r1}。",
    "会议以来征集提案{all}，立案{filed}，立案率为{r0}，其中委员个人提案{w0}，党派团体提案{w1}，专委会提案{w2}。"
    "办复{done}，办复率为{r1}。从办理结果看，已解决或基本解决的{k0}，占办复总数的{s0}；列入计划的{k1}，占{s1}；"
    "留作参考的{k2}，占{s2}。",
)
_SCHOOLS = (
    "全区共有各级各类学校{schools}，其中幼儿园{s0}、小学{s1}、初中{s2}、高中{s3}。在校学生{pupils}，教职工{staff}，"
    "其中专任教师{teachers}，占教职工的{share}。",
    "现有中小学及幼儿园{schools}（幼儿园{s0}、小学{s1}、初中{s2}、高中{s3}），在读学生{pupils}。全年资助困难学生{aided}，"
    "发放资助金{fund}。",
)
_FINANCE = (
    "全年一般公共预算收入{income}，比上年增加{more}，增长{g}。其中：税收收入{tax}，占{t}；非税收入{other}，占{o}。"
    "一般公共预算支出{spent}，民生支出{people}，占一般公共预算支出的{p}。",
    "一般公共预算收入完成{income}，为预算{plan}的{r}。分结构看，税收收入{tax}、非税收入{other}，税收占比{t}。",
)
_FRONT = (
    "走访民营企业{visited}，收集诉求{asked}，已协调解决{solved}，解决率{r}，其余{left}正在跟进。",
    "举办党外人士座谈会{meetings}，邀请代表{guests}参加，收到意见{asked}，采纳{solved}，采纳率{r}。",
    "开展“同心”服务活动{meetings}，参与成员{guests}，认领微心愿{asked}，完成{solved}，完成率为{r}。",
)
_LIBRARY = (
    "全年接待读者{visits}，上半年{v0}、下半年{v1}；外借图书{books}，新办读者证{cards}。与上年相比，接待读者增加{more}。",
    "办证{cards}，外借{books}，举办读书活动{meetings}，其中少儿活动{v2}、成人活动{v3}。",
)


def _counts(prefix: str, numbers: list[int], unit: str) -> dict[str, Fill]:
    return named(prefix, [count(number, unit) for number in numbers])


def _present(template: str, relations: list[Relation]) -> list[Relation]:
    """Only the relations whose slots a wording has."""
    return [one for one in relations if all(f"{{{slot}}}" in template for slot in one.slots)]


def proposals(dice: Dice, setting: Setting) -> Piece:
    everything = dice.size(60, 900)
    filed = everything - dice.whole(3, everything // 6)
    done = filed - dice.whole(0, 3)
    who, what, kinds = dice.split(filed, 3), dice.split(filed, 4), dice.split(done, 3)
    fills: dict[str, Fill] = {**setting.words, "all": count(everything, "件"), "filed": count(filed, "件")}
    fills |= {"done": count(done, "件"), "r0": percent(filed, everything, 1), "r1": percent(done, filed, 1)}
    fills |= _counts("w", who, "件") | _counts("f", what, "件") | _counts("k", kinds, "件")
    fills |= named("s", [percent(kind, done, 1) for kind in kinds])
    template = dice.pick(_PROPOSALS)
    relations = [
        Relation("rate", "rate", ("filed", "all", "r0"), alter=("r0", "all")),
        Relation("rate", "rate", ("done", "filed", "r1"), alter=("r1",)),
        Relation("parts", "sum", ("filed", *slots("w", 3)), alter=slots("w", 3)),
        Relation("parts", "sum", ("filed", *slots("f", 4)), alter=slots("f", 4)),
        Relation("parts", "sum", ("done", *slots("k", 3)), alter=slots("k", 3)),
        *(Relation("shares", "rate", (f"k{n}", "done", f"s{n}"), alter=(f"s{n}",)) for n in range(3)),
    ]
    return Piece([Prose(template)], fills, _present(template, relations))


def schools(dice: Dice, setting: Setting) -> Piece:
    kinds = [dice.whole(20, 90), dice.whole(10, 60), dice.whole(5, 30), dice.whole(1, 9)]
    staff = dice.size(900, 9000)
    teachers = staff - dice.whole(50, staff // 3)
    aided = dice.size(100, 5000)
    fills: dict[str, Fill] = {**setting.words, "schools": count(sum(kinds), "所")}
    fills |= _counts("s", kinds, "所")
    fills |= {"pupils": count(dice.size(9000, 90_000), "人"), "staff": count(staff, "人")}
    fills |= {"teachers": count(teachers, "人"), "share": percent(teachers, staff, 1)}
    fills |= {"aided": count(aided, "人次"), "fund": money(Fraction(aided * 1250), "万", 2)}
    template = dice.pick(_SCHOOLS)
    relations = [
        Relation("parts", "sum", ("schools", *slots("s", 4)), firm="（" in template),
        Relation("subset", "subset", ("staff", "teachers"), alter=("teachers",)),
        Relation("shares", "rate", ("teachers", "staff", "share"), alter=("share",)),
    ]
    return Piece([Prose(template)], fills, _present(template, relations))


def finance(dice: Dice, setting: Setting) -> Piece:
    tax, other = dice.whole(2000, 9000), dice.whole(500, 3000)
    income, more = tax + other, dice.whole(50, 800)
    plan = income + dice.whole(-300, 300)
    spent = income + dice.whole(1000, 9000)
    people = spent * dice.whole(60, 85) // 100

    def yi(hundredths: int) -> Amount:
        return money(Fraction(hundredths * 10**6), "亿", 2)

    fills: dict[str, Fill] = {**setting.words, "income": yi(income), "more": yi(more), "plan": yi(plan)}
    fills |= {"tax": yi(tax), "other": yi(other), "spent": yi(spent), "people": yi(people)}
    fills |= {
        "g": percent(more, income - more, 1),
        "t": percent(tax, income, 1),
        "o": percent(other, income, 1),
    }
    fills |= {"r": percent(income, plan, 1), "p": percent(people, spent, 1)}
    template = dice.pick(_FINANCE)
    relations = [
        Relation("parts", "sum", ("income", "tax", "other")),
        Relation("growth", "grown", ("income", "more", "g"), alter=("more", "g")),
        Relation("shares", "rate", ("people", "spent", "p"), alter=("p",)),
        Relation("rate", "rate", ("income", "plan", "r"), alter=("plan", "r")),
    ]
    return Piece([Prose(template)], fills, _present(template, relations))


def front(dice: Dice, setting: Setting) -> Piece:
    asked = dice.size(12, 400)
    solved = asked - dice.whole(1, asked // 4)
    unit = dice.pick(("条", "个", "件"))
    fills: dict[str, Fill] = {**setting.words, "asked": count(asked, unit), "solved": count(solved, unit)}
    fills |= {"left": count(asked - solved, unit), "r": percent(solved, asked, dice.pick((0, 1, 2)))}
    fills |= {"visited": count(dice.size(8, 300), "家"), "meetings": count(dice.whole(2, 30), "场")}
    fills["guests"] = count(dice.size(20, 900), dice.pick(("人", "人次")))
    template = dice.pick(_FRONT)
    relations = [Relation("rate", "rate", ("solved", "asked", "r"))]
    if "{left}" in template:
        relations.append(Relation("parts", "sum", ("asked", "solved", "left"), alter=("left",)))
    return Piece([Prose(template)], fills, relations)


def library(dice: Dice, setting: Setting) -> Piece:
    first, second = dice.size(20, 900), dice.size(20, 900)
    meetings = dice.split(dice.whole(20, 200), 2)

    def wan(tenths: int, unit: str) -> Amount:
        return Amount(Decimal(tenths).scaleb(-1), unit, "万")

    fills: dict[str, Fill] = {**setting.words, "visits": wan(first + second, "人次")}
    fills |= {"v0": wan(first, "人次"), "v1": wan(second, "人次"), "more": wan(dice.whole(3, 99), "人次")}
    fills |= {"books": wan(dice.whole(20, 900), "册次"), "cards": count(dice.size(200, 9000), "个")}
    fills |= {"meetings": count(sum(meetings), "场"), "v2": count(meetings[0], "场")}
    fills["v3"] = count(meetings[1], "场")
    template = dice.pick(_LIBRARY)
    relations = [
        Relation("parts", "sum", ("visits", "v0", "v1")),
        Relation("parts", "sum", ("meetings", "v2", "v3"), firm=False),
    ]
    return Piece([Prose(template)], fills, _present(template, relations))


SCENES = (
    Scene(proposals, frozenset({WORK, SELF}), once=True, wordings=4),
    Scene(schools, frozenset({WORK, CITY}), once=True, wordings=2),
    Scene(finance, frozenset({CITY}), once=True, wordings=3),
    Scene(front, frozenset({WORK, SELF}), once=True, wordings=3),
    Scene(library, frozenset({WORK}), once=True, wordings=2),
)
