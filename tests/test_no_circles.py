"""No two modules import one another, by whatever way round: each can be read and tested on what it stands on."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp


def test_no_module_stands_on_itself():
    graph = grimp.build_graph("jixiao", cache_dir=None)
    needs = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        raise AssertionError(" → ".join(circle.args[1])) from None
