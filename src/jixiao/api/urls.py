"""The addresses under /api/v1/: the resources, the document, and a page about both."""

from __future__ import annotations

from jixiao.api import refusals
from jixiao.api.door import SignedIn
from jixiao.api.interface import ChineseJson, Interface
from jixiao.api.reference import Reference, for_readers
from jixiao.api.resources import cycle, desk, figures, kinds, nowhere, orgs, records, verify

api = Interface(
    title="绩效 数据接口",
    version="1",
    description=(
        "报告中的每个数据都由台账记录计算得出；这里取得的记录、数据和评分与网页同一来源、同一权限、同一提示。"
        "非涉密系统：不得录入、上传国家秘密和工作秘密。"
    ),
    urls_namespace="api",
    auth=SignedIn(),
    docs=Reference(),
    docs_decorator=for_readers,
    renderer=ChineseJson(),
)
refusals.install(api)
for resource in (orgs, kinds, records, figures, cycle, desk, verify, nowhere):
    api.add_router("", resource.router)

app_name = api.urls_namespace
urlpatterns = api.urls[0]
