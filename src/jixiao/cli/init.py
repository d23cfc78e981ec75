"""`jixiao init`: an empty ledger in the home; what is there already stays."""

from __future__ import annotations


def init() -> None:
    """在 $JIXIAO_HOME 建立空的台账：文件夹、数据库、各类事项的表。已有的保留；升级后用它更新数据库。"""
    from jixiao.cli import django_setup, first_steps

    django_setup.start()
    make_database()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    orgs = queries.orgs_for(SYSTEM).count()
    _fit_tables(alone=not orgs)
    if orgs:
        print(f"台账里有 {orgs} 个单位，都保留着。列出：jixiao orgs list")
    else:
        print(f"台账建好了，还没有单位。接着运行：\n{first_steps.words(1)}")


def make_database() -> None:
    """Make home and database where they are missing, closed to others; Django must have started.

    Raises BadInput where the folder cannot be written or the database cannot be used.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    told("数据文件夹", str(settings.HOME))
    name = settings.DATABASES["default"]["NAME"]
    try:
        _close()
        told("数据库", f"{name}，正在建立或更新……")
        call_command("migrate", verbosity=0, interactive=False)
    except OSError as wrong:
        raise BadInput(
            f"写不了 {wrong.filename}：{why(wrong)}。请检查权限，或设 JIXIAO_HOME 换一个文件夹"
        ) from wrong
    except DatabaseError as wrong:
        raise BadInput(
            f"数据库 {name} 用不了：{wrong}。请检查文件权限、磁盘空间和 JIXIAO_DATABASE"
        ) from wrong


def told(what: str, detail: str) -> None:
    """Say what is being done."""
    print(f"· {what}：{detail}", flush=True)


def _close() -> None:
    from django.conf import settings

    from jixiao.config import home_folder

    home_folder.make(settings.HOME)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        home_folder.close_database(settings.DATABASES["default"]["NAME"])
    if not home_folder.close(settings.HOME):
        print(
            f"  △ {settings.HOME} 里还有别的文件，没有改它的权限；请换专用的文件夹，或执行 chmod 700 {settings.HOME}"
        )


def _fit_tables(alone: bool) -> None:
    """Make the tables of an empty ledger; a ledger in use is changed only by the command that shows its plan."""
    from jixiao.ledger import projection
    from jixiao.ledger.rules import catalogue

    rules = catalogue()
    packs = "、".join(f"{name}（{pack.title}）" for name, pack in rules.packs.items())
    told("规则包", f"{packs}；{len(rules.kinds)} 类事项")
    if alone:
        projection.ensure(rules)
    elif waiting := len(projection.plan(rules)):
        print(
            f"  △ 规则包有改动，数据库还没有跟上（{waiting} 项）。先看：jixiao packs plan；再执行：jixiao packs migrate"
        )
