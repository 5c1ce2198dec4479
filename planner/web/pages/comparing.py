"""Plans beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from planner.locale import _
from planner.web import sections
from planner.web.bench import bench
from planner.web.cards import Card
from planner.web.page import OWN_POLICY, page
from planner.web.pages.named import card_named
from planner.web.passed import CheckedPlan


def compare(request: Any) -> Any:
    """Show the stored plans of several scenarios beside each other."""
    cards = _chosen(request)
    planned = _plans(cards)
    context: dict[str, Any]
    if len(planned) < 2:
        every = [card_named(file.name) for file in bench().workspace.files()]
        context = {
            "cards": cards,
            "planned": [card for card in every if card.kept is not None],
            "chosen": [card.file.name for card in cards],
            "most": sections.MOST_COMPARED,
        }
        return page(request, "compare.html.j2", title=_("Compare"), **context)
    context = {
        "comparison": sections.beside(planned),
        "cards": [card for card in cards if card.kept is not None],
        "left_out": [card.title for card in cards if card.kept is None],
        "printed": f"/banding/cetak?{request.GET.urlencode()}",
    }
    return page(request, "beside.html.j2", title=_("Compare"), **context)


def printed(request: Any) -> Any:
    """Show the same comparison as a document of its own, to be printed or attached."""
    planned = _plans(_chosen(request))
    if len(planned) < 2:
        return HttpResponseRedirect(f"/banding?{request.GET.urlencode()}")
    response = HttpResponse(sections.comparison(planned))
    response["Content-Security-Policy"] = OWN_POLICY
    return response


def _chosen(request: Any) -> list[Card]:
    names = list(dict.fromkeys(request.GET.getlist("dengan")))[: sections.MOST_COMPARED]
    return [card_named(name) for name in names]


def _plans(cards: list[Card]) -> list[CheckedPlan]:
    return [card.kept for card in cards if card.kept is not None]
