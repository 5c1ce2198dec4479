"""What has happened: the workbook to fill in, and the plan of what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from planner.domain.actuals import SHEETS
from planner.errors import InputError
from planner.locale import _
from planner.report.actuals_form import blank_actuals
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS
from planner.web.bench import bench
from planner.web.documents import SHEET
from planner.web.page import page
from planner.web.pages.home import missing
from planner.web.pages.named import card_named, place
from planner.web.workspace import LARGEST_UPLOAD, problems_of


def actuals(request: Any, name: str) -> Any:
    """Show the workbook of what was planned, and the form that takes it back with what happened."""
    return _shown(request, name)


def blank(request: Any, name: str) -> Any:
    """Show the workbook with the plan's own rows up to a period."""
    kept = card_named(name).kept
    through = request.GET.get("sampai", "")
    if kept is None or (through and through not in kept.stored.scenario.horizon):
        return missing(request)
    response = HttpResponse(blank_actuals(kept.stored, through or None), content_type=SHEET)
    file = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in f"realisasi-{through or name}")
    response["Content-Disposition"] = f'attachment; filename="{file}.xlsx"'
    return response


def replan(request: Any, name: str) -> Any:
    """Make the scenario of what is left a file of its own, and plan it; what deserves a look is said before."""
    from planner.web.faulty_cells import excerpts
    from planner.web.replanned import replanned

    kept = card_named(name).kept
    if kept is None:
        return HttpResponseRedirect(place(name))
    sent = {file.name: file.read(LARGEST_UPLOAD + 1) for file in request.FILES.getlist("file")[:10]}
    try:
        file, notices = replanned(bench().workspace, kept, sent, request.POST.get("sampai", ""))
        loaded = file.load()
    except InputError as error:
        cells = excerpts(next(iter(sent.values())), error.problems) if len(sent) == 1 else ()
        return _shown(request, name, problems_of(error), cells)
    bench().runs.start(file.name, loaded, kept.plan.scenario_id)
    if notices:
        context: dict[str, Any] = {
            "title": file.name,
            "file": file,
            "warnings": notices,
            "next_year": False,
            "replanned": True,
            "changes": (),
        }
        return page(request, "made.html.j2", **context)
    return HttpResponseRedirect(place(file.name))


def _shown(request: Any, name: str, problems: Sequence[str] = (), excerpts: Sequence[Any] = ()) -> Any:
    card = card_named(name)
    if card.kept is None:
        return HttpResponseRedirect(place(name))
    scenario = card.kept.stored.scenario
    context: dict[str, Any] = {"periods": scenario.facts.rest, "problems": problems, "excerpts": excerpts}
    context["sheets"] = [(name, ACTUALS[name].name, _(ACTUALS[name].note)) for name in SHEETS]
    context |= {"chosen": request.POST.get("sampai", ""), "over": scenario.facts.over}
    status = 422 if problems else 200
    return page(request, "replan.html.j2", status=status, card=card, title=_("What has happened"), **context)
