"""Pages of the workbench: its own templates, which may include those of the report for its sections."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from planner.locale import language_in_force
from planner.report.page import TEMPLATES as OF_REPORT
from planner.report.page import environment as environment_of_report
from planner.report.page import frame, render
from planner.version import VERSION
from planner.web.acting import actor
from planner.web.bench import bench

TEMPLATES: Final = Path(__file__).parent / "templates"
STYLES: Final = (
    "workbench.css",
    "making.css",
    "review.css",
    "varying.css",
    "asking.css",
    "forms.css",
    "map.css",
    "people.css",
)
"""Style sheets of pages, in their order after the report's own."""
OWN_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'none'"
)
"""Policy of documents that carry their style in themselves."""


@cache
def environment() -> Environment:
    """Return the report's environment with the templates of both rooms: everything is escaped, nothing undefined
    passes."""
    return environment_of_report().overlay(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(OF_REPORT)])
    )


def rendered(request: Any, template: str, **context: Any) -> str:
    """Return a page or a part of one, with the form token of the request."""
    from django.middleware.csrf import get_token

    given = {
        "language": language_in_force(),
        "version": VERSION,
        "form_token": get_token(request),
        "path": request.path,
        "back_to": _back_to(request),
        "me": actor(),
        "accounts": bench().access.has_accounts,
    }
    return environment().get_template(template).render(**given, **context)


def _back_to(request: Any) -> str:
    """Return the address of the page that is seen, to come back to: that of the form where one has been sent."""
    if request.method in ("GET", "HEAD"):
        return str(request.get_full_path())
    before = urlsplit(request.headers.get("Referer", ""))
    return f"{before.path or '/'}{'?' if before.query else ''}{before.query}"


def page(request: Any, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page as an answer."""
    return HttpResponse(rendered(request, template, **context), status=status)


def titled(part: str, whole: str) -> str:
    """Return the title of a page that shows a part of something, for the tab of a browser."""
    return f"{part} · {whole}"


@cache
def style() -> str:
    """Return the style sheet of pages: typeface, colours and sections of the report, and then what the workbench
    adds."""
    of_report = render("style.css.j2", frame=frame("", ""))
    return of_report + "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
