"""A Word file comes back with comments at their places and otherwise as it was."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.reading.marked.word_files import W, body, fastened, word_file

from jixiao.errors import BadInput
from jixiao.reading import read
from jixiao.reading.marked import Opinion, Saying, check
from jixiao.reading.marked import word_comments as module
from jixiao.reading.marked.remarks import Remark
from jixiao.reading.marked.with_comments import with_comments
from jixiao.reading.marked.word_anchors import NoPlace
from jixiao.reading.marked.word_comments import commented
from jixiao.reading.marked.word_plain import plain_docx

WRONG = "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。"


def remarks_of(text: str, *words: str) -> list[Remark]:
    starts = [text.index(one) for one in words]
    return [Remark(at, at + len(one), (one,)) for at, one in sorted(zip(starts, words, strict=True))]


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_finding_becomes_a_comment_at_its_figure():
    data = word_file(
        body(f"<w:p>{run('全年办理')}{run(WRONG[4:9], '<w:rPr><w:b/></w:rPr>')}{run(WRONG[9:])}</w:p>")
    )
    made = with_comments(check(data, "示例.docx"), data)
    ((line, words),) = fastened(made).items()
    assert words == "30件"
    assert line.startswith("【不一致】第 1 条：各项之和")
    assert read(made, "示例.docx").document.text == read(data, "示例.docx").document.text


def test_an_opinion_is_told_in_the_comment():
    data = word_file(body(f"<w:p>{run(WRONG)}</w:p>"))
    (finding,) = check(data, "示例.docx").findings
    opinion = Opinion(finding.fingerprint, Saying.ACCEPTED, "口径不同")
    made = with_comments(check(data, "示例.docx", {finding.fingerprint: opinion}), data)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "意见：已知，可接受：口径不同" in archive.read("word/comments.xml").decode()


def test_nothing_but_anchors_is_added():
    document = body(f"<w:p><!-- 编者 -->{run(WRONG)}<?note a?></w:p><w:sectPr  w:rsid='1' />")
    data = word_file(document, **{"word/media/image1.png": "\x00图"})
    made = with_comments(check(data, "示例.docx"), data)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert changed == {"word/document.xml", "[Content_Types].xml"}
        after = new.read("word/document.xml").decode()
    rest = iter(after)
    assert all(sign in rest for sign in document)  # what was there is there, in its order
    assert "<!-- 编者 -->" in after
    assert "<w:sectPr  w:rsid='1' />" in after


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (run("来信30件&amp;来访5批"), ["30件", "5批", "件&来"]),
        (run("来信30") + run("件，来访5批"), ["30件", "5批"]),
        ("<w:r><w:t>来信</w:t><w:tab/><w:t>30件</w:t><w:br/><w:t>5批</w:t></w:r>", ["30件", "5批"]),
        (f"<w:hyperlink>{run('来信30件')}</w:hyperlink>{run('5批')}", ["30件", "5批"]),
        (
            f"<w:ins>{run('来信30件')}</w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>{run('5批')}",
            ["30件", "5批"],
        ),
        (f"<w:del>{run('删去')}</w:del>{run('来信30件，5批')}", ["30件", "5批"]),
        (
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('来信30件')}</w:sdtContent></w:sdt>{run('5批')}",
            ["30件", "5批"],
        ),
        (
            run("来信30件", "<w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>") + run("5批"),
            ["30件", "5批"],
        ),
        (run("来信 30件 和 5批", "<w:rPr/>").replace(' xml:space="preserve"', ""), ["30件", "5批", " 和"]),
        (run("来信30件5批"), ["信30", "30件", "件5批"]),
        (run("來信𠮷30件5批"), ["30件", "5批"]),
    ],
)
def test_anchors_stand_around_the_words(inner, words):
    data = word_file(body(f"<w:p>{inner}</w:p>"))
    text = read(data, "示例.docx").document.text
    made = commented(data, "示例.docx", remarks_of(text, *words))
    assert fastened(made) == {one: one for one in words}
    assert read(made, "示例.docx").document.text == text


def test_a_text_box_gets_its_comment_around_it():
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('来访5批')}</w:p></w:txbxContent></w:pict></w:r>"
    data = word_file(body(f"<w:p>{run('来信30件')}{box}</w:p>"))
    made = commented(data, "示例.docx", remarks_of(read(data, "示例.docx").document.text, "5批"))
    assert fastened(made) == {"5批": "来访5批"}


def test_any_prefix_will_do_and_cdata_will_not():
    other = word_file(body(f"<w:p>{run('来信30件')}</w:p>", prefix="ns0"))
    assert (
        "ns0:commentRangeStart"
        in zipfile.ZipFile(io.BytesIO(commented(other, "示例.docx", remarks_of("来信30件\n", "30件"))))
        .read("word/document.xml")
        .decode()
    )
    strange = word_file(body("<w:p><w:r><w:t><![CDATA[来信30件]]></w:t></w:r></w:p>"))
    with pytest.raises(NoPlace):
        commented(strange, "示例.docx", remarks_of("来信30件\n", "30件"))


def test_a_body_that_takes_no_anchors_gives_its_text():
    data = word_file(body(f"<w:p><w:r><w:t><![CDATA[{WRONG}]]></w:t></w:r></w:p>"))
    assert list(fastened(with_comments(check(data, "示例.docx"), data)).values()) == ["30件"]


def test_comments_that_are_there_stay():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="/word/comments.xml"/>'
        "</Relationships>"
    )
    old = f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="某人"><w:p>{run("旧批注")}</w:p></w:comment></w:comments>'
    inner = (
        f'<w:p><w:commentRangeStart w:id="7"/>{run("来信")}<w:commentRangeEnd w:id="7"/>'
        f'<w:r><w:commentReference w:id="7"/></w:r>{run("30件")}</w:p>'
    )
    data = word_file(body(inner), **{"word/comments.xml": old, "word/_rels/document.xml.rels": relations})
    made = commented(data, "示例.docx", remarks_of("来信30件\n", "30件"))
    assert fastened(made) == {"旧批注": "来信", "30件": "30件"}
    assert len(zipfile.ZipFile(io.BytesIO(made)).namelist()) == 5


def handed_in_again(data: bytes) -> bytes:
    return with_comments(check(data, "示例.docx"), data)


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_file_handed_in_again_has_each_comment_once():
    once = handed_in_again(word_file(body(f"<w:p>{run('全年办理')}{run(WRONG[4:])}</w:p>")))
    twice = handed_in_again(once)
    assert fastened(twice) == fastened(once)
    assert parts_of(twice)["word/comments.xml"] == parts_of(once)["word/comments.xml"]
    assert handed_in_again(twice) == twice


def test_a_file_that_was_put_right_loses_its_comments():
    once = handed_in_again(word_file(body(f"<w:p>{run(WRONG)}</w:p>")))
    right = {name: words.replace("件、其他类9件", "件、其他类8件") for name, words in parts_of(once).items()}
    document = right.pop("word/document.xml")
    assert 'w:id="0"' in document
    again = handed_in_again(
        word_file(document, **{name: right[name] for name in right if "comments" in name})
    )
    assert fastened(again) == {}
    assert "comment" not in parts_of(again)["word/document.xml"]


def test_a_comment_that_was_answered_stays_and_is_not_set_again():
    once = parts_of(handed_in_again(word_file(body(f"<w:p>{run(WRONG)}</w:p>"))))
    fourteen = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    once["word/comments.xml"] = (
        once["word/comments.xml"]
        .replace("<w:p>", f'<w:p {fourteen} w14:paraId="0A0B0C0D">')
        .replace(
            "</w:comments>",
            f'<w:comment w:id="1" w:author="某人"><w:p {fourteen} w14:paraId="00000002">{run("已核实")}</w:p></w:comment></w:comments>',
        )
    )
    once["word/commentsExtended.xml"] = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="0A0B0C0D" w15:done="0"/></w15:commentsEx>'
    )
    data = word_file(once["word/document.xml"], **{name: once[name] for name in once if "comments" in name})
    assert handed_in_again(data) == data


def test_what_unpacks_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(module, "LARGEST_WHOLE", 10_000)
    data = word_file(body(f"<w:p>{run(WRONG)}</w:p>"), **{"word/media/a.bin": "0" * 20_000})
    with pytest.raises(BadInput, match="解压后过大"):
        with_comments(check(data, "示例.docx"), data)


@settings(max_examples=40, deadline=None)
@given(
    some.lists(some.text("来信30件&<，5批 　x", min_size=1, max_size=8), min_size=1, max_size=6), some.data()
)
def test_any_span_of_any_runs_can_be_commented(pieces, data):
    from html import escape

    pieces = ["来", *pieces]  # a document without words is refused
    file = word_file(body("<w:p>" + "".join(run(escape(one)) for one in pieces) + "</w:p>"))
    text = "".join(pieces)
    spans = data.draw(
        some.lists(some.tuples(some.integers(0, len(text) - 1), some.integers(1, 9)), min_size=1, max_size=4)
    )
    remarks = sorted(
        (
            Remark(start, min(start + size, len(text)), (f"{number}",))
            for number, (start, size) in enumerate(spans)
        ),
        key=lambda one: one.start,
    )
    made = commented(file, "示例.docx", remarks)
    assert fastened(made) == {one.lines[0]: text[one.start : one.end] for one in remarks}
    assert read(made, "示例.docx").document.text == read(file, "示例.docx").document.text


@pytest.mark.parametrize(
    "content",
    [
        f"标题\n\n{WRONG}\n",
        f"<table><tr><th colspan=2>类别</th></tr><tr><td rowspan=2>来信</td><td>3件</td></tr><tr><td>4件</td></tr></table><p>{WRONG}</p>",
    ],
)
def test_other_formats_give_their_text_with_comments(content):
    name = "示例.html" if content.startswith("<") else "示例.txt"
    data = content.encode()
    checked = check(data, name)
    made = with_comments(checked, data)
    assert fastened(made) == {next(iter(fastened(made))): "30件"}
    assert "".join(read(made, "x.docx").document.text.split()) == "".join(
        checked.reading.document.text.split()
    )
    assert made == with_comments(check(data, name), data)


@pytest.mark.parametrize(
    "text", [WRONG, "收入13.52 万\n元，\x01支出3万元。", "来信\t3件\n来访\t5批\n合计\t9"]
)
def test_every_span_of_a_text_finds_its_place(text):
    document = read(text.replace("\x01", "").encode(), "示例.txt").document
    spans = [(one.place.start, one.place.end) for one in read(document.text.encode(), "示例.txt").statements]
    remarks = [Remark(*span, (f"{number}",)) for number, span in enumerate(spans)]
    words = {one.lines[0]: "".join(document.text[one.start : one.end].split()) for one in remarks}
    assert {
        line: "".join(one.split()) for line, one in fastened(plain_docx(document, remarks)).items()
    } == words


def test_libreoffice_finds_the_comments(tmp_path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("没有安装 LibreOffice")
    data = word_file(body(f"<w:p>{run(WRONG)}</w:p>"))
    (tmp_path / "示例.docx").write_bytes(with_comments(check(data, "示例.docx"), data))
    profile = (tmp_path / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "fodt", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(tmp_path / "示例.docx")], check=True, capture_output=True)
    seen = (tmp_path / "示例.fodt").read_text("utf-8")
    annotation = re.search(
        r"<office:annotation .*?</office:annotation>(.*?)<office:annotation-end", seen, re.DOTALL
    )
    assert annotation is not None
    assert re.sub(r"<[^>]*>", "", annotation[1]) == "30件"
    assert "绩效核查" in annotation[0]
