"""Which of the machine's fonts a .pdf is set in: the official ones where they are, else free look-alikes.

Every chain ends in Noto CJK, because Fandol and the GB2312 fonts lack rarer characters of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from jixiao.errors import BadInput

if TYPE_CHECKING:
    import typst

FOLDERS = (
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/texmf/fonts/opentype/public/fandol"),
    Path("/usr/local/share/fonts"),
)
_BEHIND = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC", "SimSun")
CHAINS = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif CJK SC", "FandolSong"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FandolKai", "LXGW WenKai"),
    "black": ("SimHei", "黑体", "STHeiti", "FandolHei", "Noto Sans CJK SC"),
    "song": ("SimSun", "宋体", "STSong", "FandolSong", "Noto Serif CJK SC"),
}
LATIN = ("Times New Roman", "Liberation Serif", "Libertinus Serif")


def typesetter() -> ModuleType:
    """The typst module. Raises BadInput saying how to get it: the library alone comes without."""
    try:
        import typst
    except ImportError as absent:
        raise BadInput('生成 PDF 需要排版组件；请先安装：pip install "jixiao[server]"') from absent
    return typst


@cache
def families(folders: tuple[Path, ...] = FOLDERS) -> dict[str, str]:
    """Every font family typst can see on this machine, by its name in small letters."""
    return {family.lower(): family for family in fonts_in(folders).families()}


@cache
def fonts_in(folders: tuple[Path, ...]) -> typst.Fonts:
    """The machine's fonts and those of the folders; searching takes a while, so it is done once."""
    there = [str(folder) for folder in folders if folder.is_dir()]
    found: typst.Fonts = typesetter().Fonts(include_system_fonts=True, font_paths=there)
    return found


def chains(available: dict[str, str]) -> dict[str, list[str]]:
    """For each role of a font the families to set it in, best first; only those that are there."""
    return {role: _present((*names, *_BEHIND), available) for role, names in CHAINS.items()}


def latin(available: dict[str, str]) -> str:
    return (_present(LATIN, available) or ["Libertinus Serif"])[0]


def missing_fonts(folders: tuple[Path, ...] = FOLDERS) -> list[str]:
    """Packages (Debian names) to install before a .pdf can be set; empty where there are usable fonts.

    Any one of the fonts behind the chains is enough to print every character, so only their package is
    compulsory; the look of 仿宋 is `lacking_looks`.
    """
    return [] if _present(_BEHIND, families(folders)) else ["fonts-noto-cjk"]


def lacking_looks(folders: tuple[Path, ...] = FOLDERS) -> list[str]:
    """Packages that would make the .pdf look as the standard asks, where a fall-back is used now."""
    return [] if _present(CHAINS["body"], families(folders)) else ["texlive-lang-chinese"]


def _present(names: Sequence[str], available: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(available[name.lower()] for name in names if name.lower() in available))
