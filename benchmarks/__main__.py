"""Run every benchmark: `python -m benchmarks`."""

from __future__ import annotations

from benchmarks import figures, formats, pages, peers, reading_speed, recall

if __name__ == "__main__":
    figures.main()
    recall.main()
    reading_speed.main()
    formats.main()
    pages.main()
    peers.main()
