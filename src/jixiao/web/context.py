"""What stands around every page: who is signed in, for which org and year, and what is said about both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from jixiao.catalogue.kinds import Kind
from jixiao.errors import NotFound
from jixiao.ledger import permissions, queries
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.queries.desk import desk_home, desk_year
from jixiao.ledger.queries.names import OrgRow
from jixiao.ledger.queries.own_desk import speaks_for, speaks_only
from jixiao.ledger.rules import catalogue as in_force
from jixiao.ledger.succession import what_became

ORG, YEAR = "org", "year"
MOST_SAID = 999
NAVIGATION = (
    ("tasks", "待办"),
    ("registers", "台账"),
    ("year", "年度"),
    ("reports", "报告"),
    ("check", "核查"),
    ("rules", "规则"),
)
BEFORE_CHECK = -2  # where a bureau's desk stands, for those who have one
SECTIONS = {
    "": "tasks",
    "reminders": "tasks",
    "records": "registers",
    "evidence": "registers",
    "imports": "registers",
    "pastes": "registers",
    "issues": "reports",
    "verify": "check",
    "compare": "year",
    "cycle": "year",
    "draft": "reports",
    "templates": "reports",
    "orgs": "year",
    "handover": "tasks",
}


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    url: str
    is_here: bool
    count: str = ""


@dataclass
class Frame:
    """Computed where a template asks; pages without a signed-in person touch no table."""

    request: HttpRequest

    @cached_property
    def user(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def user_title(self) -> str:
        return str(self.user)

    @cached_property
    def orgs(self) -> Sequence[OrgRow]:
        return list(queries.orgs_for(self.user)) if self.user else []

    @cached_property
    def org(self) -> OrgRow | None:
        """The org of the address, else the one chosen last, else the first."""
        match = self.request.resolver_match
        named = (match.kwargs.get("org") if match else None) or self.request.GET.get("org")
        kept = self.request.session.get(ORG) if self.user else None
        by_id = {org.id: org for org in self.orgs}
        org = by_id.get(named) or by_id.get(kept) or self._usual
        if org is not None and org.id != kept:
            self.request.session[ORG] = org.id
        return org

    @property
    def _usual(self) -> OrgRow | None:
        """The first org one belongs to that lives on, else the first one may look into that does, else the first."""
        living = {org.id: org for org in self.orgs if org.valid_to is None}
        joined = queries.orgs_joined(self.user) if len(living) > 1 else []
        own = next((living[org] for org in joined if org in living), None)
        return own or next(iter(living.values()), next(iter(self.orgs), None))

    @property
    def gone(self) -> str:
        """What became of the org, where it is no more."""
        return what_became(self.org) if self.org is not None and self.org.valid_to else ""

    @property
    def successors(self) -> list[OrgRow]:
        """The orgs that carry on with the business of one that is gone, as far as one may look into them."""
        if self.org is None or not self.org.valid_to:
            return []
        after = {one.successor_id for one in self.org.became.all()}
        return [org for org in self.orgs if org.id in after]

    def require_org(self) -> OrgRow:
        if self.org is None:
            raise NotFound("您还没有加入任何单位")
        return self.org

    @cached_property
    def _known_years(self) -> list[int]:
        return queries.years_for(self.user, self.org) if self.org else []

    @cached_property
    def year(self) -> int | None:
        """The year of the address, else the one chosen last, else the latest with a reporting period."""
        match = self.request.resolver_match
        named = match.kwargs.get("year") if match else None
        if named is not None and self.org is not None:
            self.request.session[YEAR] = named
            return int(named)
        kept = self.request.session.get(YEAR) if self.user else None
        years = self._known_years
        return kept if kept in years else (years[0] if years else None)

    @property
    def years(self) -> list[dict[str, Any]]:
        """The years to switch to, on the same sort of page where that has a year in its address."""
        if self.org is None:
            return []
        return [{"year": year, "url": self._in_year(year)} for year in self._known_years]

    def _in_year(self, year: int) -> str:
        match = self.request.resolver_match
        if match and "year" in match.kwargs and not {"pack", "clause"} & set(match.kwargs):
            try:
                return reverse(f"web:{match.url_name}", kwargs={**match.kwargs, "year": year})
            except NoReverseMatch:
                pass
        return reverse("web:year", args=[self.org.id if self.org else "", year])

    @property
    def section(self) -> str:
        first = self.request.path.strip("/").split("/")[0]
        return SECTIONS.get(first, first)

    @property
    def nav(self) -> list[Item]:
        urls = {
            "tasks": reverse("web:tasks"),
            "registers": reverse("web:registers"),
            "year": reverse("web:this_year"),
            "reports": reverse("web:this_report"),
            "check": reverse("web:check"),
            "rules": reverse("web:rules"),
        }
        if self.org and self.year:
            urls["year"] = reverse("web:year", args=[self.org.id, self.year])
            urls["reports"] = reverse("web:report", args=[self.org.id, self.year])
        counts = {"tasks": self._waiting}
        found = [
            Item(title, urls[name], self.section == name, counts.get(name, "")) for name, title in NAVIGATION
        ]
        if self.org and speaks_for(self.user, self.org):
            mine = Item("我的", reverse("web:own"), self.section == "own")
            found = (
                [mine, *found[1:]] if speaks_only(self.user, self.org.id) else [found[0], mine, *found[1:]]
            )
        if self.desk_url:
            found.insert(BEFORE_CHECK, Item("汇总", self.desk_url, self.section == "desk"))
        return found

    @cached_property
    def desk_url(self) -> str:
        """The desk at which the person reviews what offices send in; nothing for who has none."""
        bureau = desk_home(self.user, self.org.id) if self.org else None
        return reverse("web:desk", args=[bureau, desk_year(bureau, self.year)]) if bureau else ""

    @property
    def cycle_url(self) -> str:
        """The performance year of the org; nothing where no pack of its has one."""
        mine = {pack.id for pack in self.packs}
        has_one = any(one.pack in mine for one in in_force().cycles.values())
        return (
            reverse("web:cycle", args=[self.org.id, self.year]) if has_one and self.org and self.year else ""
        )

    @cached_property
    def _waiting(self) -> str:
        """How much waits for the person in the org."""
        count = queries.waiting(self.user, self.org, most=MOST_SAID + 1) if self.org else 0
        return f"{MOST_SAID}+" if count > MOST_SAID else str(count or "")

    @cached_property
    def role_title(self) -> str:
        if not self.org:
            return ""
        roles = permissions.roles_in(self.user, self.org.id)
        return "、".join(in_force().role(role).title for role in sorted(roles))

    @property
    def notice(self) -> str:
        if self.org is None or not self.org.is_example:
            return ""
        return self.org.notice or "示例数据：记录为演示而编"

    @cached_property
    def packs(self) -> list[Any]:
        if self.org is None:
            return []
        packs = in_force().packs
        return [packs[name] for name in sorted(bound_packs(self.org.id, in_force())) if name in packs]

    @property
    def version(self) -> str:
        try:
            return version("jixiao")
        except PackageNotFoundError:
            return ""


def page(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    return {"frame": frame_of(request)}


def frame_of(request: HttpRequest) -> Frame:
    """One frame per request."""
    frame = getattr(request, "_frame", None)
    if frame is None:
        frame = request._frame = Frame(request)  # type: ignore[attr-defined]
    return frame


def choose_org(request: HttpRequest, org: OrgRow) -> OrgRow:
    """Let the frame of this page, and of the next, stand for the org of what is shown."""
    frame = frame_of(request)
    if org.id in {one.id for one in frame.orgs}:
        frame.__dict__["org"] = org
        request.session[ORG] = org.id
    return org


def kind_in(user: Any, org: OrgRow, kind: str) -> Kind:
    """A kind this person may read in the org. Raises NotFound."""
    for one in queries.kinds_for(user, org, own=True):
        if one.full_id == kind:
            return one
    raise NotFound("本单位没有这类台账，或者您无权查看")
