"""The map of coverage, and the reason in words of whatever it shows. Of many parts, a page shows some."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponseRedirect

from planner.locale import _
from planner.report.material import Material
from planner.report.views.coverage_map import step_words
from planner.web.coverage_tiles import WAYS, By, groups_in, label_of, tiles, tiles_of, ways
from planner.web.page import page, titled
from planner.web.page_numbers import page_of
from planner.web.pages.named import card_named, place
from planner.web.reasons import Reason, leads, of_fund, of_gap, of_programme
from planner.web.sections import comes_later, figures, worked_out
from planner.web.workspace import Unknown

MOST_TILES: Final = 120
"""Tiles on one page of the map."""
MOST_GROUPS: Final = 24
"""Groups with a tile for each of their gaps on one page of a part."""
LEADS: Final = "leads"
"""What may be asked about, with why each fund keeps money: what takes long of the reasons of a large plan."""


def coverage(request: Any, name: str) -> Any:
    """Show the map of a plan; with a part named, the groups in it and their gaps."""
    card = card_named(name)
    if card.kept is None:
        return HttpResponseRedirect(place(name))
    material = figures(card.kept, card.warnings)
    known = ways(material)
    by: By = next((each for each in known if each == request.GET.get("menurut")), known[0])
    title = titled(_("Map and reasons"), card.title)
    context: dict[str, Any] = {"card": card, "title": title, "by": by, "legend": step_words()}
    key, asked = request.GET.get("bagian"), request.GET.get("hal", "")
    if key is None:
        divided = [(each, _(WAYS[each])) for each in known]
        found = worked_out(card.kept, card.warnings, f"tiles {by}", lambda data: tiles(data, by))
        context |= {"ways": divided, "part": None, "shown": page_of(found, asked, MOST_TILES)}
        return page(request, "map.html.j2", **context)
    groups = groups_in(material, by, key)
    if not groups:
        raise Unknown(key)
    shown = page_of(groups, asked, MOST_GROUPS)
    context |= {"key": key, "part": label_of(material, by, key), "shown": shown}
    return page(request, "map.html.j2", groups=[tiles_of(material, group) for group in shown.rows], **context)


def why(request: Any, name: str) -> Any:
    """Show one reason; without anything named, what may be asked about.

    Of a large plan the page comes before what takes long to find, which follows.
    """
    card = card_named(name)
    if card.kept is None:
        return HttpResponseRedirect(place(name))
    material = figures(card.kept, card.warnings)
    of_money = "dana" in request.GET or not {"kelompok", "program"} & request.GET.keys()
    if of_money and "lengkap" not in request.GET and comes_later(card.kept, card.warnings, LEADS):
        given = request.GET.copy()
        given["lengkap"] = "1"
        address = f"{place(name)}mengapa?{given.urlencode()}"
        return page(request, "why.html.j2", title=titled(_("Why?"), card.title), card=card, reason=None, later=address)
    shown = worked_out(card.kept, card.warnings, LEADS, leads) if of_money else ((), (), ())
    found = _reason(material, request.GET)
    title = titled(found.title if found else _("Why?"), card.title)
    context: dict[str, Any] = {"card": card, "title": title, "reason": found, "later": ""}
    context["idle"], context["partners"], context["own"] = shown
    current = card.loaded is not None and card.kept.stored.scenario.sha256 == card.loaded.scenario.sha256
    return page(request, "why.html.j2", current=current, **context)


def _reason(material: Material, given: Any) -> Reason | None:
    """Return the reason of what an address names; Unknown where the scenario has no such thing."""
    scenario = material.scenario
    try:
        if "kelompok" in given:
            competency = scenario.competency[given.get("kompetensi", "")]
            return of_gap(material, scenario.group[given["kelompok"]], competency.id)
        if "program" in given:
            return of_programme(material, scenario.programme[given["program"]])
        if "dana" in given:
            return of_fund(material, scenario.fund[given["dana"]])
    except KeyError as error:
        raise Unknown(str(error)) from None
    return None
