"""What is too much to be sent at once is refused before it is read: no visitor fills the disk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from jixiao.web.bodies import MIB, OF_PEOPLE, OF_VISITORS


@pytest.fixture
def unread(monkeypatch):
    """Fails where a file of a form is begun to be written down."""

    def begun(*_, **__):
        raise AssertionError("the form was read")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", begun)


@pytest.mark.parametrize("path", ["/check/", "/verify/", "/login/", "/", "/api/v1/session"])
def test_a_visitors_flood_is_not_read(client, unread, path):
    document = SimpleUploadedFile("a.txt", b"1" * (3 * MIB))
    answer = client.post(path, {"file": document}, CONTENT_LENGTH=str(OF_VISITORS + 1))
    assert answer.status_code == 413
    assert "一次最多传 25 MB" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_people_who_signed_in_may_send_more_but_not_everything(browse, clerk, org):
    client = browse(clerk)
    document = SimpleUploadedFile("a.txt", "甲".encode())
    assert client.post("/check/", {"file": document}, CONTENT_LENGTH=str(OF_PEOPLE + 1)).status_code == 413
    for odd in ("", "x", "-1", "²", "9" * 30):
        assert client.get("/check/", CONTENT_LENGTH=odd).status_code == 200


def test_what_fits_is_read(client):
    answer = client.post("/check/", {"text": "全年办理12件。"})
    assert answer.status_code == 200
