"""Who may come in: people signed in on the pages, by their session; whoever changes something shows the CSRF token too.

There are no keys for programs yet: a program signs in as a person does, at the login page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from jixiao.errors import NotAllowed

GIVEN = "密码是别人给的，请先登录网页，在“改密码”里换成自己的，再用数据接口"
NO_TOKEN = "缺少或用错了防伪令牌；请先取 /api/v1/session 中的 csrf_token，放在请求头 X-CSRFToken 里再发一次"


class SignedIn(APIKeyCookie):
    """Gives the user as `request.auth`; nobody signed in is told so (401) before any token is asked for. Like the pages, it
    lets nobody in under a password that somebody else gave.
    """

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if request.user.password_given:
            raise NotAllowed(GIVEN)
        if check_csrf(request):
            raise NotAllowed(NO_TOKEN)
        return request.user

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return self(request)
