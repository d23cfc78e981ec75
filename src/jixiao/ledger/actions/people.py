"""Give a person an account, and a role in an org for a time.

What a manager may give, touch and end is said by `jixiao.ledger.appointing`. A password made here is told to the caller
once and kept nowhere.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jixiao.catalogue.registers import RoleSpec
from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import appointing, clock, memberships, permissions, succession
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Membership, Org, Record, User
from jixiao.ledger.rules import catalogue as rules

WEAK = {  # the framework does not say all of these in Chinese
    "password_too_short": "密码太短：至少 10 位",
    "password_too_similar": "密码与用户名或姓名太像，请换一个",
    "password_too_common": "密码太常见，容易猜中，请换一个",
    "password_entirely_numeric": "密码不能只有数字，请加上字母或汉字",
}
PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read from paper


@transaction.atomic
def create(
    *,
    by: permissions.Actor,
    org: Org | str,
    username: str,
    display_name: str,
    password: str,
    is_demonstration: bool = False,
    is_own: bool = False,
) -> User:
    """Make an account; the org is the one whose manager makes it. Raises FieldErrors, NotAllowed, NotFound.

    Unless the person chose it (`is_own`), the password has to be changed before the first page. Only the published one of
    a demonstration account may be weak, and stays as printed.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    username = username.strip()
    errors = opening.overlong(User, username=username, display_name=display_name)
    if not username:
        errors["username"] = "请填写用户名"
    elif not re.fullmatch(r"[\w.@+-]+", username):
        errors["username"] = f"用户名“{username}”应由汉字、字母、数字和 . @ + - _ 组成，中间没有空格"
    elif User.objects.filter(username=username).exists():
        errors["username"] = f"用户名“{username}”已经有人使用；请换一个"
    if not display_name.strip():
        errors["display_name"] = "请填写姓名"
    user = User(username=username, display_name=display_name.strip())
    user.password_given = not (is_own or is_demonstration)
    if not is_demonstration:
        errors |= _weak(password, user)
    if errors:
        raise FieldErrors(errors)
    user.set_password(password)
    user.save(force_insert=True)
    memberships.tell_account(user, {}, by=by)
    return user


@transaction.atomic
def add(
    *,
    by: permissions.Actor,
    org: Org | str,
    username: str,
    display_name: str,
    role: str,
    from_on: date | None = None,
) -> tuple[Membership, str]:
    """An account with its first role, and the password made for it. Raises as `create` and `join` do."""
    password = _new_password()
    user = create(by=by, org=org, username=username, display_name=display_name, password=password)
    return join(by=by, user=user, org=org, role=role, from_on=from_on), password


def renew_password(*, by: permissions.Actor, user: User) -> str:
    """Make the person a new password and tell it. Raises as `set_password`, BadInput for one's own account."""
    if by == user:
        raise BadInput("自己的密码请在右上角“改密码”里改；忘了的，请由另一位管理员重设")
    password = _new_password()
    set_password(by=by, user=user, password=password)
    return password


