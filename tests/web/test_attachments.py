"""Papers and links of a record: kept, refused in words, given only to who may read, taken back with a reason."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.ledger.conftest import make_case

from jixiao.ledger import queries

PDF = b"%PDF-1.7\n%%EOF"


def attach(client, case, **given):
    return client.post(
        reverse("web:attach", args=[case.id]),
        {"grade": "internal", "title": "", "document_number": ""} | given,
    )


def test_a_file_is_kept_and_given_back_as_a_download(browse, clerk, stranger, case):
    client = browse(clerk)
    answer = attach(
        client, case, file=SimpleUploadedFile('签到"表.pdf', PDF), title="签到表", grade="official"
    )
    assert answer.status_code == 302
    (use,) = queries.evidence(clerk, case)
    where = reverse("web:evidence", args=[use.evidence_id])
    given = client.get(where)
    assert given.content == PDF
    assert given["Content-Disposition"].startswith("attachment;")
    assert given["Content-Disposition"].count('"') == 2
    page = client.get(reverse("web:record", args=[case.id])).content.decode()
    assert f'href="{where}"' in page
    assert "正式文件" in page
    assert "签到&quot;表.pdf" in page
    assert browse(stranger).get(where).status_code == 404


def test_several_files_are_kept_at_once_or_none(browse, clerk, case):
    client = browse(clerk)
    names = ["现场一.jpg", "现场二.jpg", "签到表.pdf"]
    contents = [b"\xff\xd8\xff1", b"\xff\xd8\xff2", PDF]
    files = [SimpleUploadedFile(name, content) for name, content in zip(names, contents, strict=True)]
    assert attach(client, case, file=files).status_code == 302
    assert [use.title for use in queries.evidence(clerk, case)] == ["现场一", "现场二", "签到表"]
    files = [SimpleUploadedFile("好的.pdf", PDF), SimpleUploadedFile("病毒.exe", b"MZ")]
    refused = attach(client, case, file=files)
    assert refused.status_code == 422
    assert "病毒.exe" in refused.content.decode()
    assert queries.evidence(clerk, case).count() == 3


def test_a_document_number_is_enough(browse, clerk, case):
    assert attach(browse(clerk), case, document_number="示函〔2020〕3号").status_code == 302
    (use,) = queries.evidence(clerk, case)
    assert use.title == "示函〔2020〕3号"


def test_what_may_not_be_kept_is_refused_and_the_words_stay(browse, clerk, case):
    refused = [
        attach(browse(clerk), case, title="通知", file=SimpleUploadedFile("病毒.exe", b"MZ")),
        attach(browse(clerk), case, title="通知", file=SimpleUploadedFile("装作.pdf", b"MZ")),
        attach(browse(clerk), case, title="通知", file=SimpleUploadedFile("机密.pdf", PDF)),
        attach(browse(clerk), case, title="", grade="internal"),
    ]
    assert [answer.status_code for answer in refused] == [422] * 4
    assert 'value="通知"' in refused[0].content.decode()
    assert "密级" in refused[2].content.decode()
    assert not queries.evidence(clerk, case).exists()


def test_two_cases_are_linked_and_parted(browse, clerk, org, case):
    other = make_case(clerk, org, title="井盖松动")
    client, where = browse(clerk), reverse("web:link", args=[case.id])
    assert client.post(where, {"similar": "", "main": ""}).status_code == 422
    assert client.post(where, {"similar": other.id, "main": ""}).status_code == 302
    (link,) = queries.links(clerk, case)
    assert link.other == other
    assert "相似于" in client.get(reverse("web:record", args=[other.id])).content.decode()
    part = reverse("web:unlink", args=[case.id, link.id])
    assert client.post(part, {"reason": ""}).status_code == 422
    assert client.post(part, {"reason": "并不相似"}).status_code == 302
    assert queries.links(clerk, case) == []
    assert client.get(part).status_code == 404
