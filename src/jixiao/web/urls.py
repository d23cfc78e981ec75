"""The addresses of the pages. They are for ever: reports and files point to them."""

from __future__ import annotations

from django.urls import path

from jixiao.web.views import (
    attachments,
    changes,
    check,
    compare,
    draft,
    figures,
    filed,
    imports,
    issues,
    origins,
    past,
    paste,
    points,
    records,
    registers,
    reports,
    rules,
    scores,
    search,
    session,
    tasks,
    verify,
    year,
)

app_name = "web"

KIND = "<slug:pack>/<slug:kind>"
RECORD = "records/<uuid:record>"
YEAR = "year/<slug:org>/<int:year>"
FIGURE = f"{YEAR}/figures/<slug:pack>/<slug:indicator>"
LEAF = f"{YEAR}/scores/<slug:pack>/<slug:scheme>/<slug:leaf>"
REPORT = "reports/<slug:org>/<int:year>"

urlpatterns = [
    path("", tasks.show, name="tasks"),
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("registers/", registers.index, name="registers"),
    path(f"registers/{KIND}/", registers.listing, name="register"),
    path(f"registers/{KIND}.csv", registers.listing, {"form": "csv"}, name="register_csv"),
    path(f"registers/{KIND}.json", registers.listing, {"form": "json"}, name="register_json"),
    path(f"registers/{KIND}/new/", changes.create, name="create"),
    path(f"registers/{KIND}/backfill/", past.backfill, name="backfill"),
    path(f"registers/{KIND}/export.xlsx", imports.export, name="export"),
    path(f"registers/{KIND}/template.xlsx", imports.export, {"form": "template"}, name="template"),
    path("registers/paste/", paste.paste, name="paste"),
    path("pastes/<uuid:paste_id>/", paste.pasted, name="pasted"),
    path("imports/", imports.begin, name="import_begin"),
    path("imports/<uuid:staged_id>/", imports.show, name="import"),
    path("imports/<uuid:staged_id>/marked.xlsx", imports.marked, name="import_marked"),
    path("imports/<uuid:staged_id>/<slug:what>/", imports.act, name="import_act"),
    path(f"{RECORD}/", records.show, name="record"),
    path(f"{RECORD}/edit/", changes.edit, name="edit"),
    path(f"{RECORD}/steps/<slug:step>/", changes.advance, name="advance"),
    path(f"{RECORD}/origin/", origins.set_origin, name="origin"),
    path(f"{RECORD}/void/", changes.void, name="void"),
    path(f"{RECORD}/undo/", changes.undo, name="undo"),
    path(f"{RECORD}/evidence/", attachments.attach, name="attach"),
    path(f"{RECORD}/links/", attachments.link, name="link"),
    path(f"{RECORD}/links/<uuid:link>/unlink/", attachments.unlink, name="unlink"),
    path(f"{RECORD}/children/{KIND}/new/", changes.create_child, name="create_child"),
    path("evidence/<slug:content>/", attachments.download, name="evidence"),
    path("year/", year.latest, name="this_year"),
    path(f"{YEAR}/", year.show, name="year"),
    path(f"{YEAR}.csv", year.show, {"form": "csv"}, name="year_csv"),
    path(f"{YEAR}.json", year.show, {"form": "json"}, name="year_json"),
    path(f"{YEAR}/scores/", scores.show, name="scores"),
    path(f"{LEAF}/", scores.explain_loss, name="explain_loss"),
    path(f"{LEAF}/judge/", scores.judge, name="judge"),
    path(f"{YEAR}/points/", points.index, name="points_index"),
    path(f"{YEAR}/points/<slug:pack>/<slug:scheme>/", points.show, name="points"),
    path(f"{YEAR}/filed/", filed.show, name="filed"),
    path(f"{FIGURE}/", figures.show, name="figure"),
    path(f"{FIGURE}.csv", figures.show, {"form": "csv"}, name="figure_csv"),
    path(f"{FIGURE}.json", figures.show, {"form": "json"}, name="figure_json"),
    path("reports/", reports.latest, name="this_report"),
    path(f"{REPORT}/", reports.preview, name="report"),
    path(f"{REPORT}/clauses/<slug:clause>/", reports.rewrite, name="clause"),
    path(f"{REPORT}/issue/", issues.issue, name="issue"),
    path(f"{REPORT}/download.<slug:form>", reports.download, name="download"),
    path(f"{REPORT}/refresh/", reports.refresh, name="refresh"),
    path(f"{REPORT}/refresh/download/", reports.refresh_download, name="refresh_download"),
    path("issues/<slug:root>/", issues.show, name="issued"),
    path("issues/<slug:root>/download.<slug:form>", issues.download, name="issued_download"),
    path("search/", search.show, name="search"),
    path("search.json", search.show, {"form": "json"}, name="search_json"),
    path("check/", check.check, name="check"),
    path("compare/<slug:org>/<int:year>/", compare.compare, name="compare"),
    path("draft/", draft.draft, name="draft"),
    path("verify/", verify.verify, name="verify"),
    path("rules/", rules.index, name="rules"),
    path("rules/kinds/<slug:pack>/<slug:name>/", rules.kind, name="rules_kind"),
    path("rules/indicators/<slug:pack>/<slug:name>/", rules.indicator, name="rules_indicator"),
    path("rules/schemes/<slug:pack>/<slug:name>/", rules.scheme, name="rules_scheme"),
]
