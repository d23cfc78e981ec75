"""`jixiao audit`: has anything been changed behind the ledger's back?"""

from __future__ import annotations

from typing import Annotated

import typer


def audit(org: Annotated[str | None, typer.Option(help="单位编号；不写则逐个检查全部单位")] = None) -> int:
    """检查流转记录的散列链，并由流转记录重放出每条台账、每个任职、账号和单位设置相对照；有出入时返回 1，并指出第一处。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.errors import NotFound
    from jixiao.ledger import audit as ledger_audit
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.values import Verdict

    orgs = [one for one in queries.orgs_for(SYSTEM) if org in (None, one.pk)]
    if not orgs:
        raise NotFound(f"没有单位“{org}”" if org else "台账里还没有单位")
    broken = sound = 0
    for one in orgs:
        findings = [finding for finding in ledger_audit.check(one.pk) if finding.verdict is not Verdict.KEPT]
        for finding in findings:
            print(f"✕ {one.title}　{finding.title}：{finding.reason}")
        broken += len(findings)
        sound += not findings
    beside = [*ledger_audit.check_people(), *ledger_audit.check_orgs()]
    wrong = [finding for finding in beside if finding.verdict is not Verdict.KEPT]
    for finding in wrong:
        print(f"✕ {finding.title}：{finding.reason}")
    broken += len(wrong)
    print(
        f"检查了 {len(orgs)} 个单位，{sound} 个无误；人员和单位设置{'有出入' if wrong else '无误'}；共 {broken} 处有出入"
    )
    return 1 if broken else 0
