"""The pages of a figure stated otherwise: entered by one, approved by another, shown in the preview."""

from __future__ import annotations

from tests.ledger.conftest import make_case
from tests.web.conftest import form_id_of

PAGE = "/year/office/2020/figures/trial/cases/"


def test_one_enters_and_another_approves(browse, clerk, head, org) -> None:
    make_case(clerk, org)
    client = browse(clerk)
    page = client.get(f"{PAGE}otherwise/").content.decode()
    typed = {"form_id": form_id_of(page), "value": "2件", "reason": "", "ordered_by": "主任"}
    refused = client.post(f"{PAGE}otherwise/", typed)
    assert refused.status_code == 422
    assert "主任" in refused.content.decode()
    answer = client.post(f"{PAGE}otherwise/", typed | {"reason": "另有一件在上级台账"})
    assert answer.status_code == 302
    assert "批准这一版" not in client.get(PAGE).content.decode(), "自己录入的自己不能批准"
    client = browse(head)
    page = client.get(PAGE).content.decode()
    assert "待批准" in page
    client.post(f"{PAGE}otherwise/approve/", {"form_id": form_id_of(page), "seen": "1"})
    told = client.get("/reports/office/2020/").content.decode()
    assert "台账1件，报告写作2件" in told
    assert "另有一件在上级台账" in told
