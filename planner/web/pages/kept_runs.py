"""Every plan that was made: the list, one of them with its documents, several beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect

from planner.errors import InputError, PlannerError
from planner.locale import _
from planner.web import documents, sections
from planner.web.bench import bench
from planner.web.noticed import noticed_in
from planner.web.page import OWN_POLICY, page
from planner.web.page_numbers import number_in
from planner.web.pages.home import missing
from planner.web.pages.named import run_place
from planner.web.pages.planning import report_parts
from planner.web.passed import CheckedPlan
from planner.web.review import approved_documents, frozen, may
from planner.web.review_states import REVIEWS
from planner.web.run_rows import acts_of, approval_of, moment, row_of
from planner.web.workspace import problems_of

AT_ONCE: Final = 50
"""Runs on one page."""


def runs(request: Any) -> Any:
    """Show the runs, newest first, of all scenarios or of one."""
    archive = bench().archive
    archive.follow()
    shown, scenario = request.GET.get("tampil", ""), request.GET.get("skenario", "")
    found = archive.runs(scenario, shown)
    number = max(1, number_in(request.GET.get("halaman", "")))
    of_page = list(found[(number - 1) * AT_ONCE : number * AT_ONCE + 1])
    deleted = archive.find(request.GET.get("dihapus", ""))
    making = archive.making_of(of_page[:AT_ONCE])
    context = {
        "rows": [row_of(run, making.get(run.run, {})) for run in of_page[:AT_ONCE]],
        "count": found.count(),
        "number": number,
        "more": len(of_page) > AT_ONCE,
        "scenario": scenario,
        "scenarios": archive.scenarios(),
        "shown": shown,
        "reviews": REVIEWS,
        "deleted": deleted if deleted is not None and deleted.deleted_at is not None else None,
        "most": sections.MOST_COMPARED,
    }
    return page(request, "runs.html.j2", title=_("History"), **context)


def run(request: Any, run: str) -> Any:
    """Show a run: what its plan says, its documents, and its review."""
    archive = bench().archive
    archive.follow()
    found = archive.run(run)
    acts = acts_of(archive.acts_of(found))
    context: dict[str, Any] = {"row": row_of(found), "acts": acts, "may": may(found), "name": bench().file_of(found)}
    context["fault"] = archive.fault() if acts else None
    context["approval"] = approval_of(found)
    context |= {"report": None, "later": "", "problems": [], "documents": []}
    try:
        kept, noticed = archive.plan(found), _noticed(found)
        context["documents"] = documents.offered(kept, approved_documents(archive, found))
        if "lengkap" not in request.GET and sections.comes_later(kept, noticed):
            context["later"] = f"{run_place(run)}?lengkap=1"
        else:
            context["report"] = sections.headline(kept, noticed, f"{run_place(run)}laporan")
    except PlannerError as error:
        context["problems"] = problems_of(error)
    return page(request, "kept_run.html.j2", title=found.title, **context)


def report(request: Any, run: str) -> Any:
    """Show the whole report of a run inside the workbench."""
    archive = bench().archive
    found = archive.run(run)
    try:
        context = report_parts(request, archive.plan(found), _noticed(found))
    except PlannerError:
        return HttpResponseRedirect(run_place(run))
    context |= {"row": row_of(found), "approval": approval_of(found)}
    return page(request, "kept_report.html.j2", title=found.title, **context)


def _noticed(found: Any) -> tuple[str, ...]:
    """Return the warnings about the scenario of a run; in the words of its forms while its file says the same."""
    warnings, name = bench().archive.warnings(found), bench().file_of(found)
    if not warnings or not name:
        return warnings
    file = bench().workspace.file(name)
    try:
        same = file.load().scenario.sha256 == found.scenario_sha256
    except PlannerError:
        return warnings
    return noticed_in(file, warnings) if same else warnings


def download(request: Any, run: str, document: str) -> Any:
    """Show a document of a run; of an approved one the document that was frozen with the approval."""
    archive = bench().archive
    found = archive.run(run)
    try:
        made = frozen(archive, found, document)
        if made is None:
            made = documents.document(archive.plan(found), archive.warnings(found), document)
    except InputError as error:
        return _trouble(request, found, problems_of(error))
    except PlannerError as error:
        return _trouble(request, found, [error.message])
    if made is None:
        return missing(request)
    return sent(made, f"{found.scenario_id}-{run}")


def sent(made: documents.Made, stem: str) -> HttpResponse:
    """Show a document as an answer, named after what it is of."""
    response = HttpResponse(made.content, content_type=made.kind)
    disposition = "inline" if made.shown else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{stem}-{made.name}"'
    if made.shown:
        response["Content-Security-Policy"] = OWN_POLICY
    return response


def _trouble(request: Any, found: Any, problems: list[str]) -> Any:
    return page(request, "run_trouble.html.j2", status=409, row=row_of(found), problems=problems, title=found.title)


def compare(request: Any) -> Any:
    """Return several runs beside each other."""
    archive = bench().archive
    chosen = list(dict.fromkeys(request.GET.getlist("rencana")))[: sections.MOST_COMPARED]
    found = [archive.run(run) for run in chosen]
    if len(found) < 2:
        return HttpResponseRedirect("/riwayat")
    try:
        plans = [_named_by_time(archive.plan(run), moment(run.made_at)) for run in reversed(found)]
    except PlannerError as error:
        return _trouble(request, found[0], problems_of(error))
    if "cetak" in request.GET:
        response = HttpResponse(sections.comparison(plans))
        response["Content-Security-Policy"] = OWN_POLICY
        return response
    context: dict[str, Any] = {"cards": (), "left_out": (), "comparison": sections.beside(plans)}
    context["printed"] = f"{request.get_full_path()}&cetak=1"
    return page(request, "beside.html.j2", title=_("Compare"), **context)


def _named_by_time(kept: CheckedPlan, when: str) -> CheckedPlan:
    """Return the plan with its time in its title, since plans of one scenario have the same."""
    scenario = kept.stored.scenario
    label = f"{scenario.scenario.label} ({when})"
    identity = scenario.scenario.model_copy(update={"name": label})
    return replace(kept, stored=replace(kept.stored, scenario=scenario.model_copy(update={"scenario": identity})))
