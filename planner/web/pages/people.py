"""The list of people of a scenario: sent, its columns named, read on trial, put into the folder."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _
from planner.scenario_io.amending import CannotAmend
from planner.web import history, people_list
from planner.web.forms.edited_file import EditedFile
from planner.web.page import page
from planner.web.pages import editing
from planner.web.pages.named import card_named, place, text_file
from planner.web.people_list import ListChoices, SentList, TrialRead
from planner.web.people_words import LAYOUT_NAMES, called
from planner.web.workspace import LARGEST, ScenarioFile, problems_of, state_of


def people(request: Any, name: str) -> Any:
    """The form that takes a list; and what the columns hold of the list that was sent last."""
    return _shown(request, text_file(name), ListChoices())


def act(request: Any, name: str) -> Any:
    """Take a list, look at it as its columns are named now, put it into the folder, or put it away."""
    file = text_file(name)
    wanted = request.POST.get("aksi", "")
    here = HttpResponseRedirect(f"{place(name)}pegawai")
    if wanted == "buang":
        people_list.put_away(file)
        return here
    if wanted == "":
        sent = request.FILES.get("file")
        try:
            people_list.keep_aside(file, sent.name if sent else "", sent.read(LARGEST + 1) if sent else b"")
        except InputError as error:
            return _shown(request, file, ListChoices(), problems_of(error))
        return here
    kept = people_list.kept_aside(file)
    if kept is None or kept.mark != request.POST.get("daftar", ""):
        return _shown(request, file, ListChoices(), [_("Another list has been sent meanwhile: look at it first.")])
    choices = _chosen(request, kept)
    if wanted != "simpan":
        return _shown(request, file, choices)
    return _put_in(request, kept, choices)


def _put_in(request: Any, kept: SentList, choices: ListChoices) -> Any:
    file = kept.file
    try:
        trial = people_list.read_on_trial(kept, choices)
        if trial.unread and not choices.lenient:
            words = _("{rows}: correct them in the list, or choose to plan without them.")
            return _shown(request, file, choices, [words.format(rows=people_list.rows_told(trial))], trial)
        people_list.put_in(kept, choices, request.POST.get("opened", ""))
    except InputError as error:
        return _shown(request, file, choices, problems_of(error))
    except CannotAmend as error:
        return _shown(request, file, choices, [str(error)])
    except history.ChangedMeanwhile as meanwhile:
        return editing.conflict(request, file, meanwhile.now, meanwhile.now)
    return HttpResponseRedirect(place(file.name))


def _chosen(request: Any, kept: SentList) -> ListChoices:
    """What the form says; columns that were not shown are as found."""
    given = request.POST
    sheet = given.get("lembar", "")
    choices = ListChoices(
        given.get("tata", "") if given.get("tata", "") in LAYOUT_NAMES else "",
        sheet if sheet in kept.sheets else "",
        None, "nip" in given, "tanpa" in given, "ganti" in given,
    )  # fmt: skip
    if given.get("dari", "") != choices.sheet or given.get("sebagai", "") != choices.layout:
        return choices  # another sheet or layout: its columns have not been seen
    try:
        heads = list(kept.source(choices.sheet).columns)
    except InputError:
        return choices
    known = people_list.fields_of(list(people_list.competencies_of(kept.file)))
    columns = {head: given.get(f"kolom-{at}", "") for at, head in enumerate(heads)}
    wanted = {head: holds for head, holds in columns.items() if holds in known}
    return ListChoices(choices.layout, choices.sheet, wanted, choices.nip, choices.lenient, choices.replaces)


def _shown(
    request: Any, file: ScenarioFile, choices: ListChoices, problems: list[str] | None = None,
    trial: TrialRead | None = None,
) -> Any:  # fmt: skip
    kept, text = people_list.kept_aside(file), file.text()
    context: dict[str, Any] = {"problems": list(problems or ()), "sent": kept, "opened": state_of(text)}
    context |= {"columns": [], "trial": trial, "choices": choices, "layouts": LAYOUT_NAMES, "blanks": 0}
    if kept is not None:
        try:
            context |= _columns(request, kept, choices, trial)
        except InputError as error:
            context["problems"] += problems_of(error)
    card = card_named(file.name)
    own = EditedFile(file, text).data if card.loaded is not None or kept is not None else {}
    groups = own.get("groups")
    context["own_groups"] = len(groups) if isinstance(groups, list) else int(groups is not None)
    context["has_people"] = "people" in own
    status = 422 if context["problems"] and request.method == "POST" else 200
    return page(request, "people.html.j2", status=status, card=card, title=_("List of people"), **context)


def _columns(request: Any, kept: SentList, choices: ListChoices, trial: TrialRead | None) -> dict[str, Any]:
    """The columns of a list with what each holds, and what becomes of it."""
    sheets = kept.sheets
    sheet = choices.sheet or (sheets[0] if sheets else "")
    source = kept.source(sheet)
    names = people_list.competencies_of(kept.file)
    if request.method == "GET":
        choices = ListChoices(people_list.layout_of(source), sheet)
    else:
        choices = ListChoices(choices.layout, sheet, choices.columns, choices.nip, choices.lenient, choices.replaces)
    found = people_list.found_in(source, choices.layout, list(names))
    holds = found if choices.columns is None else choices.columns
    columns = [(at, head, holds.get(head, "")) for at, head in enumerate(source.columns) if "\0" not in head]
    shown: dict[str, Any] = {"columns": columns, "choices": choices, "sheets": sheets}
    shown["fields"] = [(field, called(field, names)) for field in people_list.fields_of(list(names))]
    shown["blanks"] = len(source.columns) - len(columns)
    try:
        shown["trial"] = trial or people_list.read_on_trial(kept, choices)
    except InputError as error:
        shown["problems"] = problems_of(error)
    return shown
