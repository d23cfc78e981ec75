"""The forms in a report are placed like its figures: linked to what gives them, sealed, verified and refreshed."""

# ruff: noqa: F811

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
    take,
)
from tests.forms.samples import INDICATORS, base_entries
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_desk import BASE
from tests.ledger.test_cycle_report import OUTLINE, evaluated, region  # noqa: F401 - fixtures

from jixiao.ledger import queries
from jixiao.ledger.actions import filed, records, reports
from jixiao.ledger.queries.issued import verify
from jixiao.reports import write_docx, write_pdf
from jixiao.reports.document import placed
from jixiao.reports.refresh import refresh
from jixiao.reports.seal import Outcome
from jixiao.values import Period


@pytest.fixture
def head(office):
    return make_person("head", office, "department_head")


@pytest.fixture
def issued(evaluated, office, finance, head):
    sample = {"entries": base_entries() | BASE, "lists": {}}
    records.edit(by=finance, record=evaluated, values={"base_form": sample}, seen=evaluated.version)
    evaluated.refresh_from_db()
    return reports.issue(by=head, org=office, outline=OUTLINE, year=2020)


def placed_in(user, office):
    return list(placed(queries.report(user, office, OUTLINE, 2020).document))


def test_a_bound_cell_names_what_gives_it_and_a_filled_one_its_form(evaluated, office, finance) -> None:
    found = placed_in(finance, office)
    by_name = {(run.figures[0], run.text) for run in found}
    assert ("filed.finance/full_budget", "90.00") in by_name
    assert ("filed.finance/staff", "136") in by_name
    assert (f"form.{evaluated.pk}.form.indicators.2.score", "18.95") in by_name
    assert (f"form.{evaluated.pk}.form.money.total.score", "10.00") in by_name
    labels = {run.label for run in found}
    assert "年度资金总额·全年预算数（A）（万元）" in labels
    assert len({run.key for run in found}) == len(found)


def test_the_issued_files_verify_in_every_format(issued, head) -> None:
    formats = ["docx", "html", *([] if write_pdf.missing_fonts() else ["pdf"])]
    for form in formats:
        found = verify(queries.issued_file(head, issued.root, form), f"报告.{form}")
        assert found.verification.outcome is Outcome.INTACT, (form, found.verification.details[:5])
    assert sorted(issued.files) == sorted(formats)


def silent_cells(user, office):
    return [
        run for run in placed_in(user, office) if run.text == "未填报" and run.figures[0].startswith("filed.")
    ]


@pytest.fixture
def with_base(evaluated, finance):
    """The base form as it is typed, its filed cells silent."""
    sample = {"entries": {"thrift.thrift.measures": "压减会议"}, "lists": {}}
    records.edit(by=finance, record=evaluated, values={"base_form": sample}, seen=evaluated.version)
    evaluated.refresh_from_db()
    return evaluated


def test_a_bound_cell_without_a_number_is_placed_as_not_reported(with_base, office, finance, head) -> None:
    found = {run.figures[0]: run for run in silent_cells(finance, office)}
    silent = found["filed.finance/three_public_budget"]
    assert silent.quantity is None
    assert silent.label == "三公经费·本年预算数（万元）"
    issued = reports.issue(by=head, org=office, outline=OUTLINE, year=2020)
    docx = queries.issued_file(head, issued.root, "docx")
    assert verify(docx, "报告.docx").verification.outcome is Outcome.INTACT
    told = verify(altered(docx, silent.key, "6.00"), "报告.docx").verification
    assert told.outcome is not Outcome.INTACT, "a number written over silence is found"


def test_what_is_filed_later_comes_into_the_edited_report(with_base, office, finance) -> None:
    (before,) = [
        run for run in silent_cells(finance, office) if run.figures[0] == "filed.finance/three_public_budget"
    ]
    draft = write_docx.write(queries.report(finance, office, OUTLINE, 2020).document, None)
    span = Period("calendar_year", "2020年度", date(2020, 1, 1), date(2020, 12, 31), 2020)
    filed.file(
        by=finance,
        org=office,
        item="three_public_budget",
        value="6万",
        stated_on=span.to_on,
        period=span,
        source="预算批复",
    )
    story = refresh(draft, {run.key: run for run in placed_in(finance, office)})
    assert (before.label, "未填报", "6.00") in {(one.label, one.old, one.new) for one in story.changes}


def altered(docx: bytes, key: str, text: str) -> bytes:
    """The file with other words under a bookmark."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                xml = content.decode()
                place = xml.index(f'w:name="{key}"')
                xml = xml[:place] + re.sub(
                    r"(<w:t[^>]*>)[^<]*(</w:t>)", rf"\g<1>{text}\g<2>", xml[place:], count=1
                )
                content = xml.encode()
            new.writestr(entry, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "text"),
    [("filed.finance/full_budget", "99.00"), ("form.{id}.form.indicators.2.score", "19.95")],
)
def test_a_cell_that_was_altered_is_named(issued, evaluated, office, head, name, text) -> None:
    wanted = name.format(id=evaluated.pk)
    run = next(one for one in placed_in(head, office) if one.figures == (wanted,))
    docx = altered(queries.issued_file(head, issued.root, "docx"), run.key, text)
    found = verify(docx, "报告.docx").verification
    assert found.outcome is Outcome.FIGURE_ALTERED
    assert any((one.label, one.issued) == (run.label, run.text) for one in found.details), found.details


def test_a_form_that_changed_after_issuing_is_told(issued, evaluated, finance, head) -> None:
    rows = [dict(row) | {"actual": "91%"} if row["level3"] == "办理满意率" else row for row in INDICATORS]
    form = evaluated.data["form"] | {"lists": {"indicators": rows}}
    records.edit(by=finance, record=evaluated, values={"form": form}, seen=evaluated.version)
    found = verify(queries.issued_file(head, issued.root, "docx"), "报告.docx").verification
    assert found.outcome is Outcome.RECORDS_CHANGED
    assert any(one.key == evaluated.pk for one in found.details)


def test_an_edited_report_is_brought_up_to_date_cell_by_cell(evaluated, office, finance) -> None:
    draft = write_docx.write(queries.report(finance, office, OUTLINE, 2020).document, None)
    rows = [dict(row) for row in INDICATORS]
    rows[1] |= {"score": "17", "actual": "85%"}
    form = evaluated.data["form"] | {"lists": {"indicators": rows}}
    records.edit(by=finance, record=evaluated, values={"form": form}, seen=evaluated.version)
    story = refresh(draft, {run.key: run for run in placed_in(finance, office)})
    changed = {(one.label, one.old, one.new) for one in story.changes}
    assert ("办理满意率·得分", "18.95", "17.00") in changed
    assert ("合计·得分", "88.95", "87.00") in changed
    assert ("“2020年度自评”自评得分", "98.95分", "97分") in changed
    assert not story.torn
