"""However a pack is mutilated, the loader answers with problems that stand in its files, never with a trace."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.conftest import SOUND

from jixiao.catalogue import check

PLACES = [(path, number) for path, text in SOUND.items() for number in range(len(text.splitlines()))]
SCRAPS = [
    "null",
    "[]",
    "{}",
    "12",
    "1.5",
    "true",
    "2020-03-05",
    "x",
    "'*'",
    "{a: 1}",
    "[x, 1]",
    "{1: 2}",
    "-x",
    "a/b/c",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(["", "cut", *SCRAPS])), min_size=1, max_size=4
    )
)
def test_a_mutilated_pack_is_told_and_never_breaks_the_loader(
    blows: list[tuple[tuple[str, int], str]],
) -> None:
    lines = {path: text.splitlines() for path, text in SOUND.items()}
    for (path, number), scrap in blows:
        line = lines[path][number]
        head = line.partition(":")[0]
        lines[path][number] = {"": "", "cut": line[: len(line) // 2]}.get(scrap, f"{head}: {scrap}")
    with TemporaryDirectory() as folder:
        for path, text in lines.items():
            file = Path(folder) / "office" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(text), encoding="utf-8")
        for problem in check([Path(folder)]):
            assert (Path(folder) / problem.file).exists()
            assert (
                1
                <= problem.line
                <= max(1, len((Path(folder) / problem.file).read_text("utf-8").splitlines()))
            )
            assert problem.field
            assert problem.found
            assert problem.expected
