"""Commands on the demonstration: formats, exit codes, and what a mistake is told."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

ORG = "demo-cppcc"
YEAR = ("--org", ORG, "--period", "2020")
KEYS = {"id", "title", "value", "exact", "top", "bottom", "unit", "qualifier", "period", "as_of", "records"}


@pytest.fixture(scope="module")
def rows(jixiao) -> dict[str, dict]:
    found = json.loads(jixiao("figures", *YEAR, "--format", "json").stdout)
    return {row["id"].partition("/")[2]: row for row in found}


def test_figures_carry_what_programs_need(rows) -> None:
    for row in rows.values():
        assert row.keys() >= KEYS
        assert isinstance(row["records"], int)
        assert row["value"] is None or Decimal(row["value"]).is_finite()


def test_printed_and_counted_are_told_apart(rows) -> None:
    row = rows["opinion_items_received"]
    assert (row["value"], row["exact"], row["qualifier"], row["unit"]) == ("30", "34", "over", "篇")
    assert row["bottom"] is None


def test_a_rate_is_a_fraction_of_one(rows) -> None:
    assert rows["filing_rate"]["value"] == "1"
    assert rows["micro_suggestion_handling_rate"]["exact"] == "0.888889"
    assert rows["micro_suggestion_handling_rate"]["bottom"] == 9


def test_silence_is_no_number(rows) -> None:
    row = rows["problems_solved"]
    assert (row["value"], row["exact"], row["status"]) == (None, None, "not_reported")


def test_csv_has_the_rows_of_json(jixiao, rows) -> None:
    told = list(csv.DictReader(io.StringIO(jixiao("figures", *YEAR, "--format", "csv").stdout)))
    assert [row["id"].partition("/")[2] for row in told] == list(rows)


def test_as_of_looks_back(jixiao) -> None:
    early = json.loads(jixiao("figures", *YEAR, "--as-of", "2020-01-31", "--format", "json").stdout)
    closed = {row["id"].partition("/")[2]: row for row in early}["proposals_closed"]
    assert closed["exact"] == "0"


def test_explain_says_it_in_words_sql_and_records(jixiao) -> None:
    told = json.loads(jixiao("explain", "satisfaction_rate", *YEAR, "--format", "json").stdout)[0]
    assert told["words"]
    assert "SELECT" in told["sql"]
    assert len(told["behind"]) == told["records"]
    assert told["alternatives"]


def test_score_gives_a_reason_for_each_lost_point(jixiao) -> None:
    done = jixiao("score", *YEAR, "--format", "json")
    assert done.returncode == 0
    lost = [row for row in json.loads(done.stdout) if Decimal(row["earned"]) < Decimal(row["points"])]
    assert lost
    assert all(row["reason"] for row in lost)


def test_score_tells_programs_what_each_scheme_came_to(jixiao) -> None:
    rows = [row for row in json.loads(jixiao("score", *YEAR, "--format", "json").stdout)
            if row["scheme"] == "cppcc/self_evaluation"]  # fmt: skip
    assert {(row["scheme_total"], row["scheme_open"], row["grade"]) for row in rows} == {("100", "0", "优")}
    assert Decimal(rows[0]["scheme_earned"]) == sum(Decimal(row["earned"]) for row in rows)


def test_a_sample_scheme_is_graded_only_by_name(jixiao) -> None:
    listed = json.loads(jixiao("score", *YEAR, "--format", "json").stdout)
    assert "finance/goal_table" not in {row["scheme"] for row in listed}
    named = jixiao("score", *YEAR, "--scheme", "finance/goal_table", "--format", "json")
    assert named.returncode == 1
    assert {row["earned"] for row in json.loads(named.stdout)} >= {"9.7", "未填报"}


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_an_issued_file_is_intact(jixiao, demo, form: str) -> None:
    done = jixiao("verify", str(demo[1] / f"{ORG}-2020.{form}"), "--format", "json")
    assert (done.returncode, json.loads(done.stdout)[0]["outcome"]) == (0, "intact")


def test_one_digit_altered_is_named(jixiao, demo, tmp_path: Path) -> None:
    forged = tmp_path / "forged.docx"
    with zipfile.ZipFile(demo[1] / f"{ORG}-2020.docx") as old, zipfile.ZipFile(forged, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                assert "30余篇".encode() in content
                content = content.replace("30余篇".encode(), "80余篇".encode())
            new.writestr(entry, content)
    done = jixiao("verify", str(forged), "--format", "json")
    told = json.loads(done.stdout)[0]
    assert (done.returncode, told["outcome"]) == (1, "figure_altered")
    assert any("80" in one["found"] for one in told["details"])


def test_without_a_ledger_only_consistency_is_told(jixiao_in, demo, tmp_path: Path) -> None:
    done = jixiao_in(tmp_path / "nothing", "verify", str(demo[1] / f"{ORG}-2020.html"))
    assert done.returncode == 0
    assert "自洽，未与签发库核对" in done.stdout
    assert not (tmp_path / "nothing").exists()


def test_asking_where_there_is_no_ledger_makes_none(jixiao_in, tmp_path: Path) -> None:
    for command in (("figures", *YEAR), ("packs", "plan"), ("audit",), ("serve",)):
        done = jixiao_in(tmp_path / "wrong-place", *command)
        assert done.returncode == 2
        assert "wrong-place 里还没有台账" in done.stderr
    assert not (tmp_path / "wrong-place").exists()


def test_a_draft_carries_no_seal(jixiao, tmp_path: Path) -> None:
    assert jixiao("report", *YEAR, "--out", str(tmp_path)).returncode == 0
    refused = jixiao("verify", str(tmp_path / f"{ORG}-2020.docx"))
    assert refused.returncode == 2
    assert "存证" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("figures", "--org", "nobody", "--period", "2020"), "nobody"),
        (("figures", "--org", ORG, "--period", "1999"), "1999"),
        (("figures", "--org", ORG), "--period"),
        (("figures", *YEAR, "--format", "xml"), "table"),
        (("figures", *YEAR, "--as-of", "去年"), "2020-10-31"),
        (("explain", "filing_rat", *YEAR), "filing_rate"),
        (("verify", "nowhere.docx"), "打不开 nowhere.docx：没有这个文件或文件夹"),
        (("verify", "."), "打不开 .：这是文件夹"),
        (("serve", "--port", "abc"), "--port 应为整数"),
        (("serve", "--port", "99999"), "--port 不能大于 65535"),
        (("figurs",), "figures"),
        (("packs", "check", "."), "pack.yaml"),
        (("report", *YEAR, "--outline", "nothing"), "nothing"),
    ],
)
def test_a_mistake_gets_a_sentence_and_exit_2(jixiao, arguments: tuple[str, ...], told: str) -> None:
    done = jixiao(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_truncated_file_is_refused(jixiao, demo, tmp_path: Path) -> None:
    whole = (demo[1] / f"{ORG}-2020.docx").read_bytes()
    (tmp_path / "half.docx").write_bytes(whole[: len(whole) // 2])
    done = jixiao("verify", str(tmp_path / "half.docx"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_broken_pack_tells_every_error_at_once(jixiao, tmp_path: Path) -> None:
    pack = tmp_path / "local"
    (pack / "kinds").mkdir(parents=True)
    (pack / "pack.yaml").write_text("title: 本地规则\nversion: '1'\n", encoding="utf-8")
    (pack / "kinds" / "visit.yaml").write_text("title: 走访\nshape: visit\nabout: office\n", encoding="utf-8")
    (pack / "kinds" / "gift.yaml").write_text(
        "title: 捐赠\nshape: money\nabout: office\nunit: 笔\nlabel: what\nsource: [{title: 示例}]\n"
        "fields:\n  what: {type: text, title: 事由}\n  amount: {type: money, title: 金额}\n",
        encoding="utf-8",
    )
    done = jixiao("packs", "check", str(pack))
    assert done.returncode == 2
    assert "visit.yaml:2" in done.stderr
    assert "性质" in done.stderr


def test_examples_of_versions_not_in_force_run_too(jixiao, tmp_path: Path) -> None:
    pack = tmp_path / "local"
    (pack / "indicators").mkdir(parents=True)
    (pack / "pack.yaml").write_text("title: 本地规则\nversion: '1'\nrequires: [cppcc]\n", encoding="utf-8")
    example = (
        "[{{name: 空, period: {{basis: calendar_year, label: 2020}}, records: {{proposal: ''}}, gives: {0}}}]"
    )
    (pack / "indicators" / "received.yaml").write_text(
        "title: 收到提案\ntheme: proposals\nsource: [{title: 示例}]\nrows: {kind: proposal, dated: received_on}\ncount: all\nunit: 件\n"
        f"examples: {example.format(7)}\n"
        f"versions: [{{from: 2000-01-01, examples: {example.format('not_reported')}}}, "
        f"{{from: 2099-01-01, examples: {example.format(8)}}}]\n",
        encoding="utf-8",
    )
    done = jixiao("packs", "check", str(pack))
    assert done.returncode == 1, done.stderr
    assert "应得 7" in done.stdout
    assert "2099-01-01 的规则" in done.stdout
    assert "应得 8" in done.stdout


def test_help_is_everywhere(jixiao) -> None:
    for command in (
        "demo",
        "serve",
        "figures",
        "explain",
        "score",
        "report",
        "verify",
        "packs",
        "init",
        "orgs",
        "people",
    ):
        done = jixiao(command, "--help")
        assert done.returncode == 0
        assert "Usage" in done.stdout


def test_our_own_reports_do_not_contradict_themselves(jixiao, demo) -> None:
    done = jixiao("check", *(str(path) for path in sorted(demo[1].iterdir())))
    assert done.returncode == 0, done.stdout
