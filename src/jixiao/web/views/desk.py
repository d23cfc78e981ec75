"""The bureau's desk: who has reported, what came in, what is wrong with it, and what the bureau makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors, JixiaoError, NotAllowed, NotFound
from jixiao.ledger import evidence_store
from jixiao.ledger.actions import desk as acts
from jixiao.ledger.actions import desk_decisions, desk_packages
from jixiao.ledger.desk import compare, public_files
from jixiao.ledger.desk.parts import LARGEST
from jixiao.ledger.queries import desk as queries
from jixiao.ledger.queries.desk_public import published
from jixiao.reports import write_docx
from jixiao.web import desk_page, once
from jixiao.web.context import frame_of
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.uploads import MIB

MOST_FILES = 100
MOST_BYTES = 300 * MIB
SAMPLE = 10


@gate()
def latest(request: HttpRequest) -> HttpResponse:
    """The desk of the person's bureau, in a year that has a list."""
    frame = frame_of(request)
    bureau = queries.desk_home(request.user, frame.require_org().id) or frame.require_org().id
    return redirect("web:desk", bureau, queries.desk_year(bureau, frame.year))


@gate("GET", "POST")
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The whole district; posts take files in, change the list and say whose a package is."""
    here = reverse("web:desk", args=[org, year])
    errors: Errors | None = None
    if request.method == "POST":
        act = {"take": _take, "expect": _expect, "claim": _claim, "draw": _draw}.get(
            request.POST.get("do", "")
        )
        errors, answer = _acted(request, act, org, year, here, "还没有办成")
        if answer is not None:
            return answer
    view = queries.overview(request.user, org, year)
    what = request.GET.get("only", "")
    chosen = view.only(what)
    seed = request.GET.get("seed", "").strip()[:40] or f"{year}"
    asked = request.GET.get("count", "")
    count = min(int(asked), 500) if asked.isdecimal() and len(asked) < 4 else SAMPLE
    drawn = set(compare.sample(seed, [row.expected.title for row in view.reported], count))
    context = {
        "view": view,
        "year": year,
        "here": here,
        "stats": desk_page.stats(view, here),
        "charts": desk_page.charts(view, here),
        "lines": desk_page.lines(view, chosen, what),
        "only": what.partition(":")[2] or ("迟报" if what.startswith("late") else ""),
        "value_title": what.partition(":")[2] if what.startswith("sum:") else "",
        "sample": desk_page.lines(view, [row for row in view.reported if row.expected.title in drawn], ""),
        "seed": seed,
        "count": count,
        "is_sampling": "seed" in request.GET,
        "draws": queries.draws(request.user, org, year),
        "expected": [row.expected for row in view.rows],
        "due_on": next((row.expected.due_on for row in view.rows if row.expected.due_on), None),
        "errors": errors,
        "form_id": once.fresh(),
        "largest": LARGEST // MIB,
    }
    return render(request, "web/desk/desk.html", context, status=422 if errors else 200)


def _acted(
    request: HttpRequest,
    act: Callable[[HttpRequest, str, int, str], str] | None,
    org: str,
    year: int,
    here: str,
    heading: str,
) -> tuple[Errors | None, HttpResponse | None]:
    """Do what was posted: the answer, or what stands in its way."""
    try:
        if act is None:
            raise BadInput("不认得这个操作；请从页面上的按钮办理")
        return None, once.do(request, lambda: act(request, org, year, here))
    except (NotFound, NotAllowed):
        raise
    except FieldErrors as wrong:
        return Errors(heading, [ErrorItem(text, name) for name, text in wrong.errors.items()]), None
    except JixiaoError as refused:
        return Errors(heading, [ErrorItem(str(refused))]), None


def _take(request: HttpRequest, org: str, year: int, here: str) -> str:
    files = request.FILES.getlist("files")
    if not files:
        raise FieldErrors({"files": "请选择要收的文件，可以一次选多份"})
    if len(files) > MOST_FILES or sum(one.size or 0 for one in files) > MOST_BYTES:
        told = f"一次最多 {MOST_FILES} 份、共 {MOST_BYTES // MIB} MB；请分几次，或用命令 jixiao desk take 收整个文件夹"
        raise FieldErrors({"files": told})
    given = [(one.name or "", one.read()) for one in files]
    outcomes = desk_packages.take(by=request.user, bureau=org, year=year, files=given)
    _tell(request, outcomes)
    return f"{here}#came"


def _tell(request: HttpRequest, outcomes: list[desk_packages.Outcome]) -> None:
    new = [one.submission for one in outcomes if one.is_new]
    taken = sum(one.state == acts.STATE.REPORTED for one in new)
    loose = sum(one.state == acts.STATE.UNPLACED for one in new)
    told = [f"收下 {taken} 份"]
    if loose:
        told.append(f"{loose} 份认不出单位，请在下面指明")
    if len(outcomes) > len(new):
        told.append(f"{len(outcomes) - len(new)} 份以前收过，没有重复收")
    messages.success(request, "；".join(told))
    for one in new:
        if one.state == acts.STATE.REFUSED:
            messages.warning(request, f"{one.file_name}：{one.trouble}")


def _expect(request: HttpRequest, org: str, year: int, here: str) -> str:
    text = request.POST.get("due_on", "").strip()
    try:
        due_on = date.fromisoformat(text) if text else None
    except ValueError:
        raise FieldErrors({"due_on": "报送期限应写成 2021-03-01 这样"}) from None
    listed = acts.expect(
        by=request.user,
        bureau=org,
        year=year,
        titles=request.POST.get("titles", "").splitlines(),
        due_on=due_on,
        secret=request.POST.getlist("secret"),
    )
    messages.success(request, f"名单上有 {len(listed)} 个单位")
    return f"{here}#expected"


def _claim(request: HttpRequest, org: str, year: int, here: str) -> str:
    row = desk_packages.claim(
        by=request.user,
        submission=request.POST.get("submission", ""),
        expected=request.POST.get("expected", ""),
    )
    messages.success(request, f"已记为{row.expected}的第{row.version}版")
    return f"{here}#departments"


def _draw(request: HttpRequest, org: str, year: int, here: str) -> str:
    asked = request.POST.get("count", "")
    made = desk_decisions.draw(
        by=request.user,
        bureau=org,
        year=year,
        seed=request.POST.get("seed", "")[:40],
        count=int(asked) if asked.isdecimal() and len(asked) < 4 else 0,
        reason=request.POST.get("draw_reason", ""),
    )
    messages.success(request, f"已抽出 {len(made.facts['drawn'])} 个单位，并记入流转记录")
    return f"{here}#draws"


@gate("GET", "POST")
def department(request: HttpRequest, org: str, year: int, expected: Any) -> HttpResponse:
    """One department's package: forms beside last year, defects with places, leaves beside peers, and the decision."""
    here = reverse("web:desk_department", args=[org, year, expected])
    errors: Errors | None = None
    if request.method == "POST":
        act = {"return": _send_back, "review": _review}.get(request.POST.get("do", ""))
        errors, answer = _acted(request, act, org, year, here, "还没有办成")
        if answer is not None:
            return answer
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 4 else None
    view = queries.department(request.user, str(expected), version)
    if (view.overview.bureau.pk, view.overview.year) != (org, year):
        raise NotFound("名单里没有这个单位")
    context = {
        "view": view,
        "row": view.standing,
        "line": desk_page.lines(view.overview, [view.standing], "")[0],
        "package": view.submission,
        "year": year,
        "here": here,
        "desk_url": reverse("web:desk", args=[org, year]),
        "leaves": desk_page.leaves(view),
        "forms": desk_page.forms(view),
        "given": request.POST,
        "chosen": request.POST.getlist("rows"),
        "may_decide": view.is_newest and view.standing.state in ("已报", "已复核"),
        "errors": errors,
        "form_id": once.fresh(),
    }
    return render(request, "web/desk/department.html", context, status=422 if errors else 200)


