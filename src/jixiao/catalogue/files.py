"""Where packs lie on disk: the packaged ones and any folder given. Answers which files a pack has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from jixiao.catalogue.catalogue import FOLDERS
from jixiao.catalogue.nearest import listed
from jixiao.errors import BadInput, Problem

PACKAGED = Path(__file__).resolve().parent.parent / "packs"
OTHER_FOLDERS = frozenset({"examples"})


def pack_folders(names: Sequence[str] | None, folders: Sequence[Path]) -> list[Path]:
    """The folders of the packs to load: packaged ones by name (None: all), then the extra ones.

    An extra folder is a pack itself (has pack.yaml) or holds packs. Packaged packs that the named ones
    require come along. Raises BadInput for a name or folder that is not there.
    """
    packaged = {folder.name: folder for folder in _packs_in(PACKAGED)}
    chosen = list(packaged) if names is None else list(names)
    for name in chosen:
        if name not in packaged:
            raise BadInput(f"没有名为“{name}”的规则包；现有：{listed(packaged) or '（无）'}")
    found = [packaged[name] for name in chosen]
    for folder in folders:
        inside = _packs_in(Path(folder))
        if not inside:
            raise BadInput(f"{folder} 不是规则包：其中没有 pack.yaml")
        found += inside
    return found


def packaged_pack(name: str) -> Path | None:
    """The packaged pack of this name, for packs that are required but were not named."""
    folder = PACKAGED / name
    return folder if (folder / "pack.yaml").is_file() else None


def packaged_packs() -> list[str]:
    """The packs that come with the program."""
    return [folder.name for folder in _packs_in(PACKAGED)]


def packaged_with(folder: str, name: str) -> list[str]:
    """Full ids of the packaged definitions that bear this short id, whether their packs are loaded or not."""
    return [
        f"{pack}/{name}" for pack in packaged_packs() if (PACKAGED / pack / folder / f"{name}.yaml").is_file()
    ]


def _packs_in(folder: Path) -> list[Path]:
    if (folder / "pack.yaml").is_file():
        return [folder]
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if (one / "pack.yaml").is_file())


def definition_files(pack: Path) -> list[tuple[str, Path]]:
    """(folder name, file) of every definition of the pack, in a fixed order."""
    return [(folder, file) for folder in FOLDERS for file in sorted((pack / folder).glob("*.yaml"))]


def stray_files(pack: Path) -> Iterable[Problem]:
    """Folders and files that nothing would ever read: most often a misspelt name."""
    for one in sorted(pack.iterdir()):
        shown = f"{pack.name}/{one.name}"
        if (
            one.is_dir()
            and one.name not in FOLDERS
            and one.name not in OTHER_FOLDERS
            and one.name[0] not in "._"
        ):
            yield Problem(
                shown, 1, "文件夹", f"不认得“{one.name}”", f"可用：{'、'.join([*FOLDERS, *OTHER_FOLDERS])}"
            )
        if one.is_dir() and one.name in FOLDERS:
            for file in sorted(one.iterdir()):
                if file.suffix != ".yaml" and file.name[0] not in "._":
                    yield Problem(
                        f"{shown}/{file.name}", 1, "文件", "这里只读 .yaml 文件", "扩展名为 .yaml 的文件"
                    )
