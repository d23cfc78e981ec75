"""Every address of pages and interface has a rule of who comes in, and is asked with the real things of another office.

An address without a rule fails here. Strangers ask for what there is, not for made-up ids: the clerk and the manager of
another office, by reading and by sending a form.
"""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from tests.ledger.conftest import day, make_person

from jixiao.ledger import evidence_store
from jixiao.ledger.actions import (
    evidence,
    handovers,
    imports,
    links,
    org_changes,
    orgs,
    pastes,
    records,
    reports,
    scores,
)
from jixiao.ledger.actions import filed as filing
from jixiao.ledger.models import BureauTemplate, Event, Membership, Org, User
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import workbooks
from jixiao.web.urls import urlpatterns

# Open: anybody. Own: what the signed-in person has, whatever is asked. Rules: the packs, no office's. Theirs: things of an
# office, by its id or their own; for everybody else they are not there.
OPEN = "login logout verify check"
OWN = """tasks calendar reminders own_password registers templates this_year own handovers this_report search search_json draft
    this_desk paste import_begin people person_add org_change unconfirmed"""
RULES = "rules rules_kind rules_indicator rules_scheme"
OF_ONES_ORG = "register register_csv register_json create backfill export template_sheet"
THEIRS = """pasted import import_marked import_act record form cell_deviation cell_deviation_approve cell_deviation_withdraw
    form_upload form_xlsx form_docx print_docx print_pdf edit advance origin similar void file_record undo attach link
    unlink create_child evidence template template_take template_file year year_csv year_json office speak_for role_end
    person role_give person_switch person_password password_once own_points org_change_undo handover_undo handover
    handover_docx handover_pdf scores explain_loss judge points_index points advice evidence_year evidence_zip
    evidence_index evidence_sample evidence_lacking filed figure deviation deviation_approve deviation_withdraw figure_csv
    figure_json cycle presubmit package package_zip report clause issue download refresh refresh_download issued
    issued_download compare desk desk_department desk_public desk_file desk_letter confirm_rule revoke_confirmation"""
RULE = {
    name: rule
    for rule, names in (
        ("open", OPEN),
        ("own", OWN),
        ("rules", RULES),
        ("org", OF_ONES_ORG),
        ("theirs", THEIRS),
    )
    for name in names.split()
}


def rule_of(pattern) -> str:
    """The rule of an address; two have one name, which their parameters tell apart."""
    is_sheet = pattern.name == "template" and "kind" in pattern.pattern.converters
    return RULE.get("template_sheet" if is_sheet else pattern.name, "")


@pytest.fixture
def theirs(org, case, clerk, head):
    """One of everything an office has, by the names the addresses ask for it."""
    manager = make_person("manager", org, "manager")
    use = evidence.attach(by=clerk, record=case, grade="official", title="来函", file=b"paper", name="a.txt")
    staged = imports.begin(
        by=clerk, org=org, kind="case", name="来件.csv", content="标题,收到日期\n路灯三,2020-03-02\n".encode()
    )
    pasted = pastes.begin(by=clerk, org=org, text="3月2日收到来件：路灯不亮", on=day("2020-03-05"))
    filed = records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"),
        seen=records_version(case),
    )  # fmt: skip
    about = {"by": clerk, "org": org, "stated_on": day("2020-01-02"), "period": org.periods.get(year=2020)}
    filing.file(**about, item="budget", value="73万", source="预算批复")
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="quality", reason="没有紧急来件")
    issued = reports.issue(by=head, org=org, outline="annual", year=2020)
    other = records.create(
        by=clerk, org=org, kind="case", values={"title": "路灯另一件", "received_on": "2020-03-02"}
    )
    link = links.link(by=clerk, record=case, role="similar", target=other)
    sheet = evidence_store.keep(workbooks.template(clerk, "case", org))
    template = BureauTemplate.objects.create(
        id=str(uuid.uuid4()), org=org, title="示例套表", file_name="a.xlsx", content=sheet,
        changed_by="clerk", changed_at=issued.issued_at,
    )  # fmt: skip
    taker = make_person("taker", org, "clerk")
    handover = handovers.hand_over(by=SYSTEM, org=org, giver=manager, taker=taker, on=day("2021-02-01"))
    renamed = orgs.create(by=SYSTEM, id="old-office", title="示例旧办公室", valid_from=day("2015-01-01"))
    into = org_changes.NewOrg(id="new-office", title="示例新办公室")
    org_changes.rename(by=SYSTEM, org=renamed, into=into, on=day("2021-02-02"), reason="更名")
    return {
        "record": filed.pk, "link": link.pk, "content": use.evidence_id, "staged_id": staged.pk, "paste_id": pasted.pk,
        "template": template.pk, "handover": handover.pk, "change": renamed.office_acts.get(act="became").pk,
        "membership": Membership.objects.get(user=clerk).pk, "account": clerk.pk, "root": issued.root,
        "org": "office", "year": 2020, "pack": "trial", "kind": "case", "indicator": "cases", "name": "case",
        "scheme": "goals", "leaf": "quality", "clause": "money", "step": "file", "form": "docx", "what": "accept",
        "field": "title", "cell": "a", "paper": "case", "key": "0", "expected": uuid.uuid4(),
        "submission": uuid.uuid4(), "decision": uuid.uuid4(), "act": uuid.uuid4(),
    }  # fmt: skip


