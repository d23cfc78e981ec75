"""What was handed in at once → bundles, one for each department: a zip, a folder, or bare files of the same unit.

Answers what belongs together and whose it is. A bundle that cannot be opened stays a bundle, with its trouble.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from jixiao.catalogue.forms import Form
from jixiao.errors import BadInput
from jixiao.ledger import evidence_store
from jixiao.ledger.chain import digest, sm3
from jixiao.ledger.desk.manifest import NAME, manifest_of
from jixiao.ledger.desk.parts import Part, is_packed, unfolded, unpack
from jixiao.ledger.desk.recognise import DOCUMENTS, WORKBOOKS, Taken, recognise
from jixiao.ledger.models import Expected


@dataclass(slots=True)
class Bundle:
    """Files that were handed in together; `raw` are the files as they came, by name."""

    name: str
    raw: list[Part]
    parts: list[Part] = field(default_factory=list)
    trouble: str = ""
    is_bare: bool = False
    taken: Taken = field(default_factory=Taken)

    @property
    def content(self) -> str:
        """The same files give the same hash, packed or bare."""
        if self.trouble and not self.parts:
            return digest(sorted(sm3(one.content) for one in self.raw))
        return digest(sorted((one.name, sm3(one.content)) for one in self.parts))


def bundles_of(files: Sequence[tuple[str, bytes]], forms: Sequence[Form]) -> list[Bundle]:
    """Sort files by package; a path with a folder belongs to that folder. Bare files come one by one."""
    found: list[Bundle] = []
    folders: dict[str, Bundle] = {}
    for path, content in files:
        folder, _, rest = path.replace("\\", "/").strip("/").partition("/")
        if is_packed(path) or not rest:
            found += _opened(rest.rsplit("/", 1)[-1] or folder, content)
            continue
        if folder not in folders:
            folders[folder] = Bundle(folder, [])
            found.append(folders[folder])
        folders[folder].raw.append(Part(rest, content))
        folders[folder].parts.append(Part(rest, content))
    for bundle in found:
        _recognise(bundle, forms)
    return found


def joined(bundles: Iterable[Bundle], owner: Callable[[Bundle], str], forms: Sequence[Form]) -> list[Bundle]:
    """Bare files of the same department in one bundle: they were sent together. Unknown ones stay apart."""
    kept: list[Bundle] = []
    bare: dict[str, Bundle] = {}
    for bundle in bundles:
        is_bare = not bundle.trouble and len(bundle.raw) == 1 and bundle.raw[0] is bundle.parts[0]
        bundle.is_bare = is_bare
        key = owner(bundle) if is_bare else ""
        if not key:
            kept.append(bundle)
        elif key in bare:
            bare[key].raw += bundle.raw
            bare[key].parts += bundle.parts
            bare[key].name = f"{bare[key].name}、{bundle.name}"
        else:
            bare[key] = bundle
            kept.append(bundle)
    for bundle in bare.values():
        if len(bundle.parts) > 1:
            _recognise(bundle, forms)
    return kept


def completed(bundle: Bundle, before: Sequence[Part], forms: Sequence[Form]) -> None:
    """Add to bare files what the department's bare files of before hold and these do not: the report may come a day later."""
    names = {one.name for one in bundle.parts}
    old = recognise(before, None, forms)
    is_new = {one.form.full_id for one in bundle.taken.forms}
    held = {one.file for one in old.forms if one.form.full_id not in is_new}
    if not bundle.taken.reports:
        held |= {one.path for one in old.reports}
    held |= {path for path in old.evidence if path not in old.roles or old.roles[path] == "佐证"}
    added = [one for one in before if one.path in held and one.name not in names]
    if added:
        bundle.raw += added
        bundle.parts += added
        _recognise(bundle, forms)


def owners(bundle: Bundle, expected: Sequence[Expected]) -> list[Expected]:
    """The departments a bundle may be of: one where everything it says agrees, several where it does not."""
    by_org = [one for one in expected if one.org_id and one.org_id == bundle.taken.org]
    by_unit: list[Expected] = []
    for unit in bundle.taken.units:
        by_unit += _called(unit, expected)
    by_name = _called(bundle.name, expected)
    told = [*(by_org if not by_unit else []), *by_unit, *by_name]
    return list({one.id: one for one in told}.values())


def _called(text: str, expected: Sequence[Expected]) -> list[Expected]:
    """Those whose name stands in the text; a name that is part of a longer one found there does not count."""
    plain = _plain(text)
    names = [
        (_plain(name), one)
        for one in expected
        for name in (one.title, one.short_title)
        if name and len(name) > 1
    ]
    if exact := [one for name, one in names if name == plain]:
        return exact
    found = [(name, one) for name, one in names if name in plain]
    return [one for name, one in found if not any(name != other and name in other for other, _ in found)]


def _opened(name: str, content: bytes) -> list[Bundle]:
    raw = Part(name, content)
    if evidence_store.is_marked(name):
        return [Bundle(name, [], trouble=_secret(name))]
    try:
        parts = unpack(name, content)
    except BadInput as broken:
        return [Bundle(name, [raw], trouble=str(broken))]
    if not is_packed(name):
        return [Bundle(name, [raw], [raw])]
    marked = next((one.path for one in parts if evidence_store.is_marked(one.path)), "")
    if marked:
        return [Bundle(name, [], trouble=_secret(marked))]
    if not parts:
        return [Bundle(name, [raw], trouble=f"“{name}”里没有文件；请让单位重新打包")]
    inner = [one for one in parts if is_packed(one.path)]
    rest = [one for one in parts if not is_packed(one.path)]
    if inner and (not rest or sum(_is_package(one) for one in inner) > 1):  # a mail of many packages
        others = [Bundle(name, rest, rest)] if rest else []
        return [bundle for one in inner for bundle in _opened(one.name, one.content)] + others
    return [Bundle(name, [raw], unfolded(parts))]


def _is_package(part: Part) -> bool:
    """Whether a packed file holds what a department hands in: a manifest, or tables and a report."""
    try:
        held = unpack(part.name, part.content)
    except BadInput:
        return False
    endings = {one.ending for one in held}
    return any(one.name == NAME for one in held) or bool(
        endings & set(WORKBOOKS) and endings & set(DOCUMENTS)
    )


def _recognise(bundle: Bundle, forms: Sequence[Form]) -> None:
    if not bundle.trouble:
        marked = next((one.path for one in bundle.parts if evidence_store.is_marked(one.path)), "")
        if marked:
            bundle.trouble, bundle.raw, bundle.parts = _secret(marked), [], []
            return
        bundle.taken = recognise(bundle.parts, manifest_of(bundle.parts), forms)


def _secret(path: str) -> str:
    return f"文件名“{path}”带有密级字样，已拒绝，没有保存。{evidence_store.NOTICE}；请按保密规定处理该文件"


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
