"""All addresses: the pages, and nothing else."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("jixiao.web.urls"))]

handler400 = "jixiao.web.views.errors.bad_request"
handler403 = "jixiao.web.views.errors.forbidden"
handler404 = "jixiao.web.views.errors.not_found"
handler500 = "jixiao.web.views.errors.server_error"
