"""What if: a scenario with other money, prices, floors or chances, and what that changes; all in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpResponseRedirect
from django.utils.http import urlencode

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import _, language_in_force
from planner.report.wording.formats import Formats
from planner.web.bench import bench
from planner.web.cards import Card
from planner.web.controls import PARTS, changed, chosen, controls
from planner.web.effect import effect, estimated
from planner.web.page import page
from planner.web.pages.named import card_named, place
from planner.web.pages.planning import start
from planner.web.passed import CheckedPlan
from planner.web.plan_run import State
from planner.web.variations import Variation
from planner.web.workspace import problems_of

PATIENCE: Final = 8.0
"""How long a request for news waits for some [s]."""


@dataclass(frozen=True)
class Asked:
    """What a page asks: the values chosen, and the scenario with them."""

    card: Card
    values: Mapping[str, str]
    base: CheckedPlan | None
    """The plan that changes are compared with; None where the scenario as it is has none."""
    scenario: Scenario | None = None
    problems: Sequence[str] = ()

    @property
    def query(self) -> str:
        return str(urlencode(self.values))


def what_if(request: Any, name: str) -> Any:
    """Show the page with everything that can be changed, and the answer to what the address says."""
    asked = _asked(card_named(name), request.GET)
    if asked.base is not None:
        bench().variations.expect(asked.base)
    return _shown(request, asked)


def compute(request: Any, name: str) -> Any:
    """Have the plan of what was chosen made; a part of the page, or the page itself where no script asks."""
    asked = _asked(card_named(name), request.POST)
    found = None
    if asked.base is not None and asked.scenario is not None:
        found = bench().variations.ask(request.POST.get("sheet", ""), asked.base, asked.scenario)
    address = f"{place(name)}bila{'?' if asked.query else ''}{asked.query}"
    if not request.htmx:
        return HttpResponseRedirect(address)
    response = page(request, "effect.html.j2", **_panel(asked, found, _again(request.POST)))
    if request.POST.get("quietly"):
        return response
    response["HX-Push-Url"] = address
    return response


def answer(request: Any, name: str) -> Any:
    """Show the part of the page with the answer, once there is news."""
    asked = _asked(card_named(name), request.GET)
    found = _known(asked)
    version = request.GET.get("version", "")
    if found is not None and version.isdecimal() and len(version) < 16:
        bench().variations.wait(found, int(version), PATIENCE)
    return page(request, "effect.html.j2", **_panel(asked, found, _again(request.GET)))


def save(request: Any, name: str) -> Any:
    """Make the changed scenario a file of its own, and plan it."""
    from planner.web.creating import varied

    work = bench().workspace
    source, asked = work.file(name), _asked(card_named(name), request.POST)
    if asked.card.loaded is None:
        return HttpResponseRedirect(place(name))
    problems = list(asked.problems)
    if not problems:
        scenario = asked.scenario or asked.card.loaded.scenario
        title, file_name = request.POST.get("title", "").strip(), request.POST.get("name", "")
        try:
            file = varied(work, source, file_name, title, scenario, asked.values)
        except InputError as error:
            problems = problems_of(error)
        else:
            found = _known(asked)
            return start(request, file.name, known=None if found is None else found.plan)
    return _shown(request, asked, request.POST, problems)


def _asked(card: Card, given: Mapping[str, str]) -> Asked:
    if card.loaded is None:
        return Asked(card, {}, None)
    scenario = card.loaded.scenario
    base = card.kept if card.kept is not None and card.kept.stored.scenario.sha256 == scenario.sha256 else None
    values = chosen(scenario, given)
    if not values:
        return Asked(card, values, base)
    try:
        return Asked(card, values, base, changed(card.file, scenario, values))
    except InputError as error:
        return Asked(card, values, base, problems=problems_of(error))


def _known(asked: Asked) -> Variation | None:
    if asked.base is None or asked.scenario is None:
        return None
    return bench().variations.known(asked.base, asked.scenario)


def _shown(request: Any, asked: Asked, given: Mapping[str, str] | None = None, problems: Sequence[str] = ()) -> Any:
    from django.utils.crypto import get_random_string

    from planner.web.creating import free_name

    card = asked.card
    if card.loaded is None:
        return HttpResponseRedirect(place(card.file.name))
    given = given or {}
    fresh = {
        "name": free_name(bench().workspace, card.file),
        "title": _("{title}, what if").format(title=card.title),
        "sheet": get_random_string(12),
    }
    found = controls(card.loaded.scenario)
    parts = [(part, _(title), [each for each in found if each.part == part]) for part, title in PARTS.items()]
    context = {
        "card": card,
        "title": card.title,
        "parts_of_page": parts,
        "given": {key: given.get(key, fresh[key]) for key in fresh},
        "save_problems": problems,
        **_panel(asked, _known(asked)),
    }
    return page(request, "what_if.html.j2", status=422 if problems else 200, **context)


def _again(given: Mapping[str, str]) -> int:
    """Return how often a page has asked again for what was given up: its requests may have overtaken one another."""
    return int(text) if (text := given.get("again", "")) in ("1", "2", "3") else 0


def _panel(asked: Asked, found: Variation | None, again: int = 0) -> dict[str, Any]:
    """Return what the part of the page with the answer shows."""
    found = None if found is None else replace(found)  # as it is now: its plan may come while the page is made
    shown, guess, formats = None, None, Formats(language_in_force())
    if found is not None and found.estimate is not None:
        guess = estimated(found.base.plan, found.estimate, formats)
    if found is not None and found.state is State.DONE and found.plan is not None:
        base = found.base
        shown = effect((base.stored.scenario, base.plan), (found.scenario, found.plan), _("This change"), formats)
    return {
        "name": asked.card.file.name,
        "again": again,
        "values": asked.values,
        "query": asked.query,
        "base": asked.base,
        "problems": asked.problems,
        "variation": found,
        "effect": shown,
        "estimate": guess,
    }
