"""The tree of SM3 digests under a record of issue: one leaf per thing, so that a difference has a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jixiao.reports.issue_record import IssueRecord

_LEAF, _NODE = b"\x00", b"\x01"  # a leaf can never be passed off as a node


def canonical(value: Any) -> bytes:
    """The one JSON spelling that is digested: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sm3(content: bytes) -> str:
    from cryptography.hazmat.primitives import hashes

    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def leaves_of(record: IssueRecord) -> dict[str, str]:
    """The leaf of each thing, computed from what the record says; its stored leaves and root play no part."""
    things: dict[str, Any] = {"head": {name: record[name] for name in _HEAD}}  # type: ignore[literal-required]
    things |= {f"pack/{name}": version for name, version in record["packs"].items()}
    things |= {f"placed/{one['key']}": one for one in record["placed"]}
    for name, figure in record["figures"].items():
        things[f"figure/{name}"] = {**figure, "definition": ""}
        things[f"definition/{name}"] = figure["definition"]
    things |= {f"record/{name}": one for name, one in record["records"].items()}
    things |= {f"clause/{n}/{one['id']}": one for n, one in enumerate(record["clauses"])}
    things |= {f"deviation/{name}": one for name, one in record.get("deviations", {}).items()}
    return {name: sm3(_LEAF + canonical([name, thing])) for name, thing in things.items()}


_HEAD = ("format", "org", "outline", "title", "year", "as_of", "date_text", "marks", "text")


def root_of(leaves: Mapping[str, str]) -> str:
    """Fold the leaves, in the order of their names, pair by pair into one; an odd one moves up as it is."""
    row = [leaves[name] for name in sorted(leaves)]
    while len(row) > 1:
        pairs = [row[n : n + 2] for n in range(0, len(row), 2)]
        row = [sm3(_NODE + "".join(pair).encode()) if len(pair) == 2 else pair[0] for pair in pairs]
    return row[0] if row else sm3(b"")
