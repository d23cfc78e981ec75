"""Every address of the interface has a rule of who comes in; one that is new fails here until it has.

Things of another office are asked for by their real ids, by every method there is.
"""

from __future__ import annotations

import json
import re
import uuid

from tests.api.conftest import MODEL_BACKEND, ROOT
from tests.ledger.conftest import make_person

from jixiao.api.urls import api
from jixiao.ledger.models import Event, Org

# Anybody who signed in: what the packs say, what is one's own, and lists cut to what one may see.
EVERYBODY = {"/session", "/orgs", "/kinds", "/kinds/{pack}/{kind}", "/verify"}
LISTS = re.compile(r"^/records/trial/[a-z_]+$")
THEIRS = re.compile(r"\{(org|id|record|bureau|submission|decision|expected|package)\}")


def resources() -> list[tuple[str, str]]:
    """(method, address) of all there is under the trial pack."""
    paths = api.get_openapi_schema()["paths"]
    found = [(method, path.removeprefix(ROOT)) for path, methods in paths.items() for method in methods]
    assert len(found) > 30
    return sorted(found)


def test_every_resource_has_a_rule(org):
    without = [
        path
        for _, path in resources()
        if path not in EVERYBODY and not LISTS.match(path) and not THEIRS.search(path)
    ]
    assert without == []


def test_visitors_get_nowhere(client, case):
    let_in = []
    for method, path in resources():
        answer = client.generic(method.upper(), ROOT + filled(path, case), "{}", "application/json")
        if answer.status_code != 401 and path != "/verify":
            let_in.append((method, path, answer.status_code))
    assert let_in == []


def test_what_another_office_has_is_not_there(client, case, stranger):
    managing = make_person("managing", Org.objects.get(pk="elsewhere"), "manager")
    before, let_in = Event.objects.count(), []
    for who in (stranger, managing):
        client.force_login(who, backend=MODEL_BACKEND)
        for method, path in resources():
            if not THEIRS.search(path):
                continue
            body = json.dumps({"seen": 1, "values": {"title": "改掉"}, "reason": "x", "org": "office"})
            answer = client.generic(method.upper(), ROOT + filled(path, case), body, "application/json")
            if answer.status_code not in (403, 404, 422) or case.label in answer.content.decode():
                let_in.append((who.username, method, path, answer.status_code))
            if answer.status_code == 422 and method == "get":
                let_in.append((who.username, method, path, answer.content.decode()))
    assert let_in == []
    assert Event.objects.count() == before
    case.refresh_from_db()
    assert (case.label, case.version) == ("路灯不亮", 1)


def filled(path: str, case) -> str:
    given = {
        "org": "office", "bureau": "office", "year": "2020", "pack": "trial", "kind": "case", "indicator": "cases",
        "id": case.pk, "record": case.pk, "step": "file", "content": "0" * 64, "form": "docx",
    }  # fmt: skip
    return re.sub(r"\{(\w+)\}", lambda name: str(given.get(name[1], uuid.UUID(int=1))), path)
