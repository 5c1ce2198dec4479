"""The register of accounts: made, given roles, closed. Every change is a line of the journal, or there is no change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from planner.errors import InputError
from planner.locale import _
from planner.web.accounts.models import Right
from planner.web.acting import ALL, ROLES, Actor
from planner.web.archive import Archive

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SHORTEST: Final = 12
"""Fewest characters of a password."""
LONGEST: Final = 256
"""Most characters of a password, so that nobody keeps the server busy with a long one."""


def accounts() -> Any:
    """Return all accounts by name, with their rights."""
    return get_user_model().objects.order_by("username").prefetch_related("planner_rights")


def account(name: str) -> Any:
    """Return an account by its name; None where there is none."""
    return get_user_model().objects.filter(username=name).first()


def actor_of(user: Any) -> Actor:
    """Return an account as one who acts."""
    full = user.get_full_name()
    name = f"{full} ({user.username})" if full else user.username
    return Actor(name, True, frozenset(Right.objects.filter(user=user).values_list("role", "agency")))


def make(archive: Archive, name: str, full_name: str, password: str, rights: Iterable[tuple[str, str]]) -> Any:
    """Make an account. Raises InputError."""
    name, full_name = name.strip().lower(), " ".join(full_name.split())[:80]
    if not _NAME.fullmatch(name):
        words = _("Give a user name of 2 to 40 small letters, digits, dots and hyphens, such as budi.santoso.")
        raise InputError(words)
    if account(name) is not None:
        raise InputError(_("There is an account '{name}' already.").format(name=name))
    given = list(rights)
    _ensure_rights(given)
    ensure_password(password, name)
    with transaction.atomic():
        made = get_user_model().objects.create_user(name, password=password, first_name=full_name)
        archive.write("account made", name, full_name)
        for role, agency in given:
            give(archive, made, role, agency)
    return made


def give(archive: Archive, user: Any, role: str, agency: str) -> None:
    """Give an account a role, for an agency or for all. Raises InputError."""
    _ensure_rights([(role, agency)])
    with transaction.atomic():
        _right, new = Right.objects.get_or_create(user=user, role=role, agency=agency.strip())
        if new:
            archive.write("role given", user.username, role=role, agency=agency.strip())


def take(archive: Archive, right: Right) -> None:
    """Take a role from an account. Raises InputError where nobody could administer accounts afterwards."""
    if right.role == "administrator":
        _ensure_another_administrator(right.user)
    with transaction.atomic():
        right.delete()
        archive.write("role taken", right.user.username, role=right.role, agency=right.agency)


def set_open(archive: Archive, user: Any, is_open: bool) -> None:
    """Close an account, so that it can sign in no more, or open it again. Raises InputError."""
    if not is_open:
        _ensure_another_administrator(user)
    user.is_active = is_open
    with transaction.atomic():
        user.save(update_fields=["is_active"])
        archive.write("account opened" if is_open else "account closed", user.username)


def set_password(archive: Archive, user: Any, password: str) -> None:
    """Set the password; who is signed in with the old one is signed out. Raises InputError."""
    ensure_password(password, user.username)
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        archive.write("password set", user.username)


def ensure_password(password: str, name: str) -> None:
    """Raise InputError unless a password is long and neither well known nor the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(_("A password has at least {count} characters.").format(count=SHORTEST))
    if name in password.lower() or len(set(password)) < 5:
        raise InputError(_("This password is too easy to guess."))
    try:
        _well_known().validate(password)
    except ValidationError:
        raise InputError(_("This password is too easy to guess.")) from None


@cache
def _well_known() -> Any:
    """Return the check that refuses passwords that many use; its list is read once."""
    return CommonPasswordValidator()


def has_administrator() -> bool:
    """Return whether anybody can administer accounts."""
    return bool(_administrators().exists())


def _administrators() -> Any:
    return Right.objects.filter(role="administrator", agency=ALL, user__is_active=True)


def _ensure_another_administrator(user: Any) -> None:
    of_user = _administrators().filter(user=user).exists()
    if of_user and not _administrators().exclude(user=user).exists():
        raise InputError(_("Nobody could administer accounts then: make another administrator first."))


def _ensure_rights(rights: Iterable[tuple[str, str]]) -> None:
    for role, agency in rights:
        if role not in ROLES:
            raise InputError(_("There is no role '{role}'.").format(role=role))
        if role == "administrator" and agency.strip():
            raise InputError(_("An administrator is one for all agencies."))
        if len(agency) > 200:
            raise InputError(_("The name of the agency is too long."))


def plain_accounts() -> list[dict[str, Any]]:
    """Return all accounts as plain data, passwords as the hashes that are kept of them."""
    return [
        {
            "name": user.username,
            "full_name": user.first_name,
            "password": user.password,
            "open": user.is_active,
            "rights": [[right.role, right.agency] for right in user.planner_rights.order_by("role", "agency")],
        }
        for user in accounts()
    ]


def restore_accounts(plain: Iterable[dict[str, Any]]) -> None:
    """Make accounts anew from plain data; those of the same name are replaced."""
    with transaction.atomic():
        for told in plain:
            get_user_model().objects.filter(username=told["name"]).delete()
            user = get_user_model()(username=told["name"], first_name=told["full_name"], is_active=told["open"])
            user.password = told["password"]
            user.save()
            Right.objects.bulk_create(Right(user=user, role=role, agency=agency) for role, agency in told["rights"])
