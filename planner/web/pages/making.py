"""New scenario files: from a file, as a copy, or with other amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _, language_in_force
from planner.report.wording.formats import Formats
from planner.web.bench import bench
from planner.web.page import page
from planner.web.pages.named import card_named, place, text_file
from planner.web.pages.planning import start
from planner.web.workspace import LARGEST, problems_of


def new(request: Any) -> Any:
    """A form for a new scenario file."""
    return page(request, "new.html.j2", title=_("New scenario"), files=bench().workspace.files(), problems=[], name="")


def create(request: Any) -> Any:
    """Make a new scenario file from a file that was sent, or as a copy of another."""
    from planner.web.creating import created

    work = bench().workspace
    name, sent = request.POST.get("name", ""), request.FILES.get("file")
    try:
        content = sent.read(LARGEST + 1) if sent is not None else None
        file = created(work, name, request.POST.get("source", ""), content)
    except InputError as error:
        context = {"files": work.files(), "problems": problems_of(error), "name": name, "title": _("New scenario")}
        return page(request, "new.html.j2", status=422, **context)
    return HttpResponseRedirect(f"{place(file.name)}{'ubah' if file.is_text else ''}")


def what_if(request: Any, name: str) -> Any:
    """A form for the same scenario with other amounts of its funds."""
    return _variation(request, name, {})


def vary(request: Any, name: str) -> Any:
    """Make and plan the scenario with other amounts."""
    from planner.web.creating import varied

    work = bench().workspace
    source = work.file(name)
    try:
        given = {fund.id: request.POST.get(f"amount-{fund.id}", "").strip() for fund in source.load().scenario.funds}
        amounts = {fund: amount for fund, amount in given.items() if amount}
        file = varied(work, source, request.POST.get("name", ""), request.POST.get("title", "").strip(), amounts)
    except InputError as error:
        return _variation(request, name, request.POST, problems_of(error))
    return start(request, file.name)


def _variation(request: Any, name: str, given: Any, problems: Sequence[str] = ()) -> Any:
    from planner.web.creating import free_name

    work, found = bench().workspace, card_named(name)
    source = text_file(name)
    if found.loaded is None:
        return HttpResponseRedirect(place(name))
    fresh = {"name": free_name(work, source), "title": _("{title}, what if").format(title=found.title)}
    written = Formats(language_in_force()).rupiah
    funds = [
        (fund.id, fund.name, written(fund.amount), given.get(f"amount-{fund.id}", ""))
        for fund in found.loaded.scenario.funds
        if not fund.amounts
    ]
    context = {"funds": funds, "problems": problems, "given": {key: given.get(key, fresh[key]) for key in fresh}}
    return page(request, "what_if.html.j2", status=422 if problems else 200, card=found, title=found.title, **context)
