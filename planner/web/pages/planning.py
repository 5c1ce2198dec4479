"""A scenario and its plan: the run and its news, the report, the documents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse

from planner.errors import InputError, PlannerError
from planner.locale import _, language_in_force
from planner.plans.plan import Plan
from planner.report.views.document import Headline
from planner.web import documents, history, sections
from planner.web.acting import actor
from planner.web.bench import bench
from planner.web.cards import Card
from planner.web.faulty_cells import faulty_cells
from planner.web.forms.faults import seen_in
from planner.web.going_on import limits_asked, offer
from planner.web.noticed import noticed_in
from planner.web.page import OWN_POLICY, page, rendered, titled
from planner.web.page_words import speaking_on_pages
from planner.web.pages.home import missing
from planner.web.pages.named import card_named, place, run_named, run_place
from planner.web.passed import CheckedPlan
from planner.web.plan_run import PlanRun
from planner.web.review import approved_documents
from planner.web.run_rows import ActRow, acts_of, approval_of
from planner.web.workspace import problems_of

NEWS_EVERY: Final = 0.4
"""How often a page that shows a run looks for news [s]."""


def scenario(request: Any, name: str) -> Any:
    """Show a scenario: its state, its run, and what its plan says."""
    run = run_named(name)  # before its results are looked for: a run that is said to be over has them on the page
    found = card_named(name)
    later = (
        found.kept is not None and "ringkasan" not in request.GET and sections.comes_later(found.kept, _noticed(found))
    )
    together = history.together(found.file) if "tersimpan" in request.GET else []
    context = {
        "together": together,
        "report": None if later else _headline(found),
        "excerpts": faulty_cells(found.file),
        "fields": _fields(found),
        "returned": _returned(found),
        "approval": _approval(found),
        "offer": offer(found),
        "documents": _documents(found),
        **run,
    }
    seen = None if found.kept is not None and not found.problems else seen_in(found.file)
    return page(request, "scenario.html.j2", card=found, name=name, title=found.title, seen=seen, **context)


def _fields(card: Card) -> Any:
    """Fields for the faulty cells of a workbook of the folder, for whoever may make a scenario of it."""
    if card.file.is_text or card.loaded is not None or not actor().may("planner"):
        return {}
    from planner.web.mending import fields_in

    return fields_in(card.file)


def _returned(card: Card) -> ActRow | None:
    """Return what a reviewer has said in returning the plan of a scenario as it stands."""
    if card.shown_state != "returned":
        return None
    archive = bench().archive
    lines = [line for line in archive.acts_of(archive.run(card.run)) if line.action == "returned"]
    return acts_of(lines[-1:])[0] if lines else None


def _approval(card: Card) -> str:
    """Return by whom and when the plan of a scenario was approved; empty where it is not."""
    return approval_of(bench().archive.run(card.run)) if card.review == "approved" else ""


def _documents(card: Card) -> list[documents.OfferedDocument]:
    """Return the documents of the plan of a scenario; of an approved one those that were frozen."""
    if card.kept is None:
        return []
    archive = bench().archive
    is_approved = card.review == "approved"
    return documents.offered(card.kept, approved_documents(archive, archive.run(card.run)) if is_approved else None)


def beginning(request: Any, name: str) -> Any:
    """Show the beginning of a plan's report, for a page that has come before it."""
    found = card_named(name)
    if not request.htmx:
        return HttpResponseRedirect(place(name))
    return page(request, "beginning.html.j2", report=_headline(found))


def _headline(card: Card) -> Headline | None:
    here = place(card.file.name)
    if card.kept is None:
        return None
    return sections.headline(card.kept, _noticed(card), f"{here}laporan", f"{here}tanya/")


def _noticed(card: Card) -> tuple[str, ...]:
    return noticed_in(card.file, card.warnings)


def report(request: Any, name: str) -> Any:
    """Show the whole report inside the workbench."""
    found = card_named(name)
    if found.kept is None:
        return HttpResponseRedirect(place(name))
    context = report_parts(request, found.kept, _noticed(found), f"{place(name)}tanya/")
    context |= {"card": found, "approval": _approval(found)}
    return page(request, "report_page.html.j2", title=titled(_("Whole report"), found.title), **context)


