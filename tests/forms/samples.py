"""Forms filled for tests: the year of a small office, and a form of two lists and a grid made up here."""

from __future__ import annotations

from decimal import Decimal

from jixiao.catalogue import load
from jixiao.catalogue.forms import Form
from jixiao.forms.fill import Filled, fill
from jixiao.values import Quantity

BASE = {
    "vehicles": ("11.86", "41.46", "39.30"),
    "vehicle_purchase": ("—", "29.46", "29.46"),
    "vehicle_running": ("11.86", "12", "9.84"),
    "abroad": ("—", "—", "—"),
    "reception": ("17.22", "22", "4.99"),
    "business": ("938.8", "320", "689.16"),
    "office": ("14.44", "10", "0.68"),
    "utilities": ("17.92", "7.50", "25.36"),
    "meetings": ("0", "0.8", "0"),
    "procurement": ("16.14", "30.66", "30.66"),
    "adjustment": ("", "1922.76", "2690.62"),
}
COLUMNS = ("final_before", "budget", "final")
INDICATORS = [
    {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "提案办理件数",
        "target": "≥20件",
        "actual": "20件",
        "points": "30",
        "score": "30",
    },
    {
        "level1": "产出指标",
        "level2": "质量指标",
        "level3": "办理满意率",
        "target": "≥95%",
        "actual": "90%",
        "points": "20",
        "score": "18.95",
        "reason": "两件因政策未出台，列入下年计划",
    },
    {
        "level1": "效益指标",
        "level2": "社会效益",
        "level3": "建议采纳条数",
        "target": "≥5条",
        "actual": "5条",
        "points": "30",
        "score": "30",
    },
    {
        "level1": "满意度指标",
        "level2": "服务对象满意度",
        "level3": "委员满意度",
        "target": "≥90%",
        "actual": "92%",
        "points": "10",
        "score": "10",
    },
]


def form(name: str) -> Form:
    return load(["finance"]).form(name)


def amount(value: int, unit: str = "元") -> Quantity:
    return Quantity(Decimal(value), unit)


def base_entries() -> dict[str, str]:
    return {
        f"money.{row}.{column}": text
        for row, texts in BASE.items()
        for column, text in zip(COLUMNS, texts, strict=True)
        if text
    }


def base(entries: dict[str, str] | None = None, **filed: Quantity) -> Filled:
    """The base data of the FY2018 sample, changed where a test says so."""
    known = {
        "posts": amount(143, "人"),
        "staff": amount(136, "人"),
        "three_public_final_before": amount(290_800),
        "three_public_budget": amount(634_600),
        "three_public_final": amount(442_900),
        **filed,
    }
    return fill(
        form("base_data"),
        org="demo",
        year=2018,
        entries={**base_entries(), **(entries or {})},
        filed={f"finance/{name}": value for name, value in known.items()},
    )


def self_evaluation(rows: list[dict[str, str]] | None = None, **entries: str) -> Filled:
    """A whole self-evaluation sheet whose figures agree, changed where a test says so."""
    money = {
        f"money.{row}.{column}": text
        for row, texts in {
            "general": ("90", "90", "89.974"),
            "fund": ("0", "0", "0"),
            "account": ("—", "—", "—"),
            "other": ("—", "—", "—"),
            "basic": ("50", "50", "50"),
            "project": ("40", "40", "39.974"),
        }.items()
        for column, text in zip(("initial", "full", "executed"), texts, strict=True)
    }
    typed = {name.replace("__", "."): text for name, text in entries.items()}
    return fill(
        form("self_evaluation"),
        org="demo",
        year=2020,
        entries={**money, **typed},
        filed={
            "finance/initial_budget": amount(900_000),
            "finance/full_budget": amount(900_000),
            "finance/executed": amount(899_740),
        },
        lists={"indicators": INDICATORS if rows is None else rows},
    )
