"""Setting up an office: what the commands refuse, and that a refusal leaves nothing behind."""

from __future__ import annotations

import io
import json

import pytest

from jixiao.ledger import queries
from jixiao.ledger.permissions import SYSTEM

PASSWORD = "Quiet-harbour-47"


@pytest.fixture
def command(db, settings, tmp_path, capsys, monkeypatch):
    """Run a command in this process, on the suite's database: exit code, what was printed, what was refused."""
    from typer.main import get_command

    from jixiao.cli.main import app
    from jixiao.cli.mistakes import told

    settings.HOME = tmp_path / "home"

    def run(*arguments: str, typed: str | None = None) -> tuple[int, str, str]:
        if typed is not None:
            monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = told(lambda: get_command(app).main(args=list(arguments), standalone_mode=False))
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def office(command):
    """The same, with an office and its clerk set up."""
    about = ("--title", "示例区某办公室", "--from", "2016-11-01")
    clerk = (
        "people",
        "add",
        "clerk",
        "--name",
        "示例经办人",
        "--org",
        "our-office",
        "--role",
        "office_clerk",
    )
    for step, typed in (
        (("orgs", "add", "our-office", "--pack", "finance", *about), None),
        ((*clerk, "--password-stdin"), f"{PASSWORD}\n"),
    ):
        code, _, refusal = command(*step, typed=typed)
        assert code == 0, refusal
    return command


def kept() -> tuple[list, list]:
    orgs = [(org, *org.packs.values_list("pack")) for org in queries.orgs_for(SYSTEM)]
    return orgs, list(queries.people_anywhere(SYSTEM).values_list("user__username", "user__password", "role"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("orgs", "add", "our-office", "--title", "另一示例单位", "--pack", "finance"), "示例区某办公室"),
        (("orgs", "add", "another", "--title", "另一示例单位", "--pack", "financ"), "finance"),
        (("orgs", "add", "Another", "--title", "另一示例单位", "--pack", "finance"), "demo-office"),
        (("orgs", "add", "another", "--title", "示" * 121, "--pack", "finance"), "最多 120"),
        (("orgs", "add", "another", "--title", "另一示例单位"), "--pack"),
        (("orgs", "add", "another", "--title", "另一示例单位", "--pack", "finance", "--parent", "no"), "no"),
        (("orgs", "open-year", "nobody", "2020"), "nobody"),
        (("orgs", "open-year", "our-office", "2015"), "2016-11-01"),
        (("orgs", "bind", "our-office", "financ"), "finance"),
        (("people", "join", "nobody", "--org", "our-office", "--role", "leader"), "nobody"),
        (("people", "join", "clerk", "--org", "our-office", "--role", "boss"), "base/office_clerk"),
        (("people", "password", "clerk"), "--password-stdin"),
        (("people", "unlock", "nobody"), "nobody"),
        (("people", "list", "--org", "nobody"), "nobody"),
    ],
)
def test_a_mistake_gets_a_sentence_and_leaves_nothing(office, arguments, told: str) -> None:
    before = kept()
    code, _, refusal = office(*arguments)
    assert code == 2
    assert told in refusal
    assert kept() == before


@pytest.mark.parametrize(
    ("username", "password", "told"),
    [
        ("newcomer", "harbour", "至少 10 位"),
        ("newcomer", "8205719364", "不能只有数字"),
        ("newcomer", "", "没有密码"),
        ("clerk", PASSWORD, "已经有人使用"),
        ("new comer", PASSWORD, "空格"),
    ],
)
def test_an_account_that_cannot_be_is_refused(office, username: str, password: str, told: str) -> None:
    about = ("people", "add", username, "--name", "示例人员", "--org", "our-office", "--role", "leader")
    before = kept()
    code, _, refusal = office(*about, "--password-stdin", typed=f"{password}\n")
    assert code == 2
    assert told in refusal
    assert kept() == before


def periods_used(org: str, year: int) -> dict[str, str]:
    """The periods that the year's figures are computed with, by basis."""
    return {basis: one.label for basis, one in queries.year(SYSTEM, org, year).periods.items()}


def test_a_period_of_its_own_is_set_and_an_unknown_basis_refused(office) -> None:
    about = ("--year", "2020", "--from", "2020-01-06", "--to", "2020-12-31", "--label", "本次全会以来")
    code, _, refusal = office("orgs", "period", "our-office", "--basis", "plenery", *about)
    assert code == 2
    assert "plenary" in refusal
    code, said, _ = office("orgs", "period", "our-office", "--basis", "plenary", *about)
    assert code == 0
    assert "2020-01-06" in said
    assert "△" not in said


def test_a_second_period_of_a_basis_says_which_one_counts(office) -> None:
    for label, begin, end in (
        ("春季行动", "2020-02-29", "2020-05-01"),
        ("秋季行动", "2020-04-01", "2020-09-01"),
    ):
        about = ("--year", "2020", "--from", begin, "--to", end, "--label", label)
        code, said, _ = office("orgs", "period", "our-office", "--basis", "event", *about)
        assert code == 0
    assert "数据只按“秋季行动”计，不按“春季行动”计" in said
    assert periods_used("our-office", 2020)["event"] == "秋季行动"


def test_a_year_names_the_bases_it_still_lacks(office) -> None:
    assert office("orgs", "bind", "our-office", "cppcc")[0] == 0
    code, said, _ = office("orgs", "open-year", "our-office", "2020")
    assert code == 0
    assert "plenary" in said
    assert "calendar_year" not in said


def test_a_wrong_second_password_changes_nothing(office, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter([PASSWORD, PASSWORD + "!", "Calm-lantern-53", "Calm-lantern-53"])
    monkeypatch.setattr("jixiao.cli.passwords.getpass", lambda prompt: next(typed))
    code, _, refusal = office("people", "password", "clerk")
    assert code == 2
    assert "不一样" in refusal
    assert office("people", "password", "clerk")[0] == 0
    assert queries.person(SYSTEM, "clerk").check_password("Calm-lantern-53")


def test_who_leaves_or_is_switched_off_is_listed_so(office) -> None:
    leave = (
        "people",
        "leave",
        "clerk",
        "--org",
        "our-office",
        "--role",
        "office_clerk",
        "--on",
        "2099-01-31",
    )
    assert office(*leave)[0] == 0
    assert office("people", "deactivate", "clerk")[0] == 0
    [row] = json.loads(office("people", "list", "--org", "our-office", "--format", "json")[1])
    assert (row["to"], row["active"]) == ("2099-01-31", False)
