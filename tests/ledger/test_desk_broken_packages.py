"""What really comes in on a stick: broken, locked, wrapped twice, of somebody else. Each gets a line that says what to do,
and none of them stops the others.
"""

# ruff: noqa: F811

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from tests.cycle import _under_the_finance_pack  # noqa: F401 - fixture
from tests.ledger.test_desk import STATE, bureau, expect, reviewer, take  # noqa: F401 - fixtures
from tests.packages import leaves, make, pack, self_evaluation

from jixiao.errors import BadInput
from jixiao.forms.read_xlsx import sheets_of
from jixiao.ledger.desk.parts import unpack
from jixiao.ledger.desk.reports import unit_of

Parts = list[tuple[str, bytes]]


def parts_of(number: int) -> Parts:
    with zipfile.ZipFile(io.BytesIO(make(number)[0].files[0][1])) as archive:
        return [(one.filename, archive.read(one)) for one in archive.infolist()]


def damaged(content: bytes) -> bytes:
    """Some bytes of the first file inside are wrong, the list at the end is whole."""
    return content[:200] + bytes(one ^ 0x55 for one in content[200:1800]) + content[1800:]


def named_in_gbk(parts: Parts) -> bytes:
    """As Chinese Windows packs: names in GBK, nothing says so."""
    files, listed = b"", b""
    for path, content in parts:
        name, crc = path.encode("gbk"), zlib.crc32(content)
        size = (crc, len(content), len(content), len(name))
        head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0x5221, *size, 0)
        listed += (
            struct.pack(
                "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0x5221, *size, 0, 0, 0, 0, 0, len(files)
            )
            + name
        )
        files += head + name + content
    count = len(parts)
    return (
        files
        + listed
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(files), 0)
    )


def one(outcomes):
    (outcome,) = outcomes
    return outcome.submission


def test_a_damaged_package_is_told_and_the_others_are_taken(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    first, second = make(1)[0], make(2)[0]
    name, content = first.files[0]
    outcomes = take(reviewer, bureau, [(name, damaged(content)), *second.files])
    assert [found.submission.state for found in outcomes] == [STATE.REFUSED, STATE.REPORTED]
    assert "可能没有拷贝完整" in outcomes[0].submission.trouble
    assert outcomes[0].submission.expected.title == first.unit


def test_names_in_gbk_are_read(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    found = one(take(reviewer, bureau, [("示例第02局.zip", named_in_gbk(parts_of(2)))]))
    assert (found.state, found.summary["defects"], found.summary["flags"]) == (STATE.REPORTED, {}, {})


@pytest.mark.parametrize("inner", ["佐证材料.zip", "示例第02局/全部材料.zip"])
def test_a_zip_in_a_zip_is_unfolded(reviewer, bureau, inner: str) -> None:
    expect(reviewer, bureau, 3)
    parts = parts_of(2)
    packed = [part for part in parts if part[0].startswith("佐证")] if inner.startswith("佐证") else parts
    rest = [part for part in parts if part not in packed] or [("说明.txt", "见附件".encode())]
    found = one(take(reviewer, bureau, [("示例第02局.zip", pack([*rest, (inner, pack(packed))]))]))
    assert (found.state, found.summary["defects"], found.summary["flags"]) == (STATE.REPORTED, {}, {})


def test_a_mail_of_packages_beside_a_note_gives_each_its_own(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    packages = [make(number)[0].files[0] for number in (1, 2)]
    outcomes = take(reviewer, bureau, [("来件.zip", pack([*packages, ("清单.txt", b"2")]))])
    placed = [found.submission for found in outcomes if found.submission.state == STATE.REPORTED]
    assert [found.expected.title for found in placed] == ["示例第01局", "示例第02局"]


def test_a_locked_zip_and_one_packed_in_an_unusual_way_are_told_apart() -> None:
    content = bytearray(pack([("a.txt", b"a" * 50)]))
    listed = content.index(b"PK\x01\x02")
    locked = bytearray(content)
    locked[6], locked[listed + 8] = 1, 1
    unusual = bytearray(content)
    unusual[8], unusual[listed + 10] = 9, 9
    with pytest.raises(BadInput, match="设了密码"):
        unpack("a.zip", bytes(locked))
    with pytest.raises(BadInput, match="压缩方式不常见"):
        unpack("a.zip", bytes(unusual))


def test_a_workbook_with_a_password_is_called_one() -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    with pytest.raises(BadInput, match="设了密码"):
        sheets_of(locked)


def test_a_report_of_another_office_is_told(reviewer, bureau) -> None:
    expect(reviewer, bureau, 4)
    other = dict(parts_of(3))
    parts = [(path, other[path] if "报告" in path else content) for path, content in parts_of(2)]
    found = one(take(reviewer, bureau, [("示例第02局.zip", pack(parts))]))
    assert found.summary["flags"] == {"报告写的单位与表不同": 1}
    (told,) = (finding["reason"] for finding in found.findings if finding["code"] == "report_unit")
    assert "“示例第03局”" in told


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("示例区民政局2020年度部门整体支出绩效自评报告\n根据", "示例区民政局"),
        ("附件2\n示例区民政局\n2020年度部门整体支出绩效自评报告\n", "示例区民政局"),
        ("关于示例区民政局2020年度部门整体支出绩效评价的报告", "示例区民政局"),
        ("2020年度部门整体支出绩效自评报告\n示例区民政局", ""),
    ],
)
def test_the_office_of_a_report_is_read_in_its_title(text: str, unit: str) -> None:
    assert unit_of(text) == unit


def test_cells_that_must_be_filled_are_asked_for_by_row(reviewer, bureau) -> None:
    from decimal import Decimal

    from jixiao.forms.write_xlsx import write

    expect(reviewer, bureau, 3)
    rows = leaves(5)
    rows[2] |= {"target": "", "actual": ""}
    sheet = write(self_evaluation("示例第02局", 102, Decimal("93.84"), rows, {}, 2020), "示例第02局")
    parts = [(path, sheet if "自评表" in path else content) for path, content in parts_of(2)]
    found = one(take(reviewer, bureau, [("示例第02局.zip", pack(parts))]))
    (told,) = (finding for finding in found.findings if finding["code"] == "blank")
    assert told["where"] == "部门整体支出绩效自评表·群众诉求解决数"
    assert "请填写年度指标值、实际完成值" in told["reason"]
