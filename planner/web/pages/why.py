"""The map of coverage, and the reason in words of whatever it shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseRedirect

from planner.locale import _
from planner.report.material import Material
from planner.report.views.coverage_map import step_words
from planner.web.coverage_tiles import WAYS, By, groups_of, label_of, tiles, ways
from planner.web.page import page, titled
from planner.web.pages.named import card_named, place
from planner.web.reasons import Reason, leads, of_fund, of_gap, of_programme
from planner.web.sections import figures
from planner.web.workspace import Unknown


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
    key = request.GET.get("bagian")
    if key is None:
        divided = [(each, _(WAYS[each])) for each in known]
        return page(request, "map.html.j2", ways=divided, tiles=tiles(material, by), part=None, **context)
    found = list(groups_of(material, by, key))
    if not found:
        raise Unknown(key)
    return page(request, "map.html.j2", ways=[], part=label_of(material, by, key), groups=found, **context)


def why(request: Any, name: str) -> Any:
    """Show one reason; without anything named, what may be asked about."""
    card = card_named(name)
    if card.kept is None:
        return HttpResponseRedirect(place(name))
    material = figures(card.kept, card.warnings)
    found = _reason(material, request.GET)
    title = titled(found.title if found else _("Why?"), card.title)
    context: dict[str, Any] = {"card": card, "title": title, "reason": found}
    if found is None:
        context["idle"], context["partners"], context["own"] = leads(material)
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
