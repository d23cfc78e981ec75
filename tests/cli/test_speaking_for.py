"""`jixiao people join --subject` says for whom an account speaks."""

from __future__ import annotations

import json
import shutil


def test_an_account_is_told_for_whom_it_speaks(demo, tmp_path, jixiao_in) -> None:
    demo_copy = tmp_path / "home"
    shutil.copytree(demo[0], demo_copy)
    join = ("people", "join", "auditor", "--org", "demo-cppcc", "--role", "cppcc/member")
    taken = jixiao_in(demo_copy, *join, "--subject", "委员008")
    assert taken.returncode == 2
    assert "已由账号“member”代表" in taken.stderr
    before = jixiao_in(demo_copy, "people", "list", "--org", "demo-cppcc", "--format", "json")
    assert ("auditor", "cppcc/member") not in {
        (one["username"], one["role"]) for one in json.loads(before.stdout)
    }
    wrong = jixiao_in(demo_copy, *join, "--subject", "委员999")
    assert "里没有“委员999”" in wrong.stderr
    assert jixiao_in(demo_copy, *join, "--subject", "委员009").returncode == 0
    listed = jixiao_in(demo_copy, "people", "list", "--org", "demo-cppcc", "--format", "json")
    told = {(one["username"], one["role"]): one["subject"] for one in json.loads(listed.stdout)}
    assert told["auditor", "cppcc/member"] == "委员009"
    assert told["member", "cppcc/member"] == "委员008"
    plain = jixiao_in(
        demo_copy,
        "people",
        "join",
        "clerk",
        "--org",
        "demo-cppcc",
        "--role",
        "base/office_clerk",
        "--subject",
        "委员010",
    )
    assert "不用写 --subject" in plain.stderr
