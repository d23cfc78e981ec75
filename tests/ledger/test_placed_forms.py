"""The forms in a report are placed like its figures: linked to what gives them, sealed, verified and refreshed."""

# ruff: noqa: F811

from __future__ import annotations

import io
import re
import zipfile

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
from jixiao.ledger.actions import records, reports
from jixiao.ledger.queries.issued import verify
from jixiao.reports import write_docx, write_pdf
from jixiao.reports.document import placed
from jixiao.reports.refresh import refresh
from jixiao.reports.seal import Outcome


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
