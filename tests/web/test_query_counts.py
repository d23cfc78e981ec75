"""A page asks the database as often over a thousand records as over ten, and not often at all."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from jixiao.ledger.actions.records.backfill import Past, backfill_all
from jixiao.ledger.permissions import SYSTEM

FEW, MANY = 10, 1000
YEAR = "/year/office/2020"
PAGES = {
    "/": 40,
    "/?scope=org": 40,
    "/reminders/": 40,
    "/registers/": 40,
    "/registers/trial/case/": 40,
    "/registers/trial/case/?q=1": 40,
    f"{YEAR}/": 60,
    f"{YEAR}/advice/": 40,
    f"{YEAR}/scores/": 40,
    f"{YEAR}/evidence/": 40,
    "/search/?q=1": 40,
}


def past(number: int) -> Past:
    day = f"2020-{number % 3 + 1:02}-{number % 28 + 1:02}"
    path = {"received": day} | ({"filed": day} if number % 2 else {})
    return Past(kind="trial/case", values={"title": f"第{number}件", "received_on": day}, path=path)


def fill(org, first: int, last: int):
    return backfill_all(by=SYSTEM, org=org, cases=[past(number) for number in range(first, last)])


def asked(client, address: str) -> int:
    assert client.get(address).status_code == 200  # what is only worked out once, out of the way
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    return len(made)


def test_pages_ask_no_more_of_many_records_than_of_few(browse, clerk, org):
    client = browse(clerk)
    record = f"/records/{fill(org, 0, FEW)[1].id}/"
    most = PAGES | {record: 60}
    few = {address: asked(client, address) for address in most}
    fill(org, FEW, MANY)
    many = {address: asked(client, address) for address in most}
    assert {address: count for address, count in many.items() if count > few[address]} == {}
    assert {address: count for address, count in many.items() if count > most[address]} == {}
