"""The command line. Each command lives in a file of its own and imports what it needs only when it runs.

Exit codes: 0 done, 1 done with findings, 2 input that cannot be taken. A user's mistake gets a sentence, never a trace.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from jixiao.cli import (
    audit,
    check,
    compare,
    demo,
    desk,
    draft,
    evidence,
    explain,
    export,
    figures,
    imports,
    init,
    orgs,
    package,
    packs,
    people,
    points,
    presubmit,
    read,
    remind,
    report,
    score,
    serve,
    verify,
)
from jixiao.cli.mistakes import told

app = typer.Typer(
    name="jixiao",
    help="绩效：报告里的每个数字，都是对台账的一次查询。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("init")(init.init)
app.add_typer(orgs.app, name="orgs")
app.add_typer(people.app, name="people")
app.command("import")(imports.import_file)
app.command("export")(export.export)
app.command("serve")(serve.serve)
app.command("figures")(figures.figures)
app.command("explain")(explain.explain)
app.command("score")(score.score)
app.command("points")(points.points)
app.command("report")(report.report)
app.command("remind")(remind.remind)
app.command("package")(package.package)
app.command("presubmit")(presubmit.presubmit)
app.command("verify")(verify.verify)
app.command("evidence")(evidence.evidence)
app.command("audit")(audit.audit)
app.command("read")(read.read)
app.command("check")(check.check)
app.command("compare")(compare.compare)
app.command("draft")(draft.draft)
app.add_typer(desk.app, name="desk")
app.add_typer(packs.app, name="packs")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    command = get_command(app)
    sys.exit(told(lambda: command.main(args=arguments, prog_name="jixiao", standalone_mode=False)))


if __name__ == "__main__":
    main()
