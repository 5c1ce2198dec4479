"""The list of people of a scenario: sent, its columns named, read on trial, put into the folder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _
from planner.scenario_io.amending import CannotAmend
from planner.web import history, people_list, sent_tables
from planner.web.forms.edited_file import EditedFile
from planner.web.page import page
from planner.web.pages.named import card_named, place, text_file
from planner.web.people_list import ListChoices, TrialRead
from planner.web.people_words import LAYOUT_NAMES, LAYOUTS_BESIDE, called
from planner.web.sent_tables import SentList, SentTable, TableChoices
from planner.web.workspace import LARGEST_UPLOAD, ScenarioFile, problems_of, state_of

_REPLACES: Final = {"ya": True, "tidak": False}
"""Whether the list takes the place of the groups of the scenario, by the word of the form."""


def people(request: Any, name: str) -> Any:
    """Show the form that takes a list; and what the columns hold of the list that was sent last."""
    return _shown(request, text_file(name), ListChoices())


def act(request: Any, name: str) -> Any:
    """Take a list, look at it as its columns are named now, put it into the folder, or put it away."""
    file = text_file(name)
    wanted = request.POST.get("aksi", "")
    here = HttpResponseRedirect(f"{place(name)}pegawai")
    if wanted == "buang":
        sent_tables.put_away(file)
        return here
    if wanted.startswith("buang-"):
        sent_tables.put_beside_away(file, wanted.removeprefix("buang-"))
        return here
    if wanted in ("", "samping"):
        sent = request.FILES.get("file")
        keep = sent_tables.keep_beside if wanted else sent_tables.keep_aside
        try:
            keep(file, sent.name if sent else "", sent.read(LARGEST_UPLOAD + 1) if sent else b"")
        except InputError as error:
            return _shown(request, file, ListChoices(), problems_of(error))
        return here
    kept = sent_tables.kept_aside(file)
    if kept is None or kept.state != request.POST.get("daftar", ""):
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
        if choices.replaces is None and people_list.in_both(
            trial, file, EditedFile(file, file.text()).data.get("groups")
        ):
            words = _("Choose whether the list takes the place of the groups that stand in the scenario.")
            return _shown(request, file, choices, [words], trial)
        people_list.put_in(kept, choices, request.POST.get("opened", ""))
    except InputError as error:
        return _shown(request, file, choices, problems_of(error))
    except CannotAmend as error:
        return _shown(request, file, choices, [str(error)])
    except history.ChangedMeanwhile:
        words = _("The scenario has been changed meanwhile: look at it below, and put the list in once more.")
        return _shown(request, file, choices, [words])
    return HttpResponseRedirect(place(file.name))


def _chosen(request: Any, kept: SentList) -> ListChoices:
    """Return what the form says."""
    given = request.POST
    known = list(people_list.competencies_of(kept.file))
    tables = tuple(_chosen_of(given, each, known) for each in (kept, *kept.tables))
    return ListChoices(tables, "nip" in given, "tanpa" in given, _REPLACES.get(given.get("ganti", "")))


def _chosen_of(given: Any, table: SentTable, competencies: list[str]) -> TableChoices:
    """Return what the form says of one table; columns that were not shown are as found."""
    end = _end(table)
    layouts = LAYOUTS_BESIDE if table.beside else LAYOUT_NAMES
    layout, sheet = given.get(f"tata{end}", ""), given.get(f"lembar{end}", "")
    choices = TableChoices(layout if layout in layouts else "", sheet if sheet in table.sheets else "")
    if given.get(f"dari{end}", "") != choices.sheet or given.get(f"sebagai{end}", "") != choices.layout:
        return choices  # another sheet or layout: its columns have not been seen
    try:
        heads = list(table.source(choices.sheet).columns)
    except InputError:
        return choices
    known = sent_tables.fields_of(competencies, choices.layout)
    columns = {head: given.get(f"kolom{end}-{at}", "") for at, head in enumerate(heads)}
    wanted = {head: holds for head, holds in columns.items() if holds in known}
    return TableChoices(choices.layout, choices.sheet, wanted)


def _end(table: SentTable) -> str:
    """Return what the names of the fields of a table end in."""
    return f"-t{table.beside}" if table.beside else ""


def _shown(
    request: Any, file: ScenarioFile, choices: ListChoices, problems: list[str] | None = None,
    trial: TrialRead | None = None,
) -> Any:  # fmt: skip
    kept, text = sent_tables.kept_aside(file), file.text()
    context: dict[str, Any] = {"problems": list(problems or ()), "sent": kept, "opened": state_of(text)}
    context |= {"tables": [], "trial": trial, "choices": choices, "most_beside": sent_tables.MOST_BESIDE}
    if kept is not None:
        try:
            context |= _tables(request, kept, choices, trial)
        except InputError as error:
            context["problems"] += problems_of(error)
    card = card_named(file.name)
    own = EditedFile(file, text).data if card.loaded is not None or kept is not None else {}
    groups = own.get("groups")
    context["own_groups"] = len(groups) if isinstance(groups, list) else int(groups is not None)
    read = context["trial"]
    own_groups = bool(read and context["own_groups"])
    context["both"] = people_list.in_both(read, file, groups) if own_groups else None
    context["has_people"] = "people" in own
    status = 422 if context["problems"] and request.method == "POST" else 200
    return page(request, "people.html.j2", status=status, card=card, title=_("List of people"), **context)


def _tables(request: Any, kept: SentList, choices: ListChoices, trial: TrialRead | None) -> dict[str, Any]:
    """Return every table with what its columns hold, and what becomes of them."""
    names = people_list.competencies_of(kept.file)
    tables, chosen = [], []
    said = choices.tables if request.method == "POST" else ()
    for at, table in enumerate((kept, *kept.tables)):
        sheets = table.sheets
        how = said[at] if at < len(said) else None
        sheet = (how.sheet if how else "") or (sheets[0] if sheets else "")
        source = table.source(sheet)
        layout = how.layout if how else sent_tables.layout_of(source, beside=bool(table.beside))
        found = sent_tables.supposed_in(source, layout, names)
        holds = found if how is None or how.columns is None else how.columns
        columns = [(n, head, holds.get(head, "")) for n, head in enumerate(source.columns) if "\0" not in head]
        fields = [(field, called(field, names)) for field in sent_tables.fields_of(list(names), layout)]
        shown = {"table": table, "end": _end(table), "layout": layout, "sheet": sheet, "sheets": sheets}
        shown |= {"layouts": LAYOUTS_BESIDE if table.beside else LAYOUT_NAMES, "columns": columns, "fields": fields}
        tables.append(shown | {"blanks": len(source.columns) - len(columns)})
        chosen.append(TableChoices(layout, sheet, holds))
    whole = replace(choices, tables=tuple(chosen))
    context: dict[str, Any] = {"tables": tables, "choices": whole}
    try:
        context["trial"] = trial or people_list.read_on_trial(kept, whole)
    except InputError as error:
        context["problems"] = problems_of(error)
    return context
