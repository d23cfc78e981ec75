"""A person's own password, changed by who knows the old one. Nothing typed here is shown again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from jixiao.errors import FieldErrors
from jixiao.ledger.actions import people
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate

BOXES = ("old", "password", "again")


@sensitive_post_parameters(*BOXES)
@gate("GET", "POST")
def change(request: HttpRequest) -> HttpResponse:
    """Three boxes; who changed it stays signed in here and nowhere else."""
    if request.method == "GET":
        return render(request, "web/session/password.html")
    try:
        user = people.change_password(by=request.user, **{name: request.POST.get(name, "") for name in BOXES})
    except FieldErrors as wrong:
        items = [ErrorItem(text, f"f-{name}") for name, text in wrong.errors.items()]
        context = {"errors": Errors("密码还没有改", items), "wrong": wrong.errors}
        return render(request, "web/session/password.html", context, status=422)
    update_session_auth_hash(request, user)
    messages.success(request, "密码已改；在别处登录的已经退出")
    return redirect("web:tasks")
