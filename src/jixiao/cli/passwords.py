"""Asking for a password: twice on a terminal, or one line of standard input; never on the command line."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Annotated

import typer

FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="从标准输入读一行作密码；不写则在终端上问两遍，不显示")
]

Own = Annotated[
    bool, typer.Option("--own", help="密码由本人亲自输入；不写则算别人给的，本人登录后要先换成自己的")
]

GIVEN = "这是别人给的密码：本人登录后要先换成自己的（本人亲自输入的，请加 --own）"


def ask(name: str, *, from_stdin: bool) -> str:
    """The password meant for `name`. Raises BadInput where there is nobody to ask or the two differ."""
    from jixiao.errors import BadInput

    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise BadInput("标准输入里没有密码；请把密码写成一行传进来")
        return password
    if not sys.stdin.isatty():
        raise BadInput("这里没有终端可以问密码；请在终端上运行，或加 --password-stdin 从标准输入读")
    try:
        first, again = getpass(f"{name}的密码："), getpass("再输一遍：")
    except EOFError as ended:
        raise BadInput("没有输入密码，什么也没有改动") from ended
    if first != again:
        raise BadInput("两遍密码不一样，什么也没有改动；请重新运行")
    return first
