"""Signing in and out of the workbench of an office, and one's own password."""

from __future__ import annotations

import re
from math import ceil
from typing import Any

from django.http import HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _, ngettext
from planner.web.acting import acting_as, actor
from planner.web.bench import bench
from planner.web.page import page
from planner.web.pages.home import missing
from planner.web.workspace import problems_of


def form(request: Any) -> Any:
    """Show the form to sign in with."""
    if not bench().access.has_accounts:
        return missing(request)
    return _form(request)


def sign_in(request: Any) -> Any:
    """Sign in; who fails often has to wait."""
    access = bench().access
    if not access.has_accounts:
        return missing(request)
    from django.contrib.auth import authenticate, login

    from planner.web.accounts.register import LONGEST, actor_of
    from planner.web.office import OfficeAccess

    assert isinstance(access, OfficeAccess)
    name, password = request.POST.get("username", "").strip().lower()[:150], request.POST.get("password", "")
    address = request.META.get("REMOTE_ADDR", "")
    wait = max(access.by_account.wait(name), access.by_address.wait(address))
    if wait:
        minutes = ceil(wait / 60)
        words = ngettext(
            "Too many failures: try again in {count} minute.",
            "Too many failures: try again in {count} minutes.",
            minutes,
        )
        return _form(request, words.format(count=minutes), 429)
    user = authenticate(request, username=name, password=password) if len(password) <= LONGEST else None
    if user is None:
        access.by_address.failed(address)
        if access.by_account.failed(name) == access.by_account.free:
            bench().archive.write("sign-in blocked", name, who="")
        return _form(request, _("User name or password is wrong."), 403)
    access.by_account.succeeded(name)
    login(request, user)
    with acting_as(actor_of(user)):
        bench().archive.write("signed in")
    return HttpResponseRedirect(_inside(request.POST.get("next", "")))


def sign_out(request: Any) -> Any:
    """Sign out."""
    if bench().access.has_accounts:
        from django.contrib.auth import logout

        logout(request)
    return HttpResponseRedirect("/")


def password(request: Any) -> Any:
    """Show a form for another password."""
    return page(request, "password.html.j2", title=_("Password"), problems=[]) if _signed() else missing(request)


def change_password(request: Any) -> Any:
    """Set another password, and stay signed in with it."""
    if not _signed():
        return missing(request)
    from django.contrib.auth import update_session_auth_hash

    from planner.web.accounts.register import set_password

    try:
        if not request.user.check_password(request.POST.get("old", "")):
            raise InputError(_("The present password is wrong."))
        if request.POST.get("new", "") != request.POST.get("again", ""):
            raise InputError(_("The two new passwords differ."))
        set_password(bench().archive, request.user, request.POST.get("new", ""))
    except InputError as error:
        return page(request, "password.html.j2", status=422, title=_("Password"), problems=problems_of(error))
    update_session_auth_hash(request, request.user)
    return HttpResponseRedirect("/")


def _signed() -> bool:
    return bench().access.has_accounts and actor().signed_in


def _form(request: Any, problem: str = "", status: int = 200) -> Any:
    there = request.POST.get("next", "") or request.GET.get("lanjut", "")
    context = {"problem": problem, "next": _inside(there), "username": request.POST.get("username", "")[:150]}
    return page(request, "sign_in.html.j2", status, title=_("Sign in"), **context)


def _inside(address: str) -> str:
    """Return an address of the workbench, and of no other site."""
    return address if re.fullmatch(r"/(?!/)[^\\\s]*", address) else "/"
