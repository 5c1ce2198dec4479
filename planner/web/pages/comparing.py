"""Plans beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from planner.locale import _
from planner.web import sections
from planner.web.page import OWN_POLICY, page
from planner.web.pages.named import card_named


def compare(request: Any) -> Any:
    """The stored plans of several scenarios beside each other."""
    names = list(dict.fromkeys(request.GET.getlist("dengan")))[: sections.MOST_COMPARED]
    cards = [card_named(name) for name in names]
    planned = [each.kept for each in cards if each.kept is not None]
    if len(planned) < 2:
        return page(request, "compare.html.j2", title=_("Compare"), cards=cards, most=sections.MOST_COMPARED)
    response = HttpResponse(sections.comparison(planned))
    response["Content-Security-Policy"] = OWN_POLICY
    return response
