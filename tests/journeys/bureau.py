"""A finance bureau beside the demonstration offices: its reviewer, and six departments it expects."""

from __future__ import annotations

import datetime
from collections.abc import Callable

BUREAU, REVIEWER = "demo-bureau", "bureau"
SINCE = datetime.date(2015, 1, 1)


def install(password_of: Callable[[str], str]) -> None:
    from tests.packages import YEAR, title_of

    from jixiao.ledger.actions import desk, orgs, people
    from jixiao.ledger.models import User
    from jixiao.ledger.permissions import SYSTEM

    made = orgs.create(by=SYSTEM, id=BUREAU, title="示例财政局", valid_from=SINCE)
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=SINCE)
    orgs.set_period(
        by=SYSTEM, org=made, basis="calendar_year", label=f"{YEAR}年度", year=YEAR,
        from_on=datetime.date(YEAR, 1, 1), to_on=datetime.date(YEAR, 12, 31),
    )  # fmt: skip
    user = User.objects.create(username=REVIEWER, display_name="示例审核员")
    user.set_password(password_of(REVIEWER))
    user.save()
    people.join(by=SYSTEM, user=user, org=made, role="bureau_reviewer", from_on=SINCE)
    titles = [title_of(number) for number in range(1, 7)]
    desk.expect(by=SYSTEM, bureau=made, year=YEAR, titles=titles)
