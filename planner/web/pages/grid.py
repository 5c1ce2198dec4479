"""Groups and gaps as a grid: pages with some rows each, or all of them at once for the script."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponseRedirect, JsonResponse

from planner.domain.checks.references import references_to
from planner.errors import PlannerError, reason_of
from planner.locale import _
from planner.scenario_io.amending import CannotAmend, amended
from planner.scenario_io.tree import Bare
from planner.web import history
from planner.web.forms.edited_file import EditedFile, record_id
from planner.web.forms.faults import Fault, faults_of, noticed
from planner.web.forms.fields import name_of
from planner.web.forms.following import followed
from planner.web.forms.grid import GroupGrid
from planner.web.forms.mentions import naming
from planner.web.forms.posted import Posted, shown_fields
from planner.web.page import page, titled
from planner.web.page_numbers import number_in, page_number
from planner.web.pages import forms
from planner.web.pages.conflicts import changed_by_both, conflict
from planner.web.pages.followers import follow_in_others
from planner.web.pages.named import built_on, place, text_file
from planner.web.pages.planning import start
from planner.web.workspace import state_of

MOST_ROWS: Final = 25
"""Rows on one page without the script."""
EMPTY_ROWS: Final = 2
AT_ONCE: Final = 120
"""Rows that the script is sent at once."""


def edit(request: Any, name: str) -> Any:
    """Show the grid; without the script some rows of it as fields."""
    file = text_file(name)
    edited = EditedFile(file, file.text())
    try:
        return _shown(request, GroupGrid(edited), saved=request.GET.get("tersimpan", ""))
    except CannotAmend as error:
        return page(request, "form_closed.html.j2", file=file, title=file.name, tab="grid", reason=str(error))


def content(request: Any, name: str) -> Any:
    """Show columns and rows as JSON: some rows at once, from the place that is asked for, and where the next ones are.

    Rows of a text that has changed since the first ones were sent are not sent: they would not fit them.
    """
    file = text_file(name)
    edited = EditedFile(file, file.text())
    opened, first = state_of(edited.text), number_in(request.GET.get("dari", ""))
    if request.GET.get("opened", opened) != opened:
        return JsonResponse({"error": _("The file has changed meanwhile")}, status=409)
    try:
        grid = GroupGrid(edited)
        columns = [
            {"keys": column.keys, "label": column.label, "number": column.is_number, "gaps": column.of_gaps,
             "options": [[option.value, option.label] for option in column.options]}
            for column in grid.columns
        ]  # fmt: skip
        shown = grid.rows_between(first, first + AT_ONCE)
        rows = [{"key": row.key, "texts": row.texts, "fixed": row.fixed, "base": row.of_base} for row in shown]
    except CannotAmend as error:
        return JsonResponse({"error": str(error)}, status=409)
    further = first + AT_ONCE if first + AT_ONCE < grid.count else None
    sent = {"opened": opened, "rows": rows, "next": further}
    return JsonResponse(sent | ({} if first else {"columns": columns, "fixed": bool(grid.table)}))


def check(request: Any, name: str) -> Any:
    """Show what would be wrong if the grid were saved as it is; a part of a page."""
    file = text_file(name)
    edited = EditedFile(file, file.text())
    try:
        grid = GroupGrid(edited)
        data = _wanted(request, grid, _sent(request))
        text = amended(edited.text, data)
    except (CannotAmend, LookupError) as error:
        faults = [Fault(str(error) if isinstance(error, CannotAmend) else _("The file has changed meanwhile"))]
        return page(request, "form_findings.html.j2", file=file, faults=faults, warnings=[])
    return page(request, "form_findings.html.j2", file=file, **_findings(grid, data, text))


def save(request: Any, name: str) -> Any:
    """Change the cells that were changed, in the file as it is now."""
    file = text_file(name)
    edited, opened = EditedFile(file, file.text()), request.POST.get("opened", "")
    sent = _sent(request)
    try:
        grid = GroupGrid(edited)
        text = amended(edited.text, _wanted(request, grid, sent))
        if state_of(edited.text) != opened:
            both = changed_by_both(sent, (cell for row in grid.rows for cell in grid.controls(row)))
            rest = sent.without({cell.name for cell in both})
            others = amended(edited.text, _wanted(request, GroupGrid(edited), rest)) if both else None
            return conflict(request, file, text, edited.text, fits=True, both=both, others=others)
        history.save(file, text, opened)
    except history.ChangedMeanwhile as meanwhile:
        return conflict(request, file, text, meanwhile.now, edited.text)
    except (CannotAmend, LookupError) as error:
        typed = [(key, sent.value(key)) for key in sent.shown if sent.value(key) != sent.shown[key]]
        return forms.lost(request, file, "grid", typed, str(error) if isinstance(error, CannotAmend) else "")
    except OSError as error:
        reason = _("The file cannot be written: {reason}.").format(reason=reason_of(error))
        return _shown(request, grid, [Fault(reason)], 507)
    if "semua" in request.POST and grid.renamed and (left := follow_in_others(file, text, {"groups": grid.renamed})):
        words = _("These files could not be changed: {names}.").format(names=", ".join(left))
        return _shown(request, GroupGrid(EditedFile(file, file.text())), [Fault(words)])
    if request.POST.get("then") == "plan":
        return start(request, name, after_save=True)
    return HttpResponseRedirect(f"{place(name)}ubah/tabel?tersimpan={int(text != edited.text)}")


def _wanted(request: Any, grid: GroupGrid, sent: Posted) -> dict[str, Bare]:
    """Return what the file is to say; where it is wished for, what names a group follows its new id."""
    data = grid.wanted(sent)
    return followed(grid.edited.data, data, "groups", grid.renamed) if "ikut" in request.POST else data


def _sent(request: Any) -> Posted:
    """Return the cells that were sent: each as a field, or all of them as JSON."""
    shown, cells = (_texts(request.POST.get(key, "{}")) for key in ("was", "isian"))
    if "isian" in request.POST:
        return Posted(shown, lambda name: [cells.get(name, shown.get(name, ""))])
    return Posted(shown, request.POST.getlist)


def _texts(told_: str) -> dict[str, str]:
    """Return the texts of fields by name; what is no field of a group is left out."""
    try:
        found = json.loads(told_)
        return {
            name: str(text)
            for name, text in found.items()
            if (steps := json.loads(name))[0] == "groups" and len(steps) > 2 and all(isinstance(s, str) for s in steps)
        }
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}


def _findings(grid: GroupGrid, data: dict[str, Any], text: str) -> dict[str, Any]:
    edited = grid.edited
    try:
        loaded = edited.file.load() if text == edited.text else edited.file.checked_text(text)
    except PlannerError as error:
        return {"faults": [_in_grid(f, grid.keys) for f in faults_of(error, edited, data, text, ())], "warnings": []}
    return {"faults": [], "warnings": noticed(loaded.warnings, edited, data, text)}


def _in_grid(fault: Fault, keys: Sequence[str]) -> Fault:
    """Return a fault with the name of its cell."""
    steps = fault.steps
    if fault.in_text:
        return fault
    if steps[:1] == ("groups",) and len(steps) > 2 and isinstance(steps[1], int) and steps[1] < len(keys):
        return fault.at_cell(name_of(("groups", keys[steps[1]], *steps[2:])))
    return fault


def _shown(
    request: Any, grid: GroupGrid, faults: Sequence[Fault] | None = None, status: int = 200, saved: str = ""
) -> Any:
    edited = grid.edited
    found = _findings(grid, edited.data, edited.text) if faults is None else {"faults": faults, "warnings": []}
    number, pages = page_number(request.GET.get("hal", ""), grid.count, MOST_ROWS)
    rows = [(row, grid.controls(row)) for row in grid.rows_between((number - 1) * MOST_ROWS, number * MOST_ROWS)]
    rows += [] if grid.table else [(row, grid.controls(row)) for row in grid.empty_rows(EMPTY_ROWS)]
    ids = {name for each in grid.own if (name := record_id(each)) is not None}
    removals = [row.remove for row, _cells in rows]
    context = {
        "grid": grid,
        "rows": rows,
        "blame": {fault.cell: fault.words for fault in found["faults"] if fault.cell},
        "remembered": shown_fields([cell for _row, cells in rows for cell in cells], removals),
        "pages": pages,
        "number": number,
        "opened": state_of(edited.text),
        "followers": naming("groups", ids, built_on(edited.file)) if ids else [],
        "named": bool(ids) and any(True for _each in references_to(edited.data, "groups", ids)),
        "undoable": history.can_undo(edited.file),
        "together": history.together(edited.file),
        "saved": saved,
        "file": edited.file,
        "title": titled(_("Groups and gaps"), edited.file.name),
        "tab": "grid",
        **found,
    }
    return page(request, "grid.html.j2", status=status, **context)
