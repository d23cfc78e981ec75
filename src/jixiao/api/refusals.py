"""What goes wrong, told as JSON: one Chinese message, and where single fields are at fault a message for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jixiao.errors import FieldErrors, JixiaoError, NotAllowed, NotFound, PackErrors, Stale, StepNotLegal

SIGN_IN = "请先登录：在 /login/ 登录后，带着会话再来"
NOWHERE = "没有这个地址；全部地址见 /api/v1/openapi.json"
UNREADABLE = "请求内容读不出来；请发送 UTF-8 编码的 JSON"
TOO_BIG = "请求内容太大；请分几次发送"
STATUS: Mapping[type[JixiaoError], int] = {
    FieldErrors: 422,
    NotFound: 404,
    NotAllowed: 403,
    StepNotLegal: 409,
    Stale: 409,
    PackErrors: 503,
    JixiaoError: 422,
}
# What the library says of a malformed request, by the type of its complaint.
WORDS = {
    "missing": "没有填写",
    "extra_forbidden": "不认得这一项",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数太大",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "literal_error": "不在可选之列",
    "too_long": "最多 {max_length} 项",
    "dict_type": "应为 JSON 对象",
    "model_attributes_type": "应为 JSON 对象",
    "model_type": "应为 JSON 对象",
    "uuid_parsing": "不是记录编号",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "string_too_long": "最多 {max_length} 个字",
}


class Overtaken(Stale):
    """Stale, with what the others wrote as this interface writes values; `version` is the one to have seen next."""

    def __init__(self, late: Stale, theirs: Mapping[str, Any], version: int) -> None:
        super().__init__(str(late), late.changes)
        self.theirs, self.version = dict(theirs), version


def install(api: NinjaAPI) -> None:
    """Let every refusal of an interface be told this way; defects stay defects (500)."""
    api.add_exception_handler(JixiaoError, lambda request, error: _refused(api, request, error))
    api.add_exception_handler(ValidationError, lambda request, error: _malformed(api, request, error))
    for kind, status, message in (
        (AuthenticationError, 401, SIGN_IN),
        (Http404, 404, NOWHERE),
        (HttpError, 400, UNREADABLE),
        (SuspiciousOperation, 400, UNREADABLE),
        (RequestDataTooBig, 400, TOO_BIG),
    ):
        api.add_exception_handler(kind, _always(api, status, message))


def told(message: str, errors: Mapping[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """The body of every refusal."""
    return {"message": message, "errors": dict(errors or {}), **more}


def _refused(api: NinjaAPI, request: HttpRequest, error: JixiaoError) -> HttpResponse:
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    body = told(str(error), error.errors if isinstance(error, FieldErrors) else None)
    if isinstance(error, StepNotLegal):
        body["reasons"] = list(error.reasons)
    if isinstance(error, Overtaken):
        body |= {"theirs": error.theirs, "version": error.version}
    return api.create_response(request, body, status=status)


def _malformed(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = {_place(one["loc"]): _words(one) for one in error.errors}
    message = "请求写得不对：" + "；".join(f"{place} {words}" for place, words in errors.items())
    return api.create_response(request, told(message, errors), status=422)


def _place(location: tuple[Any, ...]) -> str:
    """The field a complaint is about; the library puts its source (body, query …) and the parameter's name in front."""
    source, *inside = (str(part) for part in location)
    return ".".join(inside[1:] if inside[:1] == ["given"] else inside) or source


def _words(complaint: Mapping[str, Any]) -> str:
    context = complaint.get("ctx") or {}
    if complaint["type"] == "value_error":
        return str(context.get("error", "")) or "不能这样写"
    return WORDS.get(complaint["type"], "不能这样写").format(**context)


def _always(api: NinjaAPI, status: int, message: str) -> Any:
    return lambda request, error: api.create_response(request, told(message), status=status)
