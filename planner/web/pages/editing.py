"""The text of a scenario: changed, checked while typing, saved, undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseRedirect
from django.utils.http import urlencode

from planner.errors import PlannerError, reason_of
from planner.locale import _, ngettext
from planner.scenario_io.amending import CannotAmend, amended
from planner.scenario_io.tree import Bare
from planner.web import history
from planner.web.forms.edited_file import EditedFile
from planner.web.forms.following import NewId, renamed_in
from planner.web.forms.form import form_at
from planner.web.forms.labels import section
from planner.web.ownership import NotYours
from planner.web.page import page, titled
from planner.web.pages.conflicts import (
    LONGEST_OPENED,
    TABS,
    as_it_is,
    as_opened,
    brought_together,
    conflict,
    typed_meanwhile,
    with_ends_of,
)
from planner.web.pages.followers import follow_in_others, others_naming
from planner.web.pages.named import built_on, place, text_file
from planner.web.pages.planning import start
from planner.web.workspace import ScenarioFile, Unknown, problems_of, state_of, told


def edit(request: Any, name: str) -> Any:
    """Show the text of a scenario, to be changed."""
    file = text_file(name)
    text = file.text()
    return _editor(request, file, text, state_of(text))


def check(request: Any, name: str) -> Any:
    """Show what is wrong with, or dubious in, a text that is being typed; a part of a page."""
    file = text_file(name)
    findings: dict[str, Any] = {**_findings(file, posted_text(request, file))}
    return page(request, "findings.html.j2", file=file, **findings)


def save(request: Any, name: str) -> Any:
    """Replace the text of a scenario. A file that has changed meanwhile is shown beside, and nothing is lost."""
    file, opened = text_file(name), request.POST.get("opened", "")
    text, now = posted_text(request, file), file.text()
    if "gabung" in request.POST:
        whole = brought_together(request, file, text, now)
        if state_of(now) != opened:  # once more, since what was chosen was about another text
            return conflict(request, file, text, now, with_ends_of(file, str(request.POST.get("base", ""))))
        text = whole
    elif "lain" in request.POST and typed_meanwhile(request):
        typed = with_ends_of(file, str(request.POST.get("text", "")))
        return conflict(request, file, typed, now, fits=True, others=text, typed=True)
    return _saved(request, file, text, opened)


def _saved(request: Any, file: ScenarioFile, text: str, opened: str) -> Any:
    changed = text != file.text()
    try:
        history.save(file, text, opened)
    except history.ChangedMeanwhile as meanwhile:
        return conflict(request, file, text, meanwhile.now, as_opened(request, file, opened))
    except NotYours as error:
        return _editor(request, file, text, opened, status=403, problems=problems_of(error), warnings=[])
    except OSError as error:
        reason = reason_of(error)
        findings = {"problems": [_("The file cannot be written: {reason}.").format(reason=reason)], "warnings": []}
        return _editor(request, file, text, opened, status=507, **findings)
    if request.POST.get("then") == "plan":
        return start(request, file.name, after_save=True)
    tab = request.POST.get("tab", "")
    tab = tab if tab in TABS.values() or tab == "ubah" else "ubah/yaml"
    told_: dict[str, Any] = {"di": request.POST.get("di", "")} if tab == "ubah" else {}
    return HttpResponseRedirect(f"{place(file.name)}{tab}?{urlencode(told_ | {'tersimpan': int(changed)})}")


def follow(request: Any, name: str) -> Any:
    """Save a text in which what still named a record by the id that it had before names it anew."""
    file = text_file(name)
    text, opened = posted_text(request, file), request.POST.get("opened", "")
    found, data = _renamed(file, text)
    try:
        whole = amended(text, data) if found else text
        answer = _saved(request, file, whole, opened)
        if "semua" in request.POST and answer.status_code == 302:
            names: dict[str, dict[str, str]] = {}
            for each in found:
                names.setdefault(each.kind, {})[each.old] = each.new
            if left := follow_in_others(file, whole, names):
                now = file.text()
                words = _("These files could not be changed: {names}.").format(names=", ".join(left))
                return _editor(request, file, now, state_of(now), **_findings(file, now) | {"problems": [words]})
        return answer
    except CannotAmend as error:
        return _editor(request, file, text, opened, status=422, **_findings(file, text) | {"problems": [str(error)]})


def undo(request: Any, name: str) -> Any:
    """Bring back the text before the last save, of this file and of those that were changed with it; show the tab on
    which that was asked, and say so."""
    file = text_file(name)
    try:
        undone = history.undo(file, request.POST.get("opened", ""))
    except history.ChangedMeanwhile:
        words = _(
            "The file has been changed since you opened it, so nothing was brought back. Below is what it says now."
        )
        return _not_undone(request, file, 409, [words])
    except history.CompanyChanged as changed:
        words = _(
            "The last save changed these files too, and they have been changed again since: {names}. Nothing was "
            "brought back, since they would no longer agree. Undo the later changes there first."
        )
        return _not_undone(request, file, 409, [words.format(names=", ".join(changed.names))])
    except NotYours as error:
        return _not_undone(request, file, 403, problems_of(error))
    except OSError as error:
        words = _("The file cannot be written: {reason}.")
        return _not_undone(request, file, 507, [words.format(reason=reason_of(error))])
    tab, at = request.POST.get("tab", ""), request.POST.get("di", "")
    told_ = {"di": at} if at and tab not in TABS.values() and _has_form(file, at) else {}
    told_ |= {"tersimpan": "kembali" if undone else "0"}
    return HttpResponseRedirect(f"{place(name)}{tab if tab in TABS.values() else 'ubah'}?{urlencode(told_)}")


def _has_form(file: ScenarioFile, address: str) -> bool:
    """Return whether there is something at the address of a form: a record that was new is gone with its save."""
    try:
        form_at(EditedFile(file, file.text()), address)
    except (Unknown, CannotAmend):
        return False
    return True


def _not_undone(request: Any, file: ScenarioFile, status: int, problems: list[str]) -> Any:
    now = file.text()
    return _editor(request, file, now, state_of(now), status, problems=problems, warnings=[])


def _editor(request: Any, file: ScenarioFile, text: str, opened: str, status: int = 200, **findings: Any) -> Any:
    context = {"renamed": []} | (findings or _findings(file, text))
    context |= {
        "base": as_it_is(_as_opened(request, file, opened)),
        "tab": "yaml",
        "undoable": history.can_undo(file),
        "together": history.together(file),
        "saved": request.GET.get("tersimpan", ""),
        "title": titled("YAML", file.name),
    }
    return page(request, "edit.html.j2", status=status, file=file, text=as_it_is(text), opened=opened, **context)


def _as_opened(request: Any, file: ScenarioFile, opened: str) -> str:
    """Return the text as it was opened, for the page to carry along; empty where it is not known, or very long."""
    now = file.text()
    text = now if state_of(now) == opened else as_opened(request, file, opened) or ""
    return text if len(text) <= LONGEST_OPENED else ""


def _findings(file: ScenarioFile, text: str) -> dict[str, Any]:
    try:
        loaded = file.load() if text == file.text() else file.checked_text(text)
    except PlannerError as error:
        renamed = renamings(file, text)
        return {"problems": problems_of(error), "warnings": [], "renamed": renamed, "others": _others(file, text)}
    renamed = renamings(file, text) if built_on(file) else []
    return {"problems": [], "warnings": told(loaded.warnings), "renamed": renamed, "others": _others(file, text)}


def renamings(file: ScenarioFile, text: str) -> list[str]:
    """Return what of a text, or of files that build on it, still names records by the ids that they had before, in
    words."""
    said = []
    for each in _renamed(file, text)[0]:
        words = ngettext(
            "'{old}' is now called '{new}' ({list}), but {count} place still names it '{old}'.",
            "'{old}' is now called '{new}' ({list}), but {count} places still name it '{old}'.",
            each.places,
        )
        if not each.places:
            words = _("'{old}' is now called '{new}' ({list}).")
        said.append(words.format(old=each.old, new=each.new, list=section(each.kind)[0], count=each.places))
        if others := others_naming(file, [(each.kind, each.old)]):
            words = _("These files build on this one and name '{old}': {names}.")
            said.append(words.format(old=each.old, names=", ".join(others)))
    return said


def _renamed(file: ScenarioFile, text: str) -> tuple[list[NewId], dict[str, Bare]]:
    """Return the ids that changed in a text and are still named by the old ones, there or in files that build on it."""
    return renamed_in(_before(file, text), text, lambda each: bool(others_naming(file, [(each.kind, each.old)])))


def _others(file: ScenarioFile, text: str) -> list[str]:
    """Return the files that build on this one and name records by the ids that they had before."""
    return others_naming(file, [(each.kind, each.old) for each in _renamed(file, text)[0]])


def _before(file: ScenarioFile, text: str) -> Iterator[str | None]:
    """Yield the texts that a text may have come from: that of the file, and the one before its last save."""
    now = file.text()
    yield from (each for each in [now] if each != text)
    yield history.last_kept(file)


def posted_text(request: Any, file: ScenarioFile) -> str:
    """Return the text of a form; that without the fields which another has changed too, where a user chose that."""
    return with_ends_of(file, str(request.POST.get("tanpa" if "lain" in request.POST else "text", "")))
