"""All addresses: the pages, and the REST interface beside them."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("api/v1/", include("jixiao.api.urls")), path("", include("jixiao.web.urls"))]

handler400 = "jixiao.web.views.errors.bad_request"
handler403 = "jixiao.web.views.errors.forbidden"
handler404 = "jixiao.web.views.errors.not_found"
handler500 = "jixiao.web.views.errors.server_error"
