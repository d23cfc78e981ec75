"""A department under the rules of its region, for the walk over a whole performance year."""

from __future__ import annotations

import datetime
from collections.abc import Callable

ORG = "demo-year"
YEAR = 2020
PEOPLE = {
    "year-clerk": "finance_clerk",
    "year-head": "department_head",
    "year-department": "competent_department",
    "year-bureau": "bureau_reviewer",
}


def install(password_of: Callable[[str], str]) -> None:
    """Make the department, its people and what its accounts say of the year."""
    from jixiao.ledger.actions import filed, orgs, people
    from jixiao.ledger.models import User
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.values import Period

    began = datetime.date(2015, 1, 1)
    org = orgs.create(by=SYSTEM, id=ORG, title="示例文化局", valid_from=began)
    for pack in ("hunan", "sichuan"):
        orgs.bind_pack(by=SYSTEM, org=org, pack=pack, from_on=began)
    span = Period("calendar_year", "2020年度", datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31), YEAR)
    orgs.set_period(
        by=SYSTEM,
        org=org,
        basis=span.basis,
        label=span.label,
        year=YEAR,
        from_on=span.from_on,
        to_on=span.to_on,
    )
    for username, role in PEOPLE.items():
        user = User.objects.create(username=username, display_name=f"示例{username}")
        user.set_password(password_of(username))
        user.save()
        people.join(by=SYSTEM, user=user, org=org, role=role, from_on=began)
    known = {
        "initial_budget": "90万", "full_budget": "90万", "executed": "81万", "posts": "30", "staff": "28",
        "basic_expenditure": "50万", "project_expenditure": "31万", "three_public_budget": "6万",
        "three_public_final": "4万", "three_public_budget_before": "6万", "three_public_final_before": "5万",
    }  # fmt: skip
    for item, value in known.items():
        filed.file(
            by=SYSTEM, org=org, item=item, value=value, stated_on=span.to_on, period=span, source="部门决算表"
        )