def _new_password() -> str:
    return "-".join("".join(secrets.choice(PLAIN_SIGNS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def set_password(*, by: permissions.Actor, user: User, password: str, is_own: bool = False) -> User:
    """Give the person a new password; whoever is signed in under the old one is signed out, a lock-out ends. Unless the
    person chose it (`is_own`), it has to be changed before the next page.

    Raises FieldErrors for a weak one, NotAllowed.
    """
    if reason := appointing.against_new_password(by, user):
        raise NotAllowed(reason)
    if errors := _weak(password, user):
        raise FieldErrors(errors)
    before = memberships.account_facts(user)
    user.set_password(password)
    user.password_given = not is_own
    user.save(update_fields=["password", "password_given"])
    memberships.tell_account(user, before, by=by)
    unlock(by=by, user=user)
    return user


def unlock(*, by: permissions.Actor, user: User) -> int:
    """Forget the wrong passwords given for this name: it may try again. Returns how many there were."""
    from axes.utils import reset

    _require_over(by, user)
    return int(reset(username=user.username))


@transaction.atomic
def set_active(*, by: permissions.Actor, user: User, active: bool) -> User:
    """Let the person sign in, or no longer; what the person has done stays.

    Raises NotAllowed, BadInput.
    """
    _require_over(by, user)
    if not active:
        appointing.check_can_switch_off(by, user)
    before = memberships.account_facts(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    memberships.tell_account(user, before, by=by)
    return user


def _require_over(by: permissions.Actor, user: User) -> None:
    if reason := appointing.against_touching(by, user):
        raise NotAllowed(reason)


@transaction.atomic
def change_password(*, by: User, old: str, password: str, again: str) -> User:
    """Let a person change the own password. Raises FieldErrors: the old one is wrong, the new one weak, the same as the
    old one, or told twice differently. Whoever is signed in under the old one elsewhere is signed out.
    """
    errors = {} if by.check_password(old) else {"old": "现在的密码不对，请核对大小写；忘了请管理员重设"}
    if password and password == old:
        errors["password"] = "和现在的密码一样，请换一个"
    errors |= _weak(password, by) if password else {"password": "请填写新密码"}
    if again != password:
        errors["again"] = "两次填写的新密码不一样，请再填一次"
    if errors:
        raise FieldErrors(errors)
    before = memberships.account_facts(by)
    by.set_password(password)
    by.password_given = False
    by.save(update_fields=["password", "password_given"])
    memberships.tell_account(by, before, by=by)
    return by


def _weak(password: str, user: User) -> dict[str, str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {
            "password": "；".join(WEAK.get(one.code, "；".join(one.messages)) for one in error.error_list)
        }
    return {}


@transaction.atomic
def join(
    *,
    by: permissions.Actor,
    user: User,
    org: Org | str,
    role: str,
    from_on: date | None = None,
    to_on: date | None = None,
    subject: Record | str | None = None,
) -> Membership:
    """Give a person a pack role in an org, from today unless said otherwise; `subject` as for `speak_for`.

    Raises NotFound, NotAllowed, FieldErrors.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "manage", org=place.pk)
    spec = rules().role(role)
    appointing.require_role(by, place, spec)
    appointing.require_person(by, user)
    begin = from_on or clock.today()
    if to_on and to_on < begin:
        raise FieldErrors({"to_on": f"结束日期 {to_on} 早于开始日期 {begin}"})
    _check_not_held(user, place, spec, begin, to_on)
    membership = memberships.give(by=by, user=user, org=place, role=spec.full_id, from_on=begin, to_on=to_on)
    return membership if subject is None else speak_for(by=by, membership=membership, subject=subject)


def _check_not_held(user: User, org: Org, role: RoleSpec, begin: date, end: date | None) -> None:
    """Raises FieldErrors where another term in the same role overlaps; giving the same term again changes nothing."""
    held = user.memberships.filter(org=org, role=role.full_id).exclude(from_on=begin)
    held = held.exclude(to_on__lt=begin)
    if one := (held.filter(from_on__lte=end) if end else held).first():
        until = f"到 {one.to_on} 止" if one.to_on else "没有结束"
        told = f"{user.display_name}从 {one.from_on} 起已是{role.title}，{until}"
        raise FieldErrors({"role": f"{told}；请选别的角色，或让开始日期在它结束之后"})


@transaction.atomic
def speak_for(*, by: permissions.Actor, membership: Membership, subject: Record | str | None) -> Membership:
    """Say for which record of a register the person speaks in this role (None: for nobody yet).

    Only an account of the subject answers in its name. Raises NotAllowed, FieldErrors.
    """
    permissions.require(by, "manage", org=membership.org_id)
    role = rules().role(membership.role)
    if subject is None:
        found = None
    elif role.speaks_for is None:
        raise FieldErrors({"subject": f"“{role.title}”不代表名册中的某一位，不用设置"})
    else:
        found = _subject(membership, role.speaks_for, subject)
    memberships.set_subject(membership, found, by=by)
    return membership


def _subject(membership: Membership, register: str, subject: Record | str) -> Record:
    pk = subject.pk if isinstance(subject, Record) else str(subject)
    title, orgs = rules().kind(register).title, succession.lineage(membership.org_id)
    there = Record.objects.filter(kind=register, org__in=orgs, voided=False)
    found = there.filter(pk=pk).first() or there.filter(label=pk).first()
    if found is None:
        raise FieldErrors({"subject": f"本单位的{title}里没有“{pk}”；请先登记，或从列出的里面选"})
    today = clock.today()
    others = Membership.objects.filter(role=membership.role, subject=found).exclude(user=membership.user_id)
    if other := others.exclude(to_on__lt=today).select_related("user").first():
        raise FieldErrors(
            {"subject": f"{found.label}已由账号“{other.user.username}”代表；请先结束那个角色，或选另一位"}
        )
    return found


@transaction.atomic
def leave(*, by: permissions.Actor, membership: Membership, on: date | None = None) -> Membership:
    """End a membership on its last day (default: yesterday, so that it no longer holds; never before its first).

    Raises NotAllowed, FieldErrors, BadInput for the last that manages the org.
    """
    permissions.require(by, "manage", org=membership.org_id)
    if on and on < membership.from_on:
        raise FieldErrors({"on": f"最后一天 {on} 早于任职的第一天 {membership.from_on}"})
    if on and membership.to_on and on > membership.to_on:
        raise FieldErrors({"on": f"这个角色到 {membership.to_on} 就止了；要接着任职，请另给一次角色"})
    end = on or date.fromordinal(clock.today().toordinal() - 1)
    appointing.check_can_end(by, membership, end)
    memberships.end(membership, max(end, membership.from_on), by=by)
    return membership
