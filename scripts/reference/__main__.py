"""The command: write the pages, or with `--check` list the stale ones and leave with 1."""

from __future__ import annotations

import argparse
import sys

from scripts.reference import pages


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.reference", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; list the pages that are not current"
    )
    asked = parser.parse_args()
    written = pages.written()
    stale = pages.stale(written)
    if asked.check:
        print(
            "\n".join(stale) if stale else "docs/reference is current",
            file=sys.stderr if stale else sys.stdout,
        )
        return 1 if stale else 0
    pages.write(written)
    print(f"docs/reference: {len(written)} pages, {len(stale)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
