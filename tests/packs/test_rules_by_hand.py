"""Every scored leaf of the fiscal packs against arithmetic of this file's own, straight from the words of the pack files.

Nothing of the program's reading, comparing or rounding is used here: YAML is read plainly, sums are done in Decimal.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import jixiao
from jixiao.catalogue import Catalogue, load
from jixiao.evaluation.answers import Actual, Judgement
from jixiao.evaluation.scheme import score_leaf
from jixiao.values import RATIO

PACKS = Path(jixiao.__file__).parent / "packs"
FISCAL = ("finance", "hunan", "common_indicators", "sichuan")
HUNDREDTH = Decimal("0.01")
# The edges on which rules are misread, and what lies a hair to either side of them; in per cent.
RATES = sorted(
    {Decimal(edge) + Decimal(side) for edge in (0, 5, 10, 20, 30, 60, 70, 80, 85, 90, 95, 100, 101, 105, 120, 300)
     for side in ("-0.01", "0", "0.01", "3.33")}
)  # fmt: skip
Leaf = dict[str, Any]


@cache
def catalogue() -> Catalogue:
    return load(list(FISCAL))


@cache
def leaves() -> dict[tuple[str, str], tuple[Decimal, Leaf]]:
    """(scheme, leaf) → its points and what the file says of it."""
    found: dict[tuple[str, str], tuple[Decimal, Leaf]] = {}

    def walk(scheme: str, nodes: list[Leaf]) -> None:
        for node in nodes:
            walk(scheme, node.get("children", []))
            if "leaf" in node:
                found[scheme, node["id"]] = (Decimal(str(node["points"])), node["leaf"])

    for pack in FISCAL:
        for path in sorted((PACKS / pack / "schemes").glob("*.yaml")):
            walk(f"{pack}/{path.stem}", yaml.safe_load(path.read_text(encoding="utf-8"))["tree"])
    return found


def method_of(leaf: Leaf) -> Leaf:
    method = leaf["method"]
    return {"name": method} if isinstance(method, str) else method


def leaves_by(*names: str) -> list[Any]:
    return [
        pytest.param(scheme, leaf, id=f"{scheme}:{leaf}")
        for (scheme, leaf), (_, said) in leaves().items()
        if method_of(said)["name"] in names
    ]


def earned(scheme: str, leaf: str, answer: Actual | Judgement | None) -> Decimal | None:
    found = catalogue().scheme(scheme)
    node = next(one for one in found.leaves if one.id == leaf)
    return score_leaf(node, answer, found.rounding.score).earned


def rated(per_cent: Decimal) -> Actual:
    return Actual(Fraction(per_cent) / 100, RATIO)


def rounded(points: Decimal) -> Decimal:
    return points.quantize(HUNDREDTH, ROUND_HALF_UP)


def per_cent(text: object) -> Decimal:
    """A bound in per cent, as a pack writes it: "<=100%", ">= 95%", 1pp, 0."""
    plain = str(text).strip("<>= ")
    if plain.endswith(("%", "pp")):
        return Decimal(plain.removesuffix("%").removesuffix("pp"))
    return Decimal(plain) * (100 if plain != "0" else 1)


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("deduct"))
def test_deductions(scheme: str, leaf: str) -> None:
    points, said = leaves()[scheme, leaf]
    method = method_of(said)
    bound, step, minus = per_cent(method["full_if"]), per_cent(method["per"]), Decimal(str(method["minus"]))
    rounding = {"step_floor": ROUND_FLOOR, "step_ceil": ROUND_CEILING}.get(method["mode"])
    for rate in RATES:
        over = {"<=": rate - bound, ">=": bound - rate}.get(method["full_if"][:2], abs(rate - bound))
        steps = max(over, Decimal(0)) / step
        steps = steps.quantize(Decimal(1), rounding) if rounding else steps
        due = rounded(max(points - steps * minus, Decimal(0)))
        assert earned(scheme, leaf, rated(rate)) == due, (rate, method)


def spans(method: Leaf) -> Iterator[tuple[Decimal, bool, Decimal, bool, Decimal]]:
    """(low, low belongs, high, high belongs, award), in per cent."""
    far = Decimal("1e9")
    bounds = [row[0] for row in method["bands"]]
    if all(str(bound).rstrip("%").replace(".", "").isdigit() for bound in bounds):
        upper, belongs = far, True
        for bound, award in sorted(method["bands"], key=lambda row: -per_cent(row[0])):
            yield per_cent(bound), True, upper, belongs, Decimal(str(award))
            upper, belongs = per_cent(bound), False
        return
    for span, award in method["bands"]:
        if span[:1] in "([":
            low, high = span[1:-1].split(",")
            yield Decimal(low), span[0] == "[", Decimal(high), span[-1] == "]", Decimal(str(award))
        elif span.startswith("<="):
            yield -far, True, Decimal(span[2:]), True, Decimal(str(award))
        elif span.startswith(">="):
            yield Decimal(span[2:]), True, far, True, Decimal(str(award))
        else:
            yield Decimal(span[1:]), False, far, True, Decimal(str(award))


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("bands", "interval"))
def test_bands(scheme: str, leaf: str) -> None:
    for rate in RATES:
        held = [
            award
            for low, low_in, high, high_in, award in spans(method_of(leaves()[scheme, leaf][1]))
            if (low < rate or (low_in and rate == low)) and (rate < high or (high_in and rate == high))
        ]
        assert len(held) <= 1, (rate, held)
        assert earned(scheme, leaf, rated(rate)) == (held[0] if held else None), rate


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("execution"))
def test_execution_is_points_times_rate_and_no_more(scheme: str, leaf: str) -> None:
    points = leaves()[scheme, leaf][0]
    for executed, budget in (
        (899_740, 900_000),
        (0, 900_000),
        (900_000, 900_000),
        (910_000, 900_000),
        (1, 3),
        (2, 3),
    ):
        due = rounded(min(points * executed / budget, points))
        assert earned(scheme, leaf, Actual(Fraction(executed, budget), RATIO)) == due, (executed, budget)
    assert earned(scheme, leaf, None) is None


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("proportional"))
def test_completion(scheme: str, leaf: str) -> None:
    points, said = leaves()[scheme, leaf]
    target = Decimal(str(said["target"]).rstrip("%"))
    for rate in RATES:
        if said["op"] in (">=", ">"):
            share = rate / target
        else:
            share = Decimal(1) if rate <= target else target / rate
        due = rounded(points * max(min(share, Decimal(1)), Decimal(0)))
        assert earned(scheme, leaf, rated(rate)) == due, (rate, said)


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("checkpoints"))
def test_check_points(scheme: str, leaf: str) -> None:
    points, said = leaves()[scheme, leaf]
    method = method_of(said)
    count = len(method["checkpoints"])
    for missed in range(count + 1):
        met = tuple(n >= missed for n in range(count))
        cost = Decimal(str(method["minus"])) * missed if "minus" in method else points * missed / count
        due = rounded(max(points - cost, Decimal(0)))
        assert earned(scheme, leaf, Judgement(met=met)) == due, missed
    assert earned(scheme, leaf, Judgement(met=(None,) * count)) is None


BANDS = {
    "达成年度指标": ("达成年度指标", 60),
    "达成预期": ("达成预期", 50),
}  # the first band; where the second begins


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("three_band"))
def test_three_bands(scheme: str, leaf: str) -> None:
    points, said = leaves()[scheme, leaf]
    names = [grade["name"] for grade in method_of(said).get("grades", [])]
    best, middle = BANDS[names[0] if names else "达成年度指标"]
    for band, share in (
        (best, 100), (best, 80), ("部分达成", 79), ("部分达成", middle), ("未达成", middle - 1), ("未达成", 0),
    ):  # fmt: skip
        judged = Judgement(band=band, share=Fraction(share, 100), reason="见佐证")
        assert earned(scheme, leaf, judged) == rounded(points * share / 100)
        assert earned(scheme, leaf, Judgement(band=band, share=Fraction(share, 100))) is None, (
            "no reason given"
        )


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("manual_with_reason"))
def test_points_given_with_a_reason(scheme: str, leaf: str) -> None:
    points = leaves()[scheme, leaf][0]
    assert earned(scheme, leaf, Judgement(points=points - 1, reason="一项延期")) == points - 1
    assert earned(scheme, leaf, Judgement(points=points - 1)) is None


@pytest.mark.parametrize(("scheme", "leaf"), leaves_by("yes_no", "direct"))
def test_plain_answers(scheme: str, leaf: str) -> None:
    points, said = leaves()[scheme, leaf]
    if method_of(said)["name"] == "direct":
        assert earned(scheme, leaf, Judgement(points=points / 2)) == points / 2
        return
    assert earned(scheme, leaf, Judgement(yes=True)) == points
    assert earned(scheme, leaf, Judgement(yes=False)) == 0


def test_no_scored_leaf_is_left_out() -> None:
    told = {"deduct", "bands", "interval", "execution", "proportional", "checkpoints", "three_band",
            "manual_with_reason", "yes_no", "direct"}  # fmt: skip
    assert {method_of(said)["name"] for _, said in leaves().values()} <= told
    scored = {
        (one.full_id, node.id)
        for one in catalogue().schemes.values()
        if one.pack in FISCAL
        for node in one.leaves
    }
    assert scored == set(leaves())


BY_HAND = [
    # 101% is one point over, half a point each: 8 - 0.5; 102.5%: 8 - 1.25
    ("hunan/common_2018", "staff_control", "101", "7.50"),
    ("hunan/common_2018", "staff_control", "102.5", "6.75"),
    ("hunan/common_2018", "staff_control", "116", "0.00"),
    ("hunan/common_2018", "three_public_change", "3.5", "5.20"),
    ("hunan/common_2018", "three_public_change", "-40", "8.00"),
    # whole steps of five points below 100%: 95.01 none, 95 one, 89.99 two
    ("hunan/common_2018", "budget_completion", "95.01", "8.00"),
    ("hunan/common_2018", "budget_completion", "95", "6.00"),
    ("hunan/common_2018", "budget_completion", "89.99", "4.00"),
    ("hunan/common_2018", "budget_control", "10", "6.00"),
    ("hunan/common_2018", "budget_control", "10.01", "4.00"),
    ("hunan/common_2018", "budget_control", "30", "2.00"),
    ("hunan/common_2017", "budget_control", "20", "3.00"),
    # 政府采购: off by 5 points to either side costs one
    ("hunan/common_2018", "procurement", "95", "5.00"),
    ("hunan/common_2018", "procurement", "105", "5.00"),
    ("hunan/yueyang", "key_expenditure", "89.99", "4.00"),
    ("hunan/yueyang", "adjustment", "20.01", "0.50"),
    ("hunan/yueyang", "three_public_control", "102", "4.00"),
    ("finance/goal_table", "execution", "99.971111", "10.00"),
    ("finance/goal_table", "cost", "125", "12.00"),
]


@pytest.mark.parametrize(("scheme", "leaf", "rate", "due"), BY_HAND)
def test_worked_out_on_paper(scheme: str, leaf: str, rate: str, due: str) -> None:
    assert earned(scheme, leaf, rated(Decimal(rate))) == Decimal(due)
