"""Figures of an edited .docx are brought up to date, whoever saved it last; the story is told, the rest is kept."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from tests.reports.told import document, sealed

from jixiao.errors import BadInput
from jixiao.reports import seal, write_docx
from jixiao.reports.document import Placed, placed
from jixiao.reports.refresh import read_figures, refresh

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURES = {one.key: one for one in placed(document())}
Edit = Callable[[etree._Element], None]


def edited(content: bytes, edit: Edit) -> bytes:
    """The file after somebody changed its XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as copy:
        for entry in archive.infolist():
            data = archive.read(entry)
            if entry.filename == "word/document.xml":
                root = etree.fromstring(data)
                edit(root)
                data = etree.tostring(root)
            copy.writestr(entry, data)
    return made.getvalue()


def changed(old: str, new: str) -> dict[str, Placed]:
    return {key: replace(one, text=one.text.replace(old, new)) for key, one in FIGURES.items()}


def words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext(f"{W}t"))


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_docx.write(document(), seal.dump(sealed(document())))


@pytest.fixture(scope="module")
def saved_again(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file opened and saved by LibreOffice, which drops tags of controls."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed (apt-get install libreoffice-writer)")
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(written)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "report.docx")], check=True, capture_output=True, timeout=180)
    return Path(folder / "out" / "report.docx").read_bytes()


def key_of(figure: str) -> str:
    return next(key for key, one in FIGURES.items() if one.figures == (figure,))


def test_every_figure_is_read_back(written: bytes) -> None:
    assert read_figures(written) == {key: (one.text,) for key, one in FIGURES.items()}


def test_nothing_to_do_gives_the_same_file(written: bytes) -> None:
    done = refresh(written, FIGURES)
    assert done.content == written
    assert done.is_complete
    assert not done.changes


def test_changes_are_written_and_told(written: bytes) -> None:
    done = refresh(written, changed("20件", "21件"))
    assert {(one.old, one.new) for one in done.changes} == {("20件", "21件")}
    assert len(done.changes) == sum("20件" in one.text for one in FIGURES.values())
    assert words(done.content) == words(written).replace("20件", "21件")
    assert refresh(done.content, changed("20件", "21件")).content == done.content


def test_everything_else_is_kept_byte_for_byte(written: bytes) -> None:
    done = refresh(written, changed("20件", "21件"))
    with zipfile.ZipFile(io.BytesIO(written)) as before, zipfile.ZipFile(io.BytesIO(done.content)) as after:
        assert before.namelist() == after.namelist()
        for name in before.namelist():
            if name != "word/document.xml":
                assert before.read(name) == after.read(name)


def test_a_file_saved_by_another_office_keeps_its_figures(saved_again: bytes) -> None:
    assert read_figures(saved_again) == {key: (one.text,) for key, one in FIGURES.items()}
    done = refresh(saved_again, changed("20件", "21件"))
    assert done.is_complete
    assert {one.new for one in done.changes} == {"21件"}
    assert read_figures(done.content) == {key: (one.text,) for key, one in changed("20件", "21件").items()}


def test_a_file_saved_by_another_office_keeps_its_record_of_issue(saved_again: bytes) -> None:
    assert seal.extract(saved_again) == seal.dump(sealed(document()))


def test_text_cut_into_runs_is_made_whole(written: bytes) -> None:
    def cut(root: etree._Element) -> None:
        for one in list(root.iter(f"{W}t")):
            if one.text == "20件":
                run = one.getparent()
                other = etree.fromstring(etree.tostring(run))
                one.text, other.find(f"{W}t").text = "2", "0件"
                run.addnext(other)

    torn = edited(written, cut)
    assert refresh(torn, FIGURES).changes == ()
    assert "21件" in words(refresh(torn, changed("20件", "21件")).content)


def test_control_without_bookmark_is_enough(written: bytes) -> None:
    def drop(root: etree._Element) -> None:
        for one in [*root.iter(f"{W}bookmarkStart"), *root.iter(f"{W}bookmarkEnd")]:
            one.getparent().remove(one)

    done = refresh(edited(written, drop), changed("20件", "21件"))
    assert done.is_complete
    assert done.changes


def test_deleted_and_copied_figures_are_reported(written: bytes) -> None:
    gone, copied = key_of("demo/closed"), key_of("demo/funds")

    def edit(root: etree._Element) -> None:
        for control in list(root.iter(f"{W}sdt")):
            tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
            if tag == gone:
                for one in (control.getprevious(), control.getnext(), control):
                    one.getparent().remove(one)
            if tag == copied:
                control.getnext().addnext(etree.fromstring(etree.tostring(control)))

    done = refresh(edited(written, edit), changed("73万元", "74万元"))
    assert done.missing == ((gone, "提案办结数"),)
    assert done.repeated == ((copied, "协调资金"),)
    assert words(done.content).count("74万元") == words(written).count("73万元") + 1


def test_a_figure_torn_over_paragraphs_is_left_alone_and_told(written: bytes) -> None:
    key = key_of("demo/closed")

    def tear(root: etree._Element) -> None:
        start = next(one for one in root.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == key)
        end = next(one for one in root.iter(f"{W}bookmarkEnd") if one.get(f"{W}id") == start.get(f"{W}id"))
        start.getparent().getnext().append(end)

    torn = edited(written, tear)
    done = refresh(torn, changed("19件", "18件"))
    assert done.torn == ((key, "提案办结数"),)
    assert "19件" in words(done.content)


@pytest.mark.parametrize("cut", [0, 10, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused_with_a_way_out(written: bytes, cut: float) -> None:
    length = cut if cut > 1 or not cut else int(len(written) * cut)
    with pytest.raises(BadInput, match="docx"):
        refresh(written[: int(length)], FIGURES)


def test_a_file_of_another_kind_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "b")
    for content in (b"%PDF-1.7", made.getvalue()):
        with pytest.raises(BadInput, match="docx"):
            refresh(content, FIGURES)


def test_external_entities_are_not_read(written: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机要")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        declared = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        text = f'<w:document xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:document>'
        archive.writestr("word/document.xml", declared + text)
    assert "机要" not in str(read_figures(made.getvalue()))
