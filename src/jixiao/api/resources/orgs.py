"""Who is signed in, which orgs they may look at, and the reporting years of an org."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from jixiao.api.answers import OrgAnswer, Session, YearAnswer
from jixiao.ledger import queries

router = Router(tags=["单位"])


@router.get("/session", response=Session, summary="登录的人和防伪令牌")
def session(request: HttpRequest) -> dict[str, str]:
    return {
        "username": request.auth.username,
        "name": str(request.auth),
        "csrf_token": get_token(request),
    }


@router.get("/orgs", response=list[OrgAnswer], summary="可以查看的单位")
def orgs(request: HttpRequest) -> Any:
    return queries.orgs_for(request.auth)


@router.get(
    "/orgs/{slug:org}/years",
    response=list[YearAnswer],
    summary="单位的年度和口径期间",
    description="最近的年度在前。",
)
def years(request: HttpRequest, org: str) -> list[dict[str, Any]]:
    periods = queries.periods_for(request.auth, org).order_by("-year", "basis", "from_on")
    return [{"year": year, "periods": list(found)} for year, found in groupby(periods, lambda one: one.year)]
