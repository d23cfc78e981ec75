"""A person's own password, changed by who knows the old one; one that somebody else gave is changed before all else.

Nothing typed here is shown again.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from jixiao.errors import FieldErrors
from jixiao.ledger.actions import people
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.views.session import inside

BOXES = ("old", "password", "again")


@sensitive_post_parameters(*BOXES)
@gate("GET", "POST", with_given_password=True)
def change(request: HttpRequest) -> HttpResponse:
    """Three boxes; who changed it stays signed in here and nowhere else."""
    wanted = request.POST.get("next", "") if request.method == "POST" else request.GET.get("next", "")
    context: dict[str, Any] = {"next": wanted, "is_given": request.user.password_given}
    if request.method == "GET":
        return render(request, "web/session/password.html", context)
    try:
        user = people.change_password(by=request.user, **{name: request.POST.get(name, "") for name in BOXES})
    except FieldErrors as wrong:
        items = [ErrorItem(text, f"f-{name}") for name, text in wrong.errors.items()]
        context |= {"errors": Errors("密码还没有改", items), "wrong": wrong.errors}
        return render(request, "web/session/password.html", context, status=422)
    update_session_auth_hash(request, user)
    messages.success(request, "密码已改；在别处登录的已经退出")
    return redirect(inside(request, wanted))
