"""What the workbench answers: one function per page or action; what they show is computed elsewhere."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.http import urlencode

from planner.errors import InputError, PlannerError, reason_of
from planner.locale import LANGUAGES, _, language_in_force, speaking
from planner.report.wording.formats import Formats
from planner.web import history, sections
from planner.web.bench import bench
from planner.web.cards import Card
from planner.web.cards import card as card_of
from planner.web.middleware import LANGUAGE_COOKIE
from planner.web.page import page, rendered, style
from planner.web.workspace import LARGEST, ScenarioFile, problems_of, state_of, told

NEWS_EVERY: Final = 0.4
"""How often a page that shows a run looks for news [s]."""
_OWN_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'none'"
)
"""Policy of documents that carry their style in themselves."""


def home(request: Any) -> Any:
    """The scenarios of the folder as cards; each fills itself, so that the page is there at once."""
    work = bench().workspace
    return page(request, "home.html.j2", title=_("Scenarios"), files=work.files(), folder=work.folder)


def card(request: Any, name: str) -> Any:
    """The inside of a card."""
    return page(request, "card.html.j2", card=_card(name))


def scenario(request: Any, name: str) -> Any:
    """A scenario: its state, its run, and what its plan says."""
    found = _card(name)
    shown = sections.view(found.kept, found.warnings) if found.kept is not None else None
    return page(request, "scenario.html.j2", card=found, name=name, report=shown, title=found.title, **_run(name))


def report(request: Any, name: str) -> Any:
    """The whole report inside the workbench."""
    found = _card(name)
    if found.kept is None:
        return HttpResponseRedirect(_place(name))
    shown = sections.view(found.kept, found.warnings)
    return page(request, "report_page.html.j2", card=found, report=shown, title=found.title)


def start(request: Any, name: str) -> Any:
    """Queue the planning of a scenario, and show the run."""
    file = bench().workspace.file(name)
    try:
        loaded = file.load()
        if not bench().workspace.twins(file, loaded.scenario.id):
            bench().runs.start(name, loaded)
    except PlannerError:
        pass  # the page of the scenario names what is wrong with it
    return HttpResponseRedirect(_place(name))


def stop(request: Any, name: str) -> Any:
    """End a run; its best plan is kept."""
    bench().workspace.file(name)
    bench().runs.stop(name)
    return HttpResponseRedirect(_place(name))


def news(request: Any, name: str) -> Any:
    """The state of a run as server-sent events, until it is over."""
    bench().workspace.file(name)
    language = language_in_force()

    async def told() -> AsyncIterator[bytes]:
        shown = -1
        while True:
            run = bench().runs.latest(name)
            if run is not None and run.version != shown:
                shown = run.version
                with speaking(language):
                    text = rendered(request, "run.html.j2", name=name, **sections.of_run(run, language))
                yield _event("run", text)
            if run is None or run.state.is_over:
                yield _event("over", "")
                return
            await asyncio.sleep(NEWS_EVERY)

    return StreamingHttpResponse(told(), content_type="text/event-stream")


def _event(kind: str, text: str) -> bytes:
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {kind}\n{lines}\n".encode()


def edit(request: Any, name: str) -> Any:
    """The text of a scenario, to be changed."""
    file = _text_file(name)
    text = file.text()
    return _editor(request, file, text, state_of(text))


def check(request: Any, name: str) -> Any:
    """What is wrong with, or dubious in, a text that is being typed; a part of a page."""
    file = _text_file(name)
    findings: dict[str, Any] = {**_findings(file, _posted_text(request))}
    return page(request, "findings.html.j2", **findings)


def save(request: Any, name: str) -> Any:
    """Replace the text of a scenario. A file that has changed meanwhile is shown beside, and nothing is lost."""
    file, text, opened = _text_file(name), _posted_text(request), request.POST.get("opened", "")
    try:
        history.save(file, text, opened)
    except history.ChangedMeanwhile as meanwhile:
        return _conflict(request, file, text, meanwhile.now)
    except OSError as error:
        reason = reason_of(error)
        findings = {"problems": [_("The file cannot be written: {reason}.").format(reason=reason)], "warnings": []}
        return _editor(request, file, text, opened, status=507, **findings)
    if request.POST.get("then") == "plan":
        return start(request, name)
    return HttpResponseRedirect(f"{_place(name)}ubah?{urlencode({'tersimpan': 1})}")


def undo(request: Any, name: str) -> Any:
    """Bring back the text before the last save."""
    file = _text_file(name)
    try:
        history.undo(file, request.POST.get("opened", ""))
    except history.ChangedMeanwhile as meanwhile:
        return _conflict(request, file, meanwhile.now, meanwhile.now)
    return HttpResponseRedirect(f"{_place(name)}ubah")


def _conflict(request: Any, file: ScenarioFile, text: str, now: str) -> Any:
    lines = list(history.difference(now, text))
    context = {"difference": lines, "now": now, "now_state": state_of(now), "title": file.name}
    return page(request, "conflict.html.j2", status=409, file=file, text=text, **context)


def _editor(request: Any, file: ScenarioFile, text: str, opened: str, status: int = 200, **findings: Any) -> Any:
    context = findings or _findings(file, text)
    context |= {"undoable": history.can_undo(file), "saved": "tersimpan" in request.GET, "title": file.name}
    return page(request, "edit.html.j2", status=status, file=file, text=text, opened=opened, **context)


def _findings(file: ScenarioFile, text: str) -> dict[str, list[str]]:
    try:
        loaded = file.checked_text(text)
    except PlannerError as error:
        return {"problems": problems_of(error), "warnings": []}
    return {"problems": [], "warnings": told(loaded.warnings)}


def download(request: Any, name: str, document: str) -> Any:
    """A document of the stored plan; PDF and Word are made when they are asked for."""
    found = _card(name)
    if found.kept is None:
        return HttpResponseRedirect(_place(name))
    try:
        made = sections.document(found.kept, found.warnings, document)
    except InputError as error:
        return page(request, "trouble.html.j2", status=409, card=found, problems=problems_of(error), title=found.title)
    if made is None:
        return missing(request)
    response = HttpResponse(made.content, content_type=made.kind)
    disposition = "inline" if made.shown else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{found.kept.plan.scenario_id}-{made.name}"'
    if made.shown:
        response["Content-Security-Policy"] = _OWN_POLICY
    return response


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
    return HttpResponseRedirect(f"{_place(file.name)}{'ubah' if file.is_text else ''}")


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

    work, found = bench().workspace, _card(name)
    source = _text_file(name)
    if found.loaded is None:
        return HttpResponseRedirect(_place(name))
    fresh = {"name": free_name(work, source), "title": _("{title}, what if").format(title=found.title)}
    written = Formats(language_in_force()).rupiah
    funds = [
        (fund.id, fund.name, written(fund.amount), given.get(f"amount-{fund.id}", ""))
        for fund in found.loaded.scenario.funds
        if not fund.amounts
    ]
    context = {"funds": funds, "problems": problems, "given": {key: given.get(key, fresh[key]) for key in fresh}}
    return page(request, "what_if.html.j2", status=422 if problems else 200, card=found, title=found.title, **context)


def compare(request: Any) -> Any:
    """The stored plans of several scenarios beside each other."""
    names = list(dict.fromkeys(request.GET.getlist("dengan")))[: sections.MOST_COMPARED]
    cards = [_card(name) for name in names]
    planned = [each.kept for each in cards if each.kept is not None]
    if len(planned) < 2:
        return page(request, "compare.html.j2", title=_("Compare"), cards=cards, most=sections.MOST_COMPARED)
    response = HttpResponse(sections.comparison(planned))
    response["Content-Security-Policy"] = _OWN_POLICY
    return response


def style_sheet(request: Any) -> Any:
    response = HttpResponse(style(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, max-age=86400"  # its address carries the version
    return response


def choose_language(request: Any) -> Any:
    """Speak another language from here on."""
    back = request.POST.get("back", "/")
    inside = re.fullmatch(r"/(?!/)[^\\\r\n]*", back)
    response = HttpResponseRedirect(back if inside else "/")
    if request.POST.get("language") in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, request.POST["language"], max_age=365 * 86400, httponly=True, samesite="Strict"
        )
    return response


def missing(request: Any) -> HttpResponse:
    """There is nothing at this address."""
    return page(request, "missing.html.j2", status=404, title=_("Not found"))


def _card(name: str) -> Card:
    found = bench()
    return card_of(found.workspace, found.workspace.file(name), found.runs.latest(name))


def _run(name: str) -> dict[str, Any]:
    return sections.of_run(bench().runs.latest(name), language_in_force())


def _text_file(name: str) -> ScenarioFile:
    from planner.web.workspace import Unknown

    file = bench().workspace.file(name)
    if not file.is_text:
        raise Unknown(name)
    return file


def _posted_text(request: Any) -> str:
    """The text of a form; browsers send lines that end in CR LF."""
    return str(request.POST.get("text", "")).replace("\r\n", "\n")


def _place(name: str) -> str:
    from django.urls import reverse

    return str(reverse("skenario", kwargs={"name": name}))
