"""The evidence of a year: how strong it is, which figures rest on what, samples to inspect, what is lacking; as pages, CSV
and one .zip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import NotFound
from jixiao.ledger import evidence_archive, sampling
from jixiao.ledger.evidence_archive import GRADE_TITLES
from jixiao.ledger.queries.proofs import NO_PAPER, STRONG, Proven, Rests, YearEvidence, evidence_of
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web.gate import gate
from jixiao.web.twins import as_csv, attachment
from jixiao.web.year_lines import address_of

SHOWN = 50
MOST_DRAWN = 200
WAYS = (("random", "随机抽"), ("every", "每隔几条抽一条"), ("value", "金额最大的"))
SAMPLE = ("序号", "事项类型", "编号", "名称", "日期", "金额（元）", "最强等级", "材料", "记录标识")
TITLES = GRADE_TITLES | {NO_PAPER: "没有材料"}
TONES = {"third_party": "ok", "official": "ok", "internal": "plain", "none": "plain", NO_PAPER: "none"}


@gate()
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """Grades, index, sample and what is lacking."""
    found = evidence_of(request.user, org, year)
    draw = _Draw.of(request)
    at = [org, year]
    lacking = found.lacking
    context = {
        "org": found.org,
        "year": year,
        "as_of": found.as_of,
        "total": len(found.records),
        "grades": _grades(found.by_grade(), len(found.records)),
        "themes": _themes(found),
        "draw": draw,
        "ways": [{"id": id_, "title": title, "is_chosen": id_ == draw.way} for id_, title in WAYS],
        "sample": [_line(one) for one in draw.of_records(found)] if draw.is_asked else [],
        "sample_url": reverse("web:evidence_sample", args=at) + f"?{draw.query}",
        "lacking_count": len(lacking),
        "lacking": [_line(one) for one in lacking[:SHOWN]],
        "zip_url": reverse("web:evidence_zip", args=at),
        "index_url": reverse("web:evidence_index", args=at),
        "lacking_url": reverse("web:evidence_lacking", args=at),
    }
    return render(request, "web/year/evidence.html", context)


@gate()
def archive(request: HttpRequest, org: str, year: int) -> HttpResponseBase:
    """Everything as one .zip, sent while it is written."""
    found = evidence_of(request.user, org, year)
    answer = StreamingHttpResponse(evidence_archive.stream(found), content_type="application/zip")
    answer["Content-Disposition"] = attachment(f"{found.org.title}{year}年度佐证材料.zip")
    return answer


@gate()
def table(request: HttpRequest, org: str, year: int, what: str) -> HttpResponse:
    """One of the lists as CSV."""
    found = evidence_of(request.user, org, year)
    name = f"{found.org.title}{year}年度"
    if what == "index":
        return as_csv(evidence_archive.FIGURES, evidence_archive.figures(found), f"{name}数据与佐证.csv")
    if what == "lacking":
        return as_csv(evidence_archive.LACKING, evidence_archive.lacking(found), f"{name}缺佐证的记录.csv")
    draw = _Draw.of(request)
    if not draw.is_asked:
        raise NotFound("请先在佐证页选择怎样抽样")
    rows = [
        (
            place, one.kind.title, one.number, one.label, one.day, _money(one), TITLES[one.grade],
            "、".join(paper.title for paper in one.papers), one.id,
        )
        for place, one in enumerate(draw.of_records(found), 1)
    ]  # fmt: skip
    return as_csv(SAMPLE, rows, f"{name}抽样（{draw.words}）.csv")


class _Draw:
    """How a sample is drawn, as the address says; the same address draws the same."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.is_asked = asked.get("how", "") in dict(WAYS)
        self.way = asked.get("how", "random") if self.is_asked else "random"
        self.count = _whole(asked.get("count", ""), 20, MOST_DRAWN)
        self.step = _whole(asked.get("step", ""), 10, 100_000)
        self.start = _whole(asked.get("start", ""), 1, 100_000)
        self.seed = asked.get("seed", "").strip()[:40] or "1"

    @classmethod
    def of(cls, request: HttpRequest) -> _Draw:
        return cls(request.GET)

    def of_records(self, found: YearEvidence) -> Sequence[Proven]:
        items = list(found.records.values())
        draw: dict[str, Callable[[], Sequence[Proven]]] = {
            "random": lambda: sampling.at_random(items, self.count, self.seed, lambda one: one.id),
            "every": lambda: sampling.every(items, self.step, self.start)[:MOST_DRAWN],
            "value": lambda: sampling.greatest(items, self.count, lambda one: one.amount),
        }
        return draw[self.way]()

    @property
    def words(self) -> str:
        """How it was drawn, so that anybody can draw it again."""
        return {
            "random": f"随机 {self.count} 条，种子 {self.seed}",
            "every": f"从第 {self.start} 条起每 {self.step} 条抽一条，至多 {MOST_DRAWN} 条",
            "value": f"金额最大的 {self.count} 条",
        }[self.way]

    @property
    def query(self) -> str:
        asked = {"how": self.way, "count": self.count, "step": self.step, "start": self.start}
        return urlencode(asked | {"seed": self.seed})


def _whole(text: str, otherwise: int, most: int) -> int:
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 7 else otherwise


def _grades(counts: Mapping[str, int], total: int) -> list[dict[str, Any]]:
    return [
        {
            "title": TITLES[grade],
            "count": count,
            "share": f"{100 * count / total:.0f}%" if total else "—",
            "tone": TONES[grade],
        }
        for grade, count in counts.items()
    ]


def _themes(found: YearEvidence) -> list[dict[str, Any]]:
    """The figures by theme with what they rest on; `weak` counts those with a record without a strong paper."""
    titles = dict(in_force().themes_in_order())
    themes = []
    for theme, group in groupby(found.rests, key=lambda one: one.theme):
        lines = [_figure(found, one) for one in group]
        title = titles[theme].title if theme in titles else "其他"
        weak = sum(line["is_weak"] for line in lines)
        themes.append({"title": title, "lines": lines, "weak": weak})
    return themes


def _figure(found: YearEvidence, one: Rests) -> dict[str, Any]:
    counts = found.by_grade(one.records)
    strong = sum(counts[grade] for grade in STRONG)
    return {
        "title": one.figure.title,
        "text": one.figure.text,
        "url": address_of(found.org.id, found.year, one.figure.indicator),
        "records": len(one.records),
        "strong": strong,
        "nothing": counts[NO_PAPER],
        "filed": one.filed,
        "withheld": one.withheld,
        "is_weak": bool(one.records) and strong < len(one.records),
    }


def _line(one: Proven) -> dict[str, Any]:
    return {
        "kind": one.kind.title,
        "title": f"{one.number} {one.label}".strip(),
        "url": reverse("web:record", args=[one.id]),
        "day": one.day,
        "amount": _money(one),
        "grade": TITLES[one.grade],
        "tone": TONES[one.grade],
        "papers": "、".join(paper.title for paper in one.papers),
        "usual": "、".join(one.kind.evidence),
    }


def _money(one: Proven) -> str:
    return "" if one.amount is None else f"{one.amount / 100:.2f}"
