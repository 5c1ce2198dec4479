"""The first page, and what all pages share: style, language, and the page for what is not there."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from planner.locale import LANGUAGES, _
from planner.web.bench import bench
from planner.web.middleware import LANGUAGE_COOKIE
from planner.web.page import page, style


def home(request: Any) -> Any:
    """Show the scenarios of the folder as cards; each fills itself, so that the page is there at once.

    Browsers without script ask for all of them filled (`semua`).
    """
    work, filled = bench().workspace, {}
    if "semua" in request.GET:
        from planner.web.pages.named import card_named

        filled = {file.name: card_named(file.name) for file in work.files()}
    context: dict[str, Any] = {"files": work.files(), "folder": work.folder, "filled": filled}
    return page(request, "home.html.j2", title=_("Scenarios"), **context)


def card(request: Any, name: str) -> Any:
    """Show the inside of a card; nothing where it would be the one that is shown, of a plan that is being made."""
    from planner.web.pages.named import card_named

    found = card_named(name)
    if found.state == "running" and request.GET.get("seperti") == ("menunggu" if found.waits else "disusun"):
        return HttpResponse(status=204)
    return page(request, "card.html.j2", card=found)


def style_sheet(request: Any) -> Any:
    response = HttpResponse(style(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, max-age=86400"  # its address carries the version
    return response


def choose_language(request: Any) -> Any:
    """Speak another language from here on."""
    back = request.POST.get("back", "/")
    inside = re.fullmatch(r"/(?!/)[^\\\r\n]*", back)
    response = HttpResponseRedirect(back if inside else "/")
    if request.POST.get("language") in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, request.POST["language"], max_age=365 * 86400, httponly=True, samesite="Strict"
        )
    return response


def missing(request: Any) -> HttpResponse:
    """Show that there is nothing at this address."""
    return page(request, "missing.html.j2", status=404, title=_("Not found"), sent=())


def homeless(request: Any) -> HttpResponse:
    """Show what was sent for a scenario that is not there any more, so that nothing that was typed is lost."""
    return page(request, "missing.html.j2", status=404, title=_("Not found"), sent=sent_in(request))


def sent_in(request: Any) -> list[tuple[str, str]]:
    """Return what somebody had typed into a form about a scenario or a plan, by the names of its fields."""
    if request.method != "POST" or not request.path.startswith(("/skenario/", "/rencana/", "/baru")):
        return []
    ours = ("csrfmiddlewaretoken", "opened", "was", "di", "dari", "aksi", "then")
    return [(name, text) for name, texts in request.POST.lists() for text in texts if name not in ours and text]


def trouble(request: Any, title: str, problems: list[str], status: int) -> HttpResponse:
    """Show that something cannot be done, and why."""
    return page(request, "forbidden.html.j2", status=status, title=title, problems=problems, sent=sent_in(request))
