"""Accounts, for administrators: made, given roles, closed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseRedirect

from planner.errors import InputError, PlannerError
from planner.locale import _
from planner.web.acting import ROLES
from planner.web.bench import bench
from planner.web.page import page
from planner.web.pages.home import missing
from planner.web.role_names import ROLE_NAMES
from planner.web.workspace import problems_of


def accounts(request: Any) -> Any:
    """Show all accounts with their roles."""
    return _page(request) if bench().access.has_accounts else missing(request)


def make(request: Any) -> Any:
    """Make an account."""
    if not bench().access.has_accounts:
        return missing(request)
    from planner.web.accounts import register

    name, full, password, role, agency = (
        request.POST.get(key, "") for key in ("name", "full_name", "password", "role", "agency")
    )
    try:
        register.make(bench().archive, name, full, password, [(role, agency)])
    except InputError as error:
        return _page(request, problems_of(error))
    return HttpResponseRedirect("/akun")


def change(request: Any, account: str) -> Any:
    """Give or take a role, close or open an account, set a password."""
    if not bench().access.has_accounts:
        return missing(request)
    from planner.web.accounts import register

    found = register.account(account)
    if found is None:
        return missing(request)
    archive, asked = bench().archive, request.POST.get("do", "")
    try:
        if asked == "give":
            register.give(archive, found, request.POST.get("role", ""), request.POST.get("agency", ""))
        elif asked == "take":
            right = request.POST.get("right", "")
            held = found.planner_rights.filter(pk=int(right)).first() if right.isdecimal() and len(right) < 16 else None
            if held is not None:
                register.take(archive, held)
        elif asked in ("close", "open"):
            register.set_open(archive, found, asked == "open")
        elif asked == "password":
            register.set_password(archive, found, request.POST.get("password", ""))
    except InputError as error:
        return _page(request, problems_of(error))
    return HttpResponseRedirect("/akun")


def _page(request: Any, problems: list[str] | None = None) -> Any:
    from planner.web.accounts import register

    context: dict[str, Any] = {
        "register": register.accounts(),
        "roles": {role: _(ROLE_NAMES[role]) for role in ROLES},
        "agencies": _agencies(),
        "problems": problems or [],
        "given": {key: request.POST.get(key, "") if problems else "" for key in ("name", "full_name", "agency")},
        "shortest": register.SHORTEST,
    }
    return page(request, "accounts.html.j2", status=422 if problems else 200, title=_("Accounts"), **context)


def _agencies() -> list[str]:
    """Return the agencies that the scenarios name."""
    found = set()
    for file in bench().workspace.files():
        try:
            found.add(file.load().scenario.scenario.agency or "")
        except PlannerError:
            continue
    return sorted(found - {""})
