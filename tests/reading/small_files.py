"""Small files of each format for the tests, made without help from the report writers."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, prologue: str = "") -> bytes:
    """A .docx whose document part holds `body`; only what a reader needs."""
    root = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}{root}'
    return package({"word/document.xml": xml})


def package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def figure(key: str, text: str, number: int = 1) -> str:
    """A figure as bookmark around content control around run."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{key}"/><w:sdt><w:sdtPr><w:tag w:val="{key}"/></w:sdtPr>'
        f'<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
    )


def pdf(
    pages: list[list[tuple[float, str]]], artifacts: tuple[str, ...] = (), drawn: tuple[str, ...] = ()
) -> bytes:
    """A PDF whose pages hold lines of (left edge, text) in 10-point type, 20 points apart.

    Texts named in `artifacts` are tagged as such, as running heads are. `drawn` is put on the pages as it is.
    """
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/ToUnicode 4 0 R/DescendantFonts"
        "[<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 1000/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>",
        _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
            "1 begincodespacerange <0000> <FFFF> endcodespacerange "
            "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
        ),
    ]
    for index, lines in enumerate(pages):
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {6 + 2 * index} 0 R>>"
        )
        objects.append(
            _stream(
                "\n".join(
                    [
                        *(_shown(row, x, text, artifacts) for row, (x, text) in enumerate(lines)),
                        *drawn[index:][:1],
                    ]
                )
            )
        )
    out, offsets = "%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj{item}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    index = f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    trailer = f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return (out + index + trailer).encode("ascii")


def ruled(xs: list[float], ys: list[float]) -> str:
    """A full grid of hair lines."""
    across = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    return "\n".join([*across, *(f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs)])


def glyphs(x: float, y: float, text: str) -> str:
    """A text of 10 points at a place of the page, for `drawn`."""
    return f"BT /F 10 Tf {x} {y} Td <{''.join(f'{ord(character):04X}' for character in text)}> Tj ET"


def _shown(row: int, x: float, text: str, artifacts: tuple[str, ...]) -> str:
    code = "".join(f"{ord(character):04X}" for character in text)
    shown = f"BT /F 10 Tf {x} {740 - 20 * row} Td <{code}> Tj ET"
    return f"/Artifact BMC {shown} EMC" if text in artifacts else shown


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream "
