"""Reads packs from disk into one frozen catalogue, or tells everything that is wrong with them at once.

Order: read each file → validate it by its definition → resolve references to full ids → cross-checks. A
file that fails one stage is left out of the next, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from jixiao.catalogue.catalogue import FOLDERS, TITLES, Catalogue, Version, assemble
from jixiao.catalogue.checks import problems_of
from jixiao.catalogue.files import definition_files, pack_folders, packaged_pack, packaged_packs, stray_files
from jixiao.catalogue.nearest import listed, nearest
from jixiao.catalogue.pieces import Piece
from jixiao.catalogue.read_yaml import Keys, Text, field_name, read
from jixiao.catalogue.registers import PackInfo
from jixiao.catalogue.resolve import Resolver, visible_packs
from jixiao.catalogue.resolve_conditions import with_conditions
from jixiao.catalogue.translate import complaints
from jixiao.errors import PackErrors, Problem

M = TypeVar("M", bound=BaseModel)


def load(
    names: Sequence[str] | None = None, folders: Sequence[Path] = (), day: date | None = None
) -> Catalogue:
    """The catalogue of the packaged packs `names` (None: all) and of the packs in `folders`, as in force
    on `day`.

    `day` is today where it is left out. Raises PackErrors holding every problem, BadInput for a pack not
    there.
    """
    reading = _Reading(names, folders)
    catalogue = reading.catalogue(day or date.today())
    if reading.problems:
        raise PackErrors(list(dict.fromkeys(reading.problems)))
    return catalogue


def check(folders: Sequence[Path] = ()) -> list[Problem]:
    """Everything wrong with the packs in `folders` (none given: all packaged ones), in file and line order.

    Packaged packs that those require are read along. Empty when all is well; raises BadInput for a folder
    not there.
    """
    try:
        load([] if folders else None, folders)
    except PackErrors as error:
        return list(error.problems)
    return []


class _Reading:
    """One run over the packs, collecting problems instead of stopping at the first."""

    def __init__(self, names: Sequence[str] | None, folders: Sequence[Path]) -> None:
        self.problems: list[Problem] = []
        self.packs: dict[str, PackInfo] = {}
        self.pack_texts: dict[str, Text] = {}
        self.pieces: list[Piece] = []
        self.named: dict[str, dict[str, None]] = {folder: {} for folder in FOLDERS}  # ids, broken files too
        waiting = pack_folders(names, folders)
        for folder in waiting:  # grows by the packs that are required
            waiting += [below for below in self._pack(folder) if below not in waiting]
        self._order_packs()
        for piece in self.pieces:
            self._claim(piece)

    def _pack(self, folder: Path) -> list[Path]:
        """Read one pack; gives the packaged packs it requires that nobody has named."""
        text = self._read(folder / "pack.yaml", f"{folder.name}/pack.yaml")
        named = {"id": folder.name, **text.data} if isinstance(text.data, dict) else text.data
        info = self._valid(PackInfo, text, named, {}) or _unreadable(folder, text.data)
        self.problems += stray_files(folder)
        if info.id != folder.name:
            self._tell(text, ("id",), f"编号“{info.id}”与文件夹名“{folder.name}”不同", f"id: {folder.name}")
        if info.id in self.packs:
            self._tell(text, ("id",), f"规则包“{info.id}”已经有了", "另取一个编号；替换个别文件请用 replaces")
            return []
        self.packs[info.id] = info
        self.pack_texts[info.id] = text
        for name, file in definition_files(folder):
            self._file(info.id, name, file, f"{folder.name}/{name}/{file.name}")
        return [found for name in info.requires if (found := packaged_pack(name))]

    def _file(self, pack: str, folder: str, file: Path, shown: str) -> None:
        text = self._read(file, shown)
        replaced = text.data.get("replaces") if isinstance(text.data, dict) else None
        owner, _, stem = str(replaced or f"{pack}/{file.stem}").partition("/")
        if not replaced:
            self.named[folder][f"{owner}/{stem}"] = None
        if text.data is None:
            return
        if not isinstance(text.data, dict):
            self._tell(text, (), "最外层不是“名称: 值”的形式", "如 title: 名称")
            return
        data = {str(key): value for key, value in text.data.items()}
        versions = data.pop("versions", [])
        data.pop("replaces", None)
        if not self._placed(text, data, pack, stem, replaced):
            return
        began = data.get("from") if replaced and isinstance(data.get("from"), date) else None
        whole = {**data, "pack": owner, "id": stem}
        model = FOLDERS[folder]
        if definition := self._valid(model, text, whole, {}):
            self.pieces.append(Piece(pack, folder, text, definition, began))
        for place, overlay in enumerate(self._overlays(text, versions)):
            self._version(pack, folder, text, whole, place, overlay)

    def _version(
        self, pack: str, folder: str, text: Text, whole: dict[str, Any], place: int, overlay: Any
    ) -> None:
        at: Keys = ("versions", place)
        if not isinstance(overlay, dict) or not isinstance(overlay.get("from"), date):
            self._tell(text, at, "没有写明从哪天起", "from: 2021-01-01，其下写有变动的各项")
            return
        changed = {str(key): value for key, value in overlay.items()}
        paths: dict[str, Keys] = {key: (*at, key) for key in changed}
        if "id" in changed or "pack" in changed:
            self._tell(text, at, "版本里写了 id 或 pack", "编号永远不变，删去即可")
            return
        if definition := self._valid(FOLDERS[folder], text, {**whole, **changed}, paths):
            overlaid = frozenset(changed)
            self.pieces.append(Piece(pack, folder, text, definition, changed["from"], at, overlaid))

    def _overlays(self, text: Text, versions: Any) -> list[Any]:
        if isinstance(versions, list):
            return versions
        self._tell(text, ("versions",), "versions 不是列表", "每个版本一项，以“- from: 日期”开头")
        return []

    def _placed(self, text: Text, data: dict[str, Any], pack: str, stem: str, replaced: Any) -> bool:
        """What a file says of its own place must agree with where it lies."""
        fine = True
        if "pack" in data:
            self._tell(text, ("pack",), "写了 pack", "不写：文件在哪个规则包的文件夹里就属于哪个包")
            fine = False
        written = data.pop("id", stem)
        if written != stem:
            self._tell(text, ("id",), f"编号“{written}”与文件名“{stem}”不同", f"删去 id，或写 id: {stem}")
            fine = False
        if replaced is not None and (not isinstance(replaced, str) or replaced.count("/") != 1):
            self._tell(text, ("replaces",), f"“{replaced}”不是完整编号", "规则包/编号，如 office/letters")
            fine = False
        if replaced is not None and not isinstance(data.get("from"), date):
            self._tell(text, ("from",), "没有写从哪天起替换", "from: 2021-01-01")
            fine = False
        return fine

    def _claim(self, piece: Piece) -> None:
        """A replacement needs something to replace, in a pack this one requires."""
        full = piece.definition.full_id
        if piece.pack == piece.definition.pack:
            return
        if full not in self.named[piece.folder]:
            near = nearest(full, self.named[piece.folder])
            expected = f"是否想写 {'、'.join(near)}" if near else f"现有：{listed(self.named[piece.folder])}"
            self.problems.append(
                piece.problem((("replaces",), f"没有{TITLES[piece.folder]}“{full}”", expected))
            )
        elif piece.definition.pack not in visible_packs(piece.pack, self._requires):
            found = f"规则包“{piece.pack}”没有声明需要“{piece.definition.pack}”"
            told = (("replaces",), found, f"在 pack.yaml 的 requires 写上 {piece.definition.pack}")
            self.problems.append(piece.problem(told))

    def _requires(self, pack: str) -> Sequence[str]:
        return self.packs[pack].requires if pack in self.packs else ()

    def _order_packs(self) -> None:
        for pack, info in self.packs.items():
            text = self.pack_texts[pack]
            for place, name in enumerate(info.requires):
                if name not in self.packs:
                    known = sorted({*packaged_packs(), *self.packs} - {pack})
                    near = nearest(name, known, 1)
                    expected = f"是否想写 {near[0]}" if near else f"现有：{listed(known)}"
                    self._tell(text, ("requires", place), f"没有规则包“{name}”", expected)
                elif pack in visible_packs(name, self._requires):
                    found = f"“{pack}”与“{name}”互相需要，成了循环"
                    self._tell(text, ("requires", place), found, "只让上层的包需要下层的包")
        depth = {pack: len(visible_packs(pack, self._requires)) for pack in self.packs}
        self.packs = dict(sorted(self.packs.items(), key=lambda pair: depth[pair[0]]))
        order = {pack: place for place, pack in enumerate(self.packs)}
        self.pieces.sort(key=lambda piece: order[piece.pack])

    def catalogue(self, day: date) -> Catalogue:
        """Resolve, cross-check and assemble."""
        known = {folder: list(ids) for folder, ids in self.named.items()}
        resolved = []
        for piece in self.pieces:
            resolver = Resolver(known, visible_packs(piece.pack, self._requires))
            resolved.append((piece.using(resolver.definition(piece.definition)), resolver))
            self.problems += [piece.problem(one) for one in resolver.complaints]
        kinds = {
            piece.definition.full_id: piece.definition for piece, _ in resolved if piece.folder == "kinds"
        }
        pieces = []
        for piece, resolver in resolved:
            definition, found = with_conditions(piece.definition, kinds, resolver)
            pieces.append(piece.using(definition))
            self.problems += [pieces[-1].problem(one) for one in found]
        versions = tuple(Version(piece.folder, piece.from_on, piece.definition) for piece in pieces)
        for moment in sorted({day, date.min, *(version.from_on for version in versions if version.from_on)}):
            self.problems += problems_of(assemble(self.packs, versions, moment, as_chosen=False), pieces)
        return assemble(self.packs, versions, day)

    def _read(self, file: Path, shown: str) -> Text:
        text = read(file, shown)
        self.problems += text.problems
        return text

    def _valid(self, model: type[M], text: Text, data: Any, paths: dict[str, Keys]) -> M | None:
        if data is None:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for path, found, expected in complaints(error, model, data):
                place = (*paths[path[0]], *path[1:]) if path and path[0] in paths else path
                self._tell(text, place, found, expected)
        return None

    def _tell(self, text: Text, path: Keys, found: str, expected: str) -> None:
        self.problems.append(Problem(text.file, text.line(path), field_name(path), found, expected))


def _unreadable(folder: Path, found: object) -> PackInfo:
    """A stand-in for a pack whose own file is broken, so that its other files are checked in the same run."""
    requires = found.get("requires") if isinstance(found, dict) else None
    named = tuple(str(one) for one in requires) if isinstance(requires, list) else ()
    return PackInfo.model_construct(id=folder.name, title=folder.name, version="", requires=named)
