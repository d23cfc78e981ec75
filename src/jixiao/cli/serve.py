"""`jixiao serve`: the pages on this machine, until interrupted."""

from __future__ import annotations

from typing import Annotated

import typer

PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto"}


def serve(
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="监听地址；默认只在本机可见")] = "127.0.0.1",
) -> None:
    """打开网页服务（Ctrl+C 停止）。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    _tell_what_lacks()
    run(host, port)


def _tell_what_lacks() -> None:
    """A ledger in which nobody can sign in yet is served all the same: accounts may be made meanwhile."""
    from jixiao.cli import first_steps
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    if not queries.orgs_for(SYSTEM).exists():
        print(f"△ 还没有单位，谁也登录不了。请另开一个终端运行：\n{first_steps.words(1)}")
    elif not queries.people_anywhere(SYSTEM).exists():
        print(f"△ 还没有账号，谁也登录不了。请另开一个终端运行：\n{first_steps.words(3)}")


def run(host: str, port: int) -> None:
    """Serve until interrupted. Raises BadInput where the port is taken."""
    from django.conf import settings
    from waitress import create_server

    from jixiao.config.wsgi import application
    from jixiao.errors import BadInput
    from jixiao.web.bodies import OF_PEOPLE

    # With HTTPS a proxy on this machine holds the certificate; its word about the visitor counts, nobody else's does.
    proxy = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": PROXY_HEADERS} if settings.HTTPS else {}
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=8,
            ident="jixiao",
            max_request_body_size=OF_PEOPLE,
            **proxy,
        )
    except OSError as taken:
        raise BadInput(f"{host}:{port} 已被占用。换一个端口：jixiao serve --port {port + 1}") from taken
    print(f"网页已打开：http://{host}:{port}/ （Ctrl+C 停止）", flush=True)
    server.run()
