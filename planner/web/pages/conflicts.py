"""A file that somebody else has changed since it was opened: both changes brought together, or to be chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.http import urlencode
from markupsafe import Markup, escape

from planner.errors import PlannerError
from planner.locale import _
from planner.web import history
from planner.web.forms.fields import Control
from planner.web.forms.posted import Posted
from planner.web.merging import Merged, merged
from planner.web.page import page
from planner.web.pages.named import place
from planner.web.workspace import ScenarioFile, problems_of, state_of

LONGEST_OPENED: Final = 2 * 1024 * 1024
"""Longest text that pages carry along as it was opened [characters]; those of longer ones know no common text."""
TABS: Final = {"ubah": "ubah/yaml", "ikut": "ubah/yaml", "tabel": "ubah/tabel"}
"""The tab of each address that saves."""


def as_it_is(text: str) -> Markup:
    """Return a text for a field that is sent back: with what is invisible in it, which pages show as codes
    elsewhere."""
    return escape(text)


def as_opened(request: Any, file: ScenarioFile, opened: str) -> str | None:
    """Return the text that a file had when it was opened, as the form carried it along; None if that is another
    text."""
    text = str(request.POST.get("base", "")).replace("\r\n", "\n")
    ends = (text, text.replace("\n", "\r\n"))
    return next((each for each in ends if state_of(each) == opened), None)


def with_ends_of(file: ScenarioFile, sent: str) -> str:
    """Return a text from a form with the line ends of the file, because browsers send CR LF."""
    text = sent.replace("\r\n", "\n")
    return text.replace("\n", "\r\n") if "\r\n" in file.text() else text


def brought_together(request: Any, file: ScenarioFile, text: str, now: str) -> str:
    """Return the text of a conflict's page with what the file says now, with the choices of that page: nothing of
    another's is overwritten that was not chosen to be."""
    found = merged(with_ends_of(file, str(request.POST.get("base", ""))), text, now)
    chosen = [n for n in range(len(found.overlaps)) if request.POST.get(f"bagian-{n}") != "mine"]
    return found.text(chosen)


@dataclass(frozen=True)
class ChangedByBoth:
    """A field to which this window and another have given different values."""

    name: str
    """By which forms send it."""
    label: str
    before: str
    mine: str
    theirs: str


def changed_by_both(sent: Posted, now: Iterable[Control]) -> list[ChangedByBoth]:
    """Return the fields of a form or a grid that it changes, and that say something else again in the file as it is
    now."""
    found = []
    for control in now:
        if not control.fixed and sent.changed(control.steps):
            before, mine, theirs = (
                sent.shown[control.name].strip(),
                sent.text(control.steps).strip(),
                control.text.strip(),
            )
            if theirs not in (before, mine):
                found.append(ChangedByBoth(control.name, control.label, before, mine, theirs))
    return found


def conflict(
    request: Any,
    file: ScenarioFile,
    text: str,
    now: str,
    before: str | None = None,
    *,
    fits: bool = False,
    both: Sequence[ChangedByBoth] = (),
    others: str | None = None,
    typed: bool = False,
) -> Any:
    """Show what was meant and what the file says now, for a choice; who takes the other goes back to the same tab.

    `before` is the text that both come from, where it is known; `fits` where `text` was made of the file as it is now,
    with the fields that `both` have changed as they are here, and `others` with these as they are in the file. `typed`
    where the text itself was changed on this page too, which saving the fields alone would drop.
    """
    tab = str(request.POST.get("tab", "")) or TABS.get(request.path.rpartition("/")[2], "ubah")
    together: Merged | None = merged(before, text, now) if before is not None and not fits else None
    tab = tab if tab in (*TABS.values(), "ubah") else "ubah"
    part = str(request.POST.get("di", "")) if tab == "ubah" else ""
    overlaps = together.overlaps if together is not None else ()
    whole = together.text() if together is not None and not overlaps else text
    context = {
        "difference": list(history.difference(now, whole)),
        "together": together,
        "overlaps": overlaps,
        "fits": fits,
        "both": both,
        "others": as_it_is(others or "") if (both or typed) and others not in (None, now) else None,
        "problems": _problems(file, whole) if (fits or together is not None) and not overlaps else [],
        "base": as_it_is(_carried(now if fits else before)) if fits or together is not None else "",
        "now_state": state_of(now),
        "shown": _state_as_sent(text),
        "typed": typed,
        "tab": tab,
        "part": part,
        "top": place(file.name),
        "back": f"{place(file.name)}{tab}{f'?{urlencode({"di": part})}' if part else ''}",
        "title": _("The file has changed meanwhile"),
    }
    return page(request, "conflict.html.j2", status=409, file=file, text=as_it_is(text), **context)


def _carried(text: str | None) -> str:
    """Return the text from which the next save of the page starts, so that a third change can be told from it."""
    return text if text is not None and len(text) <= LONGEST_OPENED else ""


def typed_meanwhile(request: Any) -> bool:
    """Return whether the text of a conflict's page was changed there."""
    shown = request.POST.get("tampil")
    return shown is not None and shown != _state_as_sent(str(request.POST.get("text", "")))


def _state_as_sent(text: str) -> str:
    """Return the state of a text whatever its line ends, which browsers change."""
    return state_of(text.replace("\r\n", "\n"))


def _problems(file: ScenarioFile, text: str) -> list[str]:
    try:
        file.checked_text(text)
    except PlannerError as error:
        return problems_of(error)
    return []