def _send_back(request: HttpRequest, org: str, year: int, here: str) -> str:
    desk_decisions.send_back(
        by=request.user,
        submission=request.POST.get("submission", ""),
        rows=request.POST.getlist("rows"),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, "已退回；退回意见可以下载打印")
    return f"{here}#decisions"


def _review(request: HttpRequest, org: str, year: int, here: str) -> str:
    desk_decisions.review(
        by=request.user,
        submission=request.POST.get("submission", ""),
        score=request.POST.get("score", ""),
        reason=request.POST.get("review_reason", ""),
    )
    messages.success(request, "已复核")
    return f"{here}#decisions"


@gate()
def public(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The public folder as a zip, reviewed packages only; nothing is marked as made public by looking."""
    files = public_files.files_of(published(request.user, org, year))
    answer = HttpResponse(public_files.zipped(files), content_type="application/zip")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{year}年度公开页.zip')}"
    return answer


@gate()
def file(request: HttpRequest, submission: Any, content: str) -> HttpResponse:
    """A file as it came in."""
    row = queries.submission(request.user, str(submission))
    found = next((one for one in row.files if one["raw"] == content and content), None)
    if found is None:
        raise NotFound("这份报送件里没有这个文件")
    answer = HttpResponse(evidence_store.read(content), content_type="application/octet-stream")
    name = str(found["path"]).rsplit("/", 1)[-1]
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@gate()
def letter(request: HttpRequest, decision: Any, form: str) -> HttpResponse:
    """The return opinion in official layout."""
    found, document = queries.letter(request.user, str(decision))
    if form == "pdf":
        from jixiao.reports import write_pdf  # the typesetter is loaded for those who print

        content, media = write_pdf.write(document, None), "application/pdf"
    else:
        content, media = write_docx.write(document, None), write_docx.MEDIA_TYPE
    answer = HttpResponse(content, content_type=media)
    name = quote(f"{found.submission.expected or ''}退回意见.{form}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
