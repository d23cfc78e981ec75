"""Start Django for a command that needs the ledger, and say plainly when the server parts are not installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jixiao.cli import first_steps
from jixiao.cli.mistakes import why
from jixiao.config import home_folder
from jixiao.errors import BadInput


def start(home: Path | None = None) -> None:
    """Load settings for `home` (or $JIXIAO_HOME, or ./home). Raises BadInput where jixiao[server] is missing."""
    if home is not None:
        os.environ["JIXIAO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.config.settings")
    try:
        import django
    except ModuleNotFoundError as missing:
        raise BadInput('这个命令要用台账，请先安装服务端：pip install "jixiao[server]"') from missing
    try:
        django.setup()
    except ModuleNotFoundError as missing:
        raise BadInput(f'缺少 {missing.name}，请安装服务端：pip install "jixiao[server]"') from missing
    except ValueError as wrong:
        raise BadInput(str(wrong)) from wrong
    except OSError as wrong:
        raise BadInput(
            f"用不了数据文件夹 {wrong.filename}：{why(wrong)}。请设 JIXIAO_HOME 指向可写的文件夹"
        ) from wrong


def ready() -> None:
    """Start Django and make sure that there is a ledger to ask, and that its tables fit the packs."""
    started()
    from jixiao.ledger import projection
    from jixiao.ledger.rules import catalogue

    waiting = [change for change in projection.plan(catalogue()).changes if not change.drops]
    if waiting:
        raise BadInput(
            f"规则包有改动，数据库还没有跟上（{len(waiting)} 项）。先看：jixiao packs plan；再执行：jixiao packs migrate"
        )


def started() -> None:
    """Start Django and make sure that there is a ledger, whatever state its tables are in. Makes no file."""
    if not _is_set_up() and not home_folder.has_database():
        raise BadInput(_no_ledger(home_folder.named()))
    start()
    from django.conf import settings
    from django.db import DatabaseError, connection

    try:
        tables = connection.introspection.table_names()
    except DatabaseError as wrong:
        raise BadInput(
            f"数据库 {connection.settings_dict['NAME']} 用不了：{wrong}。请检查文件、权限和 JIXIAO_DATABASE"
        ) from wrong
    if "ledger_org" not in tables:
        raise BadInput(_no_ledger(settings.HOME))


def _is_set_up() -> bool:
    """Are the settings read already, perhaps with a database of somebody else's choosing?"""
    found = sys.modules.get("django.conf")
    return found is not None and found.settings.configured


def _no_ledger(home: Path) -> str:
    return (
        f"{home} 里还没有台账（台账在别处的，请设 JIXIAO_HOME 指向它）。新建台账依次运行：\n{first_steps.words()}\n"
        "只想看看示例：jixiao demo"
    )
