"""What every request passes: the checks of access, the language, and headers that keep pages to themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote, unquote, urlencode

from django.http import HttpResponse, HttpResponseRedirect
from markupsafe import Markup, escape

from planner.errors import wants_memory
from planner.locale import DEFAULT_LANGUAGE, LANGUAGES, _
from planner.web.access import ENTRY
from planner.web.acting import Actor, acting_as, actor
from planner.web.bench import bench
from planner.web.page import OWN_POLICY, page, style
from planner.web.page_words import speaking_on_pages

Answer = Callable[[Any], Any]

LANGUAGE_COOKIE: Final = "planner-language"
NAME_COOKIE: Final = "planner-name"
"""The name that a user without an account has typed."""
OPEN: Final = frozenset({ENTRY, "/keluar", "/style.css", "/bahasa"})
"""Addresses of an office's workbench that anybody may open; files of the program are served before."""
STRANGER: Final = Actor(rights=frozenset())
"""Who has not signed in, where that is needed."""


def guard(answer: Answer) -> Answer:
    """Refuse requests that do not come from this workbench's own pages, and hand out the cookie for a fresh link."""

    def guarded(request: Any) -> Any:
        access = bench().access
        refusal = access.refusal(request)
        if refusal is not None:
            return HttpResponse(refusal, status=403, content_type="text/plain; charset=utf-8")
        if access.has_accounts:
            return answer(request)
        if request.path == ENTRY:
            return _entered(request)
        if not access.knows(request):
            if _waits_for_news(request):
                return _news_ended(_("The workbench is locked"))
            return _locked(request, _("The workbench is locked"))
        return answer(request)

    return guarded


def _entered(request: Any) -> Any:
    access = bench().access
    if request.method != "GET":
        return HttpResponse(status=405)
    key = access.enter(request.GET.get("token", ""))
    if key is None and not access.knows(request):
        return _locked(request, _("This link has been used"))
    response = HttpResponseRedirect("/")
    if key is not None:
        response.set_cookie(access.cookie, key, httponly=True, samesite="Strict")
    return response


def _locked(request: Any, title: str) -> Any:
    """Return the page for a browser without access: how to get in, and what it had typed if the server was restarted
    meanwhile.

    It contains its style sheet, because no other address answers such a browser.
    """
    from planner.web.pages.home import sent_in

    sheet = Markup(style())
    response = page(request, "locked.html.j2", status=403, title=title, style=sheet, sent=sent_in(request))
    response["Content-Security-Policy"] = OWN_POLICY
    return response


def user(answer: Answer) -> Answer:
    """Act as who has said who they are; without accounts that is a name that was typed."""

    def as_user(request: Any) -> Any:
        with acting_as(Actor(_clean(unquote(request.COOKIES.get(NAME_COOKIE, ""))))):
            return answer(request)

    return as_user


def account(answer: Answer) -> Answer:
    """Act as the account that has signed in; who has not is asked to."""

    def as_account(request: Any) -> Any:
        if request.user.is_authenticated:
            from planner.web.accounts.register import actor_of

            with acting_as(actor_of(request.user)):
                return answer(request)
        with acting_as(STRANGER):
            if request.path in OPEN:
                return answer(request)
            if _waits_for_news(request):
                return _news_ended(_("You are no longer signed in. Sign in again to see how it goes on."))
            if request.method in ("GET", "HEAD"):
                asked = {"lanjut": request.get_full_path()} if request.path != "/" else {}
                return HttpResponseRedirect(f"{ENTRY}?{urlencode(asked)}" if asked else ENTRY)
            from planner.web.pages.home import trouble

            return trouble(request, _("Not signed in"), [_("Sign in first.")], 403)

    return as_account


def _waits_for_news(request: Any) -> bool:
    """Return whether a page that is open asks for server-sent events, and not somebody for a page."""
    return "text/event-stream" in request.headers.get("Accept", "")


def _news_ended(sentence: str) -> Any:
    """Return news that say why there are no more and end, for a tab left open while the server was started anew.

    A page in their place would be asked for again every few seconds: a browser knows only an end that is told.
    """
    from planner.web.pages.planning import event

    said = f'<p class="fault">{escape(sentence)}</p>'
    news = event("run", said) + event("asked", said) + event("over", "")
    return HttpResponse(news, content_type="text/event-stream")


def typed_name(request: Any) -> Actor:
    """Return who sends a form: the account that has signed in, else the name in the form, else the one typed before."""
    known = actor()
    typed = _clean(request.POST.get("who", ""))
    return known if known.signed_in or not typed else replace(known, name=typed)


def remember_name(response: Any, request: Any, user: Actor) -> Any:
    """Let the browser remember a name that was typed."""
    if not user.signed_in and user.name and user != actor():
        response.set_cookie(NAME_COOKIE, quote(user.name), max_age=365 * 86400, httponly=True, samesite="Strict")
    return response


def _clean(name: str) -> str:
    """Return a name without control characters, of at most 80 characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())[:80]


def language(answer: Answer) -> Answer:
    """Speak the language that the user has chosen."""

    def spoken(request: Any) -> Any:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, bench().language)
        with speaking_on_pages(chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE):
            return answer(request)

    return spoken


def memory(answer: Answer) -> Answer:
    """Say so in a sentence where a page cannot be made for want of memory: a page that says it would want some too."""

    def within_memory(request: Any) -> Any:
        return answer(request)

    def said(request: Any, error: Exception) -> Any:
        if not wants_memory(error):
            return None
        sentence = _("There is not enough memory for this scenario. Close other programs or make it smaller.")
        return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8")

    within_memory.process_exception = said  # type: ignore[attr-defined]  # where Django looks for it
    return within_memory


def headers(answer: Answer) -> Answer:
    """Set headers that forbid browsers to store an answer or show it in a frame. Documents set their own content
    policy; pages have that of the settings."""

    def with_headers(request: Any) -> Any:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return with_headers
