"""Writing WordprocessingML: one way to make an element, one way to turn a tree into bytes."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = {"w": W, "r": R}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = etree._Element


def qualified(name: str) -> str:
    """`w:p` as lxml wants it."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def element(tag: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """An element in the w namespace with attributes of the same."""
    made = etree.Element(qualified(f"w:{tag}"), nsmap=SPACES)
    for key, value in attributes.items():
        made.set(qualified(f"w:{key}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def text(words: str) -> Element:
    made = element("t")
    made.text = words
    made.set(XML_SPACE, "preserve")
    return made


def run(*children: Element) -> Element:
    """A run; the hint makes Chinese quotation marks and dashes take the Chinese font."""
    return element("r", element("rPr", element("rFonts", hint="eastAsia")), *children)


def paragraph(style: str, *children: Element, properties: tuple[Element, ...] = ()) -> Element:
    return element("p", element("pPr", element("pStyle", val=style), *properties), *children)


def to_bytes(root: Element) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