def report_parts(request: Any, kept: CheckedPlan, noticed: tuple[str, ...], questions: str = "") -> dict[str, Any]:
    """Return what a page with a whole report shows: of a large plan first what is there at once, and where the whole
    page is."""
    whole = "lengkap" in request.GET or not sections.comes_later(kept, noticed, sections.REPORT)
    if whole:
        return {"report": sections.view(kept, noticed, questions), "later": ""}
    has_beginning = not sections.comes_later(kept, noticed)
    beginning = sections.headline(kept, noticed, "", questions) if has_beginning else None
    return {"report": beginning, "later": f"{request.path}?lengkap=1"}


def start(request: Any, name: str, after_save: bool = False, known: Plan | None = None) -> Any:
    """Queue the planning of a scenario, and show the run; after a save with the files that were changed with it.

    `known` is a plan of the same scenario by another name, from which the search begins.
    """
    file = bench().workspace.file(name)
    try:
        loaded = file.load()
        if not bench().workspace.others_of_this_id(file, loaded.scenario.id):
            bench().runs.start(name, loaded, known=known)
    except PlannerError:
        pass  # the page of the scenario names what is wrong with it
    return HttpResponseRedirect(f"{place(name)}?tersimpan=1" if after_save and history.together(file) else place(name))


def go_on(request: Any, name: str) -> Any:
    """Queue a further search for a better plan than the scenario has, beginning from that, and show the run.

    The plan that it begins from stays in the history, and in the folder of results unless a better one is found.
    """
    found, archive = card_named(name), bench().archive
    if found.kept is not None and found.loaded is not None and offer(found) is not None:
        limits = limits_asked(request.POST, bench().runs.limits)
        with archive.acting():
            run = archive.run_of(name, found.kept, found.warnings)
            queued = bench().runs.start(name, found.loaded, known=found.kept.plan, goes_on=limits)
            if queued.goes_on is limits:  # else the same is searched already
                facts: dict[str, Any] = {"gap": limits.gap, "seconds": limits.time_limit}
                archive.write("searched on", run.run, scenario=run.scenario_id, plan=run.plan_sha256, **facts)
    return HttpResponseRedirect(place(name))


def stop(request: Any, name: str) -> Any:
    """End a run; its best plan is kept."""
    bench().workspace.file(name)
    bench().runs.stop(name)
    return HttpResponseRedirect(place(name))


def news(request: Any, name: str) -> Any:
    """Show the state of a run as server-sent events, until it is over."""
    bench().workspace.file(name)
    language = language_in_force()

    def so_far(run: PlanRun) -> str:
        with speaking_on_pages(language):
            return rendered(request, "early.html.j2", early=sections.early_of(run))

    async def told() -> AsyncIterator[bytes]:
        shown, plan, stop = -1, None, None
        while True:
            run = bench().runs.latest(name)
            if run is not None and run.version != shown:
                shown = run.version
                with speaking_on_pages(language):
                    text = rendered(request, "run_news.html.j2", name=name, **sections.of_run(run, language))
                    button = rendered(request, "run_stop.html.j2", name=name, **sections.of_run(run, language))
                yield event("run", text)
                if stop != (stop := (run.waits, run.stopping, run.state.is_over)):
                    yield event("stop", button)
                if run.early is not plan:
                    plan = run.early
                    yield event("early", await asyncio.to_thread(so_far, run))  # it takes longer for a large plan
            if run is None or run.state.is_over:
                yield event("over", "")
                return
            await asyncio.sleep(NEWS_EVERY)

    return StreamingHttpResponse(told(), content_type="text/event-stream")


def event(kind: str, text: str) -> bytes:
    """Return a server-sent event with the part of a page that it brings."""
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {kind}\n{lines}\n".encode()


def download(request: Any, name: str, document: str) -> Any:
    """Show a document of the stored plan, made when it is asked for; of an approved one that which was frozen with
    it."""
    found = card_named(name)
    if found.kept is None:
        return HttpResponseRedirect(place(name))
    if found.review == "approved":
        return HttpResponseRedirect(f"{run_place(found.run)}berkas/{document}")
    try:
        made = documents.document(found.kept, found.warnings, document)
    except InputError as error:
        return page(request, "trouble.html.j2", status=409, card=found, problems=problems_of(error), title=found.title)
    if made is None:
        return missing(request)
    response = HttpResponse(made.content, content_type=made.kind)
    disposition = "inline" if made.shown else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{found.kept.plan.scenario_id}-{made.name}"'
    if made.shown:
        response["Content-Security-Policy"] = OWN_POLICY
    return response
