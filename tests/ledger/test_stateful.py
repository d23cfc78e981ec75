"""Whatever people do in whatever order: row = fold of events, projection = rebuild, chain unbroken, nothing
half-written.
"""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.ledger.conftest import TRIAL, make_org, make_person, rows_of

from jixiao.errors import JixiaoError
from jixiao.ledger import audit, deadlines, fold, journal, projection, workdays
from jixiao.ledger.actions import links, records
from jixiao.ledger.models import Event, Record
from jixiao.values import Verdict

TABLES = ("p_trial_case", "p_trial_talk", "p_link")
FIRST = datetime.date(2020, 1, 1)

days = st.integers(0, 430).map(lambda number: FIRST + datetime.timedelta(days=number))
values = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["甲", "乙", "丙", "很长的标题" * 3, ""]),
        "amount": st.sampled_from(["5", "73万元", "1200.50", "", "很多"]),
        "mark": st.sampled_from(["一", "二", "三", "四", "五", ""]),
        "class": st.sampled_from(["city", "农业", "farm", "城市", "没有这类"]),
        "readers": st.sampled_from(["30余", "约100", ""]),
    },
)
picks = st.integers(0, 9)


class Office(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.org = make_org("busy", "示例办公室")
        self.clerk = make_person("busy-clerk", self.org, "clerk")
        self.head = make_person("busy-head", self.org, "head")
        self.made = []
        for title in ("路灯不亮", "道路积水"):
            self.create({"title": title}, FIRST)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, act):
        """A refusal is fine as long as it leaves no trace; anything else that escapes is a defect."""
        before = Event.objects.count()
        try:
            row = act()
        except JixiaoError:
            assert Event.objects.count() == before
        else:
            if isinstance(row, Record) and row.pk not in self.made:
                self.made.append(row.pk)

    def pick(self, number):
        return Record.objects.get(pk=self.made[number % len(self.made)]) if self.made else None

    @rule(more=values, on=days)
    def create(self, more, on):
        given = {"title": "路灯不亮", "received_on": on.isoformat()} | more
        self.attempt(lambda: records.create(by=self.clerk, org=self.org, kind="case", values=given))

    @rule(number=picks, on=days, useful=st.booleans())
    def talk(self, number, on, useful):
        if above := self.pick(number):
            given = {"topic": "谈", "held_on": on.isoformat(), "useful": "是" if useful else "否"}
            self.attempt(
                lambda: records.create(by=self.clerk, org=self.org, kind="talk", values=given, parent=above)
            )

    @rule(number=picks, more=values, stale=st.sampled_from([False, False, True]))
    def edit(self, number, more, stale):
        if row := self.pick(number):
            seen = row.version - 1 if stale else row.version
            self.attempt(lambda: records.edit(by=self.clerk, record=row, values=more, seen=seen))

    @rule(number=picks, choice=picks, on=days, any_step=st.sampled_from([False, False, True]))
    def advance(self, number, choice, on, any_step):
        if (row := self.pick(number)) and row.kind == "trial/case":
            steps = TRIAL.kind("case").steps
            offered = [name for name, spec in steps.items() if any_step or row.state in spec.from_]
            name = offered[choice % len(offered)]
            given = {"class": "city", "result": "已办", "extra_days": "3", "urgent": "是"}
            about = {
                "by": self.head if steps[name].roles == ("trial/head",) else self.clerk,
                "record": row,
                "values": {need: given[need] for need in steps[name].needs},
                "happened_on": max(on, datetime.date.fromisoformat(row.path[-1][1])),
            }
            self.attempt(lambda: records.advance(**about, step=name, note="因故", seen=row.version))

    @rule(number=picks)
    def undo(self, number):
        if row := self.pick(number):
            by = self.head if row.voided else self.clerk
            self.attempt(lambda: records.undo(by=by, record=row, reason="误"))

    @rule(number=picks)
    def void(self, number):
        if row := self.pick(number):
            self.attempt(lambda: records.void(by=self.head, record=row, reason="误"))

    @rule(number=picks)
    def restore(self, number):
        if row := self.pick(number):
            self.attempt(lambda: records.restore(by=self.head, record=row, reason="没错"))

    @rule(one=picks, other=picks, role=st.sampled_from(["similar", "main"]))
    def link(self, one, other, role):
        if (row := self.pick(one)) and (target := self.pick(other)):
            self.attempt(lambda: links.link(by=self.clerk, record=row, role=role, target=target))

    @invariant()
    def row_is_the_fold_of_its_events(self):
        for row in Record.objects.filter(pk__in=getattr(self, "made", [])):
            events = Event.objects.filter(record=row.pk).order_by("version")
            folded = fold.fold(events.values_list("changes", flat=True))
            assert folded.facts == journal.facts_of(row)
            assert (folded.version, folded.digest) == (row.version, row.digest)

    @invariant()
    def due_days_are_those_of_the_history(self):
        for row in Record.objects.filter(pk__in=getattr(self, "made", []), kind="trial/case"):
            kind = TRIAL.kind(row.kind)
            history = deadlines.states_entered(kind, row.pk)
            assert row.dues == deadlines.dues_of(
                kind, row.data, row.path, workdays.days_of(row.org_id, TRIAL), history
            )

    @invariant()
    def projection_equals_its_rebuild(self):
        if getattr(self, "made", None):
            before = {table: rows_of(table) for table in TABLES}
            projection.rebuild(TRIAL)
            assert {table: rows_of(table) for table in TABLES} == before

    @invariant()
    def chain_is_unbroken(self):
        if getattr(self, "made", None):
            assert {finding.verdict for finding in audit.check("busy")} == {Verdict.KEPT}


def run(examples, steps):
    quick = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None,
        suppress_health_check=list(HealthCheck), database=None, derandomize=True,
    )  # fmt: skip
    run_state_machine_as_test(Office, settings=quick)


def test_an_office_in_any_order():
    run(examples=25, steps=25)


@pytest.mark.soak
def test_an_office_in_any_order_for_long():
    run(examples=300, steps=50)
