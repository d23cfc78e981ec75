"""Where packs keep their example orgs, and the reading of one such folder's YAML."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from jixiao.errors import BadInput, NotFound
from jixiao.ledger.rules import folders


def available() -> dict[str, Path]:
    """The example orgs of all packs: org id → folder."""
    shelves = [Path(str(files("jixiao"))) / "packs", *folders()]
    patterns = ("examples/*/org.yaml", "*/examples/*/org.yaml")  # a folder is a pack itself, or holds packs
    return {
        path.parent.name: path.parent
        for shelf in shelves
        for pattern in patterns
        for path in sorted(shelf.glob(pattern))
    }


def folder_of(org: str) -> Path:
    """Raises NotFound, naming the examples there are."""
    found = available()
    if org not in found:
        raise NotFound(f"没有示例单位“{org}”；现有：{'、'.join(found) or '无'}")
    return found[org]


def read(path: Path, default: Any) -> Any:
    """The data of a YAML file, `default` where there is none. Raises BadInput."""
    if not path.exists():
        return default
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or default
    except yaml.YAMLError as error:
        raise BadInput(f"{path.name} 读不成 YAML：{error}") from None
