"""New scenario files: from a file, as a copy, or with other amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _, language_in_force
from planner.report.wording.formats import Formats
from planner.web.bench import bench
from planner.web.page import page
from planner.web.pages.named import card_named, place, text_file
from planner.web.pages.planning import start
from planner.web.sections import SHEET
from planner.web.workspace import LARGEST, problems_of, told


def new(request: Any) -> Any:
    """A form for a new scenario file."""
    return _form(request, name="", source=request.GET.get("dari", ""))


def create(request: Any) -> Any:
    """Make a new scenario file from a file that was sent, or as a copy of another.

    What was noticed in reading a file is said before going on, since the YAML made of it no longer shows it.
    """
    from planner.web.creating import Origin, created
    from planner.web.faulty_cells import excerpts

    name, sent, source = request.POST.get("name", ""), request.FILES.get("file"), request.POST.get("source", "")
    content = sent.read(LARGEST + 1) if sent else None
    origin = Origin(content, sent.name if sent else "", source, "next_year" in request.POST)
    try:
        file, notices = created(bench().workspace, name.strip(), origin)
    except InputError as error:
        problems, cells = problems_of(error), excerpts(content, error.problems) if content else ()
        return _form(request, name=name, source=source, problems=problems, excerpts=cells)
    if notices:
        return page(request, "made.html.j2", title=file.name, file=file, warnings=told(notices))
    return HttpResponseRedirect(f"{place(file.name)}{'' if content else 'ubah'}")


def _form(request: Any, **given: Any) -> Any:
    context = {"files": bench().workspace.files(), "problems": (), "excerpts": (), "title": _("New scenario")} | given
    return page(request, "new.html.j2", status=422 if context["problems"] else 200, **context)


def blank(request: Any) -> Any:
    """The workbook that is filled in for a new scenario, in the language of the page."""
    from planner.scenario_io.scenario_workbook import workbook_bytes

    response = HttpResponse(workbook_bytes(None, (), ()), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{_("scenario")}.xlsx"'
    return response


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
