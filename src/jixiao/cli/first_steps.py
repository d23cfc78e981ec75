"""What to run, and in which order, before anybody can sign in."""

from __future__ import annotations

STEPS = (
    ("jixiao init", "建数据库"),
    ("jixiao orgs add 单位编号 --title 单位名称 --pack 规则包", "登记单位"),
    ("jixiao orgs open-year 单位编号 年度", "设好年度"),
    ("jixiao people add 用户名 --name 姓名 --org 单位编号 --role 角色", "开账号，会问密码"),
    ("jixiao serve", "打开网页"),
)


def words(done: int = 0) -> str:
    """The steps that are left when so many are done, one to a line."""
    return "\n".join(f"  {command}    # {what}" for command, what in STEPS[done:])
