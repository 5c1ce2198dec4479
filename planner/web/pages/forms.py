"""A scenario as forms: one part, or one record of it, at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from django.http import HttpResponseRedirect
from django.utils.http import urlencode

from planner.errors import PlannerError, reason_of
from planner.locale import _, ngettext
from planner.scenario_io.amending import CannotAmend, amended, exchanged
from planner.scenario_io.tree import Bare
from planner.web import history
from planner.web.forms import labels
from planner.web.forms.edited_file import EditedFile, address_of
from planner.web.forms.faults import Fault, faults_of, noticed
from planner.web.forms.fields import blocks, controls
from planner.web.forms.form import Form, form_at, wanted
from planner.web.forms.listed_prices import offered
from planner.web.forms.listing import listing_of
from planner.web.forms.mentions import elsewhere, mentions_of, new_id_of, renamed_with
from planner.web.forms.posted import Posted
from planner.web.forms.shapes import SECTIONS
from planner.web.forms.showing import title_of
from planner.web.ownership import NotYours
from planner.web.page import page, titled
from planner.web.pages.conflicts import changed_by_both, conflict
from planner.web.pages.followers import follow_in_others
from planner.web.pages.named import built_on, place, text_file
from planner.web.pages.planning import start
from planner.web.workspace import ScenarioFile, Unknown, problems_of, state_of

TAKEN_OUT: Final = ("hapus", "lepas")
"""Acts that take a record out; the second one also where it is still named."""


def edit(request: Any, name: str) -> Any:
    """Show one part of a scenario as a form, or the list of its records."""
    file = text_file(name)
    edited = EditedFile(file, file.text())
    try:
        form = form_at(edited, request.GET.get("di", ""), request.GET.get("dari", ""))
    except CannotAmend as error:
        return page(request, "form_closed.html.j2", file=file, title=file.name, tab="form", reason=str(error))
    return _shown(request, form, saved=request.GET.get("tersimpan", ""))


def check(request: Any, name: str) -> Any:
    """Show what would be wrong if a form were saved as it is; a part of a page."""
    form, sent = _sent(request, name)
    try:
        data = wanted(form, sent, "")
        data = renamed_with(form, data) if "ikut" in request.POST else data
        text = amended(form.edited.text, data)
    except CannotAmend as error:
        return page(request, "form_findings.html.j2", faults=[Fault(str(error))], warnings=[], file=form.edited.file)
    return page(request, "form_findings.html.j2", file=form.edited.file, **_findings(form, data, text))


def prices(request: Any, name: str) -> Any:
    """Return the entries of a price list for what is being typed as a code; a part of a page."""
    file = text_file(name)
    asked: dict[Any, list[str]] = {}
    for field, texts in request.GET.lists():
        with suppress(ValueError, TypeError, IndexError):
            asked[json.loads(field)[-1]] = texts
    if "code" in asked:
        listed, sought = asked.get("from", [""])[-1], asked["code"][-1]
    else:  # a row of ceilings, of which the field that is typed in comes first
        sought, listed = (*asked.get("ceiling", ()), "", "")[:2]
    try:
        names = offered(EditedFile(file, file.text()), listed, sought[:100])
    except CannotAmend:
        names = []
    return page(request, "price_offers.html.j2", names=names)


def save(request: Any, name: str) -> Any:
    """Change the file as a form says: only what was changed in it, in the file as it is now."""
    try:
        form, sent = _sent(request, name)
    except (Unknown, CannotAmend):
        return _lost(request, text_file(name))  # raises Unknown where the file itself is gone
    file, action, opened = form.edited.file, request.POST.get("aksi", ""), request.POST.get("opened", "")
    if action == "hapus" and (named := _still_named(form)):
        return _again(request, form, sent, named, 422, take_out=True)
    try:
        data = wanted(form, sent, action)
        if "ikut" in request.POST and action not in TAKEN_OUT:
            data = renamed_with(form, data)
        text = amended(form.edited.text, data)
        if text == form.edited.text and form.new:
            return _again(request, form, sent, [Fault(_("Nothing was saved: fill in what is new first."))], 422)
        if state_of(form.edited.text) != opened:
            both = changed_by_both(sent, controls(form.parts))
            rest = sent.without({field.name for field in both})
            others = amended(form.edited.text, wanted(form, rest, "")) if both and not action else None
            return conflict(request, file, text, form.edited.text, fits=True, both=both, others=others)
        history.save(file, text, opened)
    except CannotAmend as error:
        return _again(request, form, sent, [Fault(str(error))], 422)
    except history.ChangedMeanwhile as meanwhile:
        return conflict(request, file, text, meanwhile.now, form.edited.text)
    except NotYours as error:
        return _again(request, form, sent, [Fault(words) for words in problems_of(error)], 403)
    except OSError as error:
        reason = _("The file cannot be written: {reason}.").format(reason=reason_of(error))
        return _again(request, form, sent, [Fault(reason)], 507)
    names = new_id_of(form, data) if "semua" in request.POST and action not in TAKEN_OUT else {}
    if left := follow_in_others(file, text, names):
        words = _("These files could not be changed: {names}.").format(names=", ".join(left))
        now = form_at(EditedFile(file, file.text()), _after(form, action, text))
        return _shown(request, now, 200, [Fault(words)])
    if request.POST.get("then") == "plan":
        return start(request, name, after_save=True)
    told_ = {"di": _after(form, action, text), "tersimpan": int(text != form.edited.text)}
    return HttpResponseRedirect(f"{place(name)}ubah?{urlencode(told_)}")


def _still_named(form: Form) -> list[Fault]:
    """Return the places that name a record which is to be taken out, as faults with their forms."""
    named, words = mentions_of(form), _("It is still named: {place}")
    faults = [Fault(words.format(place=each.words), address=each.address) for each in named.shown]
    if named.further > 0:
        more = ngettext("{count} more place names it.", "{count} more places name it.", named.further)
        faults.append(Fault(more.format(count=named.further)))
    faults += [Fault(_("{file} builds on this file and names it.").format(file=each)) for each in _followers(form)]
    return faults


def _followers(form: Form) -> list[str]:
    """Return the names of the files that build on this one and name the record of the form."""
    return elsewhere(form, built_on(form.edited.file)) if isinstance(form.steps[-1], int) else []


def move(request: Any, name: str) -> Any:
    """Move a record of a list up or down by one place."""
    file = text_file(name)
    edited, opened = EditedFile(file, file.text()), request.POST.get("opened", "")
    address, step = request.POST.get("di", ""), request.POST.get("butir", "")
    try:
        steps, added = edited.path(f"{address}/{step}")
        records = edited.at(steps[:-1])
        if added is not None or not isinstance(steps[-1], int) or not isinstance(records, list):
            raise Unknown(step)
        first = steps[-1] - (request.POST.get("ke") == "naik")
        text = exchanged(edited.text, [str(each) for each in steps[:-1]], first)
        if state_of(edited.text) != opened:
            return conflict(request, file, text, edited.text, fits=True)
        history.save(file, text, opened)
    except history.ChangedMeanwhile as meanwhile:
        return conflict(request, file, text, meanwhile.now, edited.text)
    except CannotAmend as error:
        return _shown(request, form_at(edited, address), 422, [Fault(str(error))])
    told_ = {"di": address, "cari": request.POST.get("cari", ""), "hal": request.POST.get("hal", "1")}
    told_["pindah"] = f"{address}/{step}:{request.POST.get('ke', '')}"
    return HttpResponseRedirect(f"{place(name)}ubah?{urlencode(told_)}")


def _after(form: Form, action: str, text: str) -> str:
    """Return where to go after a save: to the record, under its new name, or to its list where it was taken out."""
    if not isinstance(form.steps[-1], int):
        return form.address
    above = "/".join(map(str, form.steps[:-1]))
    records = EditedFile(form.edited.file, text).at(form.steps[:-1])
    gone = action in TAKEN_OUT or not isinstance(records, list) or form.steps[-1] >= len(records)
    return above if gone else f"{above}/{address_of(records, form.steps[-1])}"


def _sent(request: Any, name: str) -> tuple[Form, Posted]:
    file = text_file(name)
    form = form_at(EditedFile(file, file.text()), request.POST.get("di", ""), request.POST.get("dari", ""))
    try:
        shown = json.loads(request.POST.get("was", "{}"))
    except ValueError:
        shown = {}
    known = {control.name for control in controls(form.parts)} | {block.remove for block in blocks(form.parts)}
    if isinstance(shown, dict) and any(key not in known and request.POST.get(key, "") != shown[key] for key in shown):
        raise Unknown(name)  # fields are named by their place, and another record has left the file since
    typed_ = {str(key): str(text) for key, text in shown.items() if key in known} if isinstance(shown, dict) else {}
    return form, Posted(typed_, request.POST.getlist)


def _again(request: Any, form: Form, sent: Posted, faults: list[Fault], status: int, *, take_out: bool = False) -> Any:
    """Show the form as it was sent, with what is wrong; `take_out` where it may be taken out all the same."""
    remembered = form.remembered
    for control in controls(form.parts):
        if sent.has(control.steps):
            control.text = sent.text(control.steps)
    return _shown(request, form, status, faults, remembered, take_out=take_out)


def _lost(request: Any, file: ScenarioFile) -> Any:
    """Show what was typed into a form whose record the file has no more."""
    try:
        shown = json.loads(request.POST.get("was", "{}"))
        typed = [(name, request.POST.get(name, "")) for name in shown if request.POST.get(name, "") != shown[name]]
    except (ValueError, TypeError):
        typed = []
    return lost(request, file, "form", typed)


def lost(request: Any, file: ScenarioFile, tab: str, typed: Iterable[tuple[str, str]], reason: str = "") -> Any:
    """Show what was typed, by name of the field, where it can no longer be saved."""
    named = [(" / ".join(map(str, json.loads(name)[1:])), text) for name, text in typed]
    context = {"file": file, "title": file.name, "tab": tab, "typed": named, "reason": reason}
    return page(request, "form_lost.html.j2", status=409, **context)


def _findings(form: Form, data: Bare, text: str) -> dict[str, Any]:
    edited = form.edited
    try:
        loaded = edited.file.load() if text == edited.text else edited.file.checked_text(text)
    except PlannerError as error:
        return {"faults": faults_of(error, edited, data, text, form.parts), "warnings": []}
    return {"faults": [], "warnings": noticed(loaded.warnings, edited, data, text)}


def _shown(
    request: Any,
    form: Form,
    status: int = 200,
    faults: list[Fault] | None = None,
    remembered: str = "",
    saved: str = "",
    take_out: bool = False,
) -> Any:
    edited, showing = form.edited, form.showing
    found = _findings(form, edited.data, edited.text) if faults is None else {"faults": faults, "warnings": []}
    blame = {fault.field: fault.words for fault in reversed(found["faults"]) if fault.field}
    for block in blocks(form.parts):
        block.folded = block.folded and not any(control.key in blame for control in controls(block.parts))
    above = "/".join(map(str, form.steps[:-1])) if isinstance(form.steps[-1], int) else ""
    name, purpose = labels.section(str(form.steps[0]))
    context = {
        "form": form,
        "heading": title_of(form.laid, edited.names) if above else name,
        "about": "" if above else purpose,
        "above": above,
        "here": str(form.steps[0]),
        "sections": _sections(edited),
        "listing": listing_of(form, request.GET.get("cari", "").strip(), request.GET.get("hal", "1")),
        "lists": showing.lists if showing else {},
        "blame": blame,
        "saved": saved,
        "take_out": take_out,
        "mentions": mentions_of(form),
        "followers": _followers(form),
        "moved": request.GET.get("pindah", ""),
        "remembered": remembered or form.remembered,
        "opened": request.POST.get("opened") or state_of(edited.text),
        "source": request.POST.get("dari") or request.GET.get("dari", ""),
        "undoable": history.can_undo(edited.file),
        "together": history.together(edited.file),
        "file": edited.file,
        "title": titled(name, edited.file.name),
        "tab": "form",
        **found,
    }
    return page(request, "form.html.j2", status=status, **context)


def _sections(edited: EditedFile) -> list[tuple[str, str, int | None]]:
    """Return (key, name, how many records) of each part."""
    counted: list[tuple[str, str, int | None]] = []
    for key in SECTIONS:
        data = edited.data.get(key, edited.base.get(key))
        counted.append((key, labels.section(key)[0], len(data) if isinstance(data, list) else None))
    return counted
