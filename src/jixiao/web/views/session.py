"""Logging in and out; what a form held when the session was over is carried through. Wrong passwords are counted by axes,
which answers the locked with its own page.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.web import guesses, unsent
from jixiao.web.entries import ErrorItem, Errors

SPENT = Errors(
    "没有登录成功",
    [
        ErrorItem(
            "从这个网址输错密码的次数太多，请半小时后再试；急用请换一个网络，或请管理员在服务器上处理",
            "f-password",
        )
    ],
)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; on success go to where the person wanted to go."""
    wanted = request.POST.get("next", "") if request.method == "POST" else request.GET.get("next", "")
    left = unsent.read(request, request.POST)
    if request.user.is_authenticated:
        return unsent.page(request, left) if left else redirect(inside(request, wanted))
    username, errors = request.POST.get("username", "").strip(), None
    if request.method == "POST" and guesses.are_spent(request):
        return _page(request, {"errors": SPENT, "username": username, "next": wanted, "unsent": left}, 429)
    if request.method == "POST":
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            if left is not None:
                return unsent.page(request, left)
            return redirect(inside(request, wanted))
        guesses.note(request)
        errors = _refusal(username, request.POST.get("password", ""))
    about = {"errors": errors, "username": username, "next": wanted, "unsent": left}
    return _page(request, about, 200 if errors is None else 422)


def ask(request: HttpRequest, left: unsent.Unsent) -> HttpResponse:
    """The login page for somebody whose form came after the session was over."""
    return _page(request, {"next": left.address, "unsent": left}, 401)


def _page(request: HttpRequest, about: dict[str, Any], status: int) -> HttpResponse:
    context = {**about, "idle_minutes": settings.SESSION_COOKIE_AGE // 60}
    return render(request, "web/session/login.html", context, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("web:login")


def _refusal(username: str, password: str) -> Errors:
    items = []
    if not username:
        items.append(ErrorItem("请填写用户名", "f-username"))
    if not password:
        items.append(ErrorItem("请填写密码", "f-password"))
    if not items:
        limit = settings.AXES_FAILURE_LIMIT
        items.append(
            ErrorItem(f"用户名或密码不对，请核对大小写后再试；连续 {limit} 次不对会暂停登录", "f-password")
        )
    return Errors("没有登录成功", items)


def inside(request: HttpRequest, address: str) -> str:
    """The address asked for, if it is one of ours."""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=request.is_secure())
    return address if safe else reverse("web:tasks")