def records_version(case) -> int:
    case.refresh_from_db()
    return case.version


def address(pattern, theirs) -> str:
    asked = {name: theirs[name] for name in pattern.pattern.converters}
    if pattern.name == "create_child":
        asked["kind"] = "talk"
    return reverse(f"web:{pattern.name}", kwargs=asked)


def test_every_address_has_a_rule():
    names = {
        "template_sheet" if one.name == "template" and "kind" in one.pattern.converters else one.name
        for one in urlpatterns
    }
    assert names - RULE.keys() == set(), "说明谁可以进来"
    assert RULE.keys() - names == set(), "这个地址已经没有了"


def everything() -> tuple[object, ...]:
    """What nobody may have changed."""
    changing = ("last_login", "password")
    accounts = [
        [value for name, value in row.items() if name not in changing]
        for row in User.objects.order_by("pk").values()
    ]
    return (
        Event.objects.count(),
        accounts,
        list(Membership.objects.order_by("pk").values_list()),
        list(Org.objects.order_by("pk").values_list()),
        list(BureauTemplate.objects.order_by("pk").values_list()),
    )


def test_what_another_office_has_is_not_there(client, theirs, org, stranger):
    from tests.office import MODEL_BACKEND

    there = Org.objects.get(pk="elsewhere")
    managing = make_person("managing", there, "manager")
    before, let_in = everything(), []
    for who in (stranger, managing):
        client.force_login(who, backend=MODEL_BACKEND)
        for pattern in urlpatterns:
            if rule_of(pattern) != "theirs":
                continue
            for method in ("get", "post"):
                answer = getattr(client, method)(address(pattern, theirs))
                told = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if answer.status_code not in (403, 404, 405) or "路灯" in told.decode("utf-8", "replace"):
                    let_in.append((who.username, method, pattern.name, answer.status_code))
    assert let_in == []
    assert everything() == before


def test_staff_of_the_office_itself_see_no_more_than_their_role(client, theirs, org, head):
    """Someone who may only read changes nothing, whatever form is sent."""
    from tests.office import MODEL_BACKEND

    before, changed = everything(), []
    client.force_login(head, backend=MODEL_BACKEND)
    for pattern in urlpatterns:
        if rule_of(pattern) in ("theirs", "org") and pattern.name not in MAY_AS_HEAD:
            client.post(address(pattern, theirs), {"reason": "x", "note": "x", "do": "save", "seen": "1"})
            if everything() != before:
                changed.append(pattern.name)
                before = everything()
    assert changed == []


MAY_AS_HEAD = {"void", "issue", "undo"}


def test_accounts_and_roles_are_for_who_manages(client, theirs, clerk):
    from tests.office import MODEL_BACKEND

    client.force_login(clerk, backend=MODEL_BACKEND)
    for name in ("people", "person_add", "speak_for", "role_end", "person", "role_give", "person_switch",
                 "person_password", "password_once", "org_change", "org_change_undo", "handover_undo"):  # fmt: skip
        [pattern] = [one for one in urlpatterns if one.name == name]
        for method in ("get", "post"):
            answer = getattr(client, method)(address(pattern, theirs))
            assert answer.status_code in (403, 404, 405), (name, method)
