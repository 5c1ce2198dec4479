"""What an address names: a scenario file, its card, its run; and where its page is."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from dataclasses import replace
from posixpath import normpath
from typing import Any

from planner.errors import PlannerError
from planner.locale import language_in_force
from planner.scenario_io.amending import CannotAmend
from planner.scenario_io.tree import Bare
from planner.web import sections
from planner.web.bench import bench
from planner.web.cards import Card
from planner.web.cards import card as card_of
from planner.web.forms.edited_file import EditedFile
from planner.web.workspace import ScenarioFile, Unknown


def card_named(name: str) -> Card:
    found = bench()
    file = found.workspace.file(name)
    card = card_of(found.workspace, file, found.runs.latest(name, file))
    known = found.archive.known_run_of(card.kept) if card.kept is not None else None
    return replace(card, run=known.run, review=known.review) if known is not None else card


def run_named(name: str) -> dict[str, Any]:
    """Return what a page says of a run as it is now, also where it ends while the page is made."""
    found = bench()
    run = copy(found.runs.latest(name, found.workspace.file(name)))
    return sections.of_run(run, language_in_force()) | {"early": sections.early_of(run)}


def text_file(name: str) -> ScenarioFile:
    file = bench().workspace.file(name)
    if not file.is_text:
        raise Unknown(name)
    return file


def built_on(file: ScenarioFile) -> dict[str, dict[str, Bare]]:
    """Return what the files say that build on a file, or on one that builds on it, by name; the nearest ones first."""
    texts: dict[str, EditedFile] = {}
    for other in bench().workspace.files():
        with suppress(PlannerError, OSError):
            if other.is_text and other.name != file.name and "extends" in (text := other.text()):
                texts[other.name] = EditedFile(other, text)
    found: dict[str, dict[str, Bare]] = {}
    bases = [file.name]
    for base in bases:  # grows with each file that is found
        for name, edited in texts.items():
            if name in found or base not in edited.text:
                continue
            with suppress(CannotAmend):
                if normpath(edited.base_name) == base:
                    found[name] = edited.data
                    bases.append(name)
    return found


def place(name: str) -> str:
    from django.urls import reverse

    return str(reverse("skenario", kwargs={"name": name}))


def run_place(run: str) -> str:
    from django.urls import reverse

    return str(reverse("rencana", kwargs={"run": run}))
