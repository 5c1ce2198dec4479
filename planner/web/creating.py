"""New scenario files: from a file that a planner sends, or as a copy of another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.report.wording.scenario_words import input_name
from planner.scenario_io import read_located, read_located_text, scenario_text, variation_text
from planner.scenario_io.amending import CannotAmend, amended, data_of
from planner.scenario_io.next_year import of_next_year
from planner.web.ownership import ensure_writable
from planner.web.workspace import LARGEST_UPLOAD, ScenarioFile, Workspace, without_folder
from planner.whole_file import write_whole

STARTER: Final = ""
"""The source of a scenario that begins as the commented starter."""
MOST_PLACES: Final = 8
"""Most places that are named."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_MAKING: Final = Lock()
"""Held while a file is made, so that of two who choose the same name only one gets it."""


@dataclass(frozen=True)
class Origin:
    """What a new scenario begins as."""

    sent: bytes | None = None
    """A file that was sent: a workbook or YAML."""
    sent_name: str = ""
    """What that file is called where it came from."""
    source: str = STARTER
    """Else the name of the file of the folder that is copied, or STARTER."""
    next_year: bool = False
    """Whether the copy is for the fiscal year after that of the source."""


def created(work: Workspace, name: str, origin: Origin) -> tuple[ScenarioFile, Sequence[Problem]]:
    """Make the scenario file `name` from its origin, and return it with what was noticed in reading a file.

    Without a name it gets one that tells where it is from. A workbook becomes YAML. A copy gets the name as its id, so
    that both can be planned. Raises InputError with all problems; nothing is left then, and no file is ever replaced.
    """
    notices: Sequence[Problem] = ()
    if origin.sent is not None:
        stem = _free_stem(work, name or unused(work, _plain(origin.sent_name)))
        if origin.sent_name.lower().endswith(".xlsx") and not origin.sent.startswith(b"PK"):
            raise InputError(_("This file is called .xlsx, but it is no workbook, or it is damaged."))
        text, notices = _of_sent(f"{stem}.yaml", origin.sent)
        if _has_its_id(work, text, stem):
            text = _named(text, stem, work.folder)
    elif origin.source == STARTER:
        stem = _free_stem(work, name or unused(work, "skenario"))
        starter = files("planner.cli").joinpath("starter", "skenario.yaml").read_text(encoding="utf-8")
        text = _named(starter, stem, work.folder)
    else:
        source = work.file(origin.source)
        stem = _free_stem(work, name or unused(work, source.stem))
        text = _copied(source, stem)
        if origin.next_year:
            text, notices = _of_next_year(text, stem, work.folder)
    return written(work, stem, text), notices


def varied(
    work: Workspace, source: ScenarioFile, name: str, title: str, changed: Scenario, said: Mapping[str, str]
) -> ScenarioFile:
    """Make the scenario file `name` that is `changed`, a change of the scenario in `source`; `said` is what was chosen.

    It says `extends: SOURCE`, so that it follows what is changed there later, where the change can be written so; else
    it is a scenario by itself. Raises InputError with all problems; nothing is left then, and no file is ever replaced.
    """
    stem = _free_stem(work, name)
    base = source.load().scenario
    if changed.sha256 == base.sha256:
        raise InputError(_("Change something first: this is the scenario as it is now."))
    identity = {"id": stem, "name": title or stem}
    note = "".join(f"# {path}: {json.dumps(value, ensure_ascii=False)}\n" for path, value in said.items())
    if source.is_text:
        text = f"{note}{variation_text(source.name, identity, base, changed)}"
        with suppress(InputError):
            if _is(read_located_text(text, name=stem, folder=work.folder).scenario, changed):
                return written(work, stem, text)
    whole = changed.changed(scenario=changed.scenario.model_copy(update=identity))
    return written(work, stem, f"{note}{scenario_text(whole)}")


def _is(made: Scenario, changed: Scenario) -> bool:
    """Return whether a scenario is the changed one, by whatever name."""
    return made.changed(scenario=changed.scenario).sha256 == changed.sha256


def free_name(work: Workspace, source: ScenarioFile) -> str:
    """Return a name for a variation of `source` that no file has."""
    return next(name for number in count(1) if _is_free(work, name := f"{source.stem}-bila-{number}"))


def unused(work: Workspace, stem: str) -> str:
    """Return `stem`, or `stem` with a number, that no file has."""
    return stem if _is_free(work, stem) else next(n for i in count(2) if _is_free(work, n := f"{stem}-{i}"))


def _is_free(work: Workspace, stem: str) -> bool:
    return stem.casefold() not in {file.stem.casefold() for file in work.files()}


def _plain(name: str) -> str:
    """Return the name of a file that was sent as a name of a scenario: what does not belong into one becomes a
    hyphen."""
    stem = re.sub(r"[^A-Za-z0-9.]+", "-", re.sub(r"\.[A-Za-z]{3,4}$", "", name)).strip("-.")
    return stem[:60].strip("-.").lower() or "skenario"


def _free_stem(work: Workspace, name: str) -> str:
    """Return the stem of the file `name`, which no file may have yet."""
    stem = re.sub(r"\.(ya?ml|xlsx)$", "", name.strip(), flags=re.IGNORECASE)
    if not _NAME.fullmatch(stem):
        raise InputError(_("Give a name of letters, digits, dots and hyphens, such as jambi-2028."))
    if not _is_free(work, stem):
        raise InputError(_taken())
    return stem


def written(work: Workspace, stem: str, text: str) -> ScenarioFile:
    """Write a new scenario file, which must be in order."""
    target = work.folder / f"{stem}.yaml"
    read_located_text(text, name=target.name, folder=work.folder)
    ensure_writable(ScenarioFile(target.name, target), text)
    with _MAKING:
        if target.exists():
            raise InputError(_taken())
        write_whole(target, text)
    return ScenarioFile(target.name, target)


def _taken() -> str:
    return _("There is a scenario of this name already; choose another.")


def _of_sent(name: str, sent: bytes) -> tuple[str, Sequence[Problem]]:
    """Return the scenario in a file that was sent, as YAML text, and what deserves a look in a workbook.

    Raises InputError with all its problems, each with sheet and cell in place of the name that the file has here.
    """
    if len(sent) > LARGEST_UPLOAD:
        raise InputError(_("This file is larger than a scenario can be (10 MB)."))
    if not sent.startswith(b"PK"):
        try:
            return sent.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            raise InputError(_("This is neither a workbook nor a text in UTF-8.")) from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / name.replace(".yaml", ".xlsx")
        write_whole(path, sent, flush=False)
        try:
            loaded = read_located(path)
        except InputError as error:
            raise InputError(map(_at_its_cell, error.problems)) from None
    return scenario_text(loaded.scenario), tuple(map(_at_its_cell, loaded.warnings))


def _at_its_cell(problem: Problem) -> Problem:
    shown = without_folder(problem)
    return shown._replace(file=shown.file.partition(":")[2])


def _copied(source: ScenarioFile, stem: str) -> str:
    """Return the text of a scenario file with another id, so that its results do not replace those of the first."""
    text = source.text() if source.is_text else scenario_text(source.load().scenario)
    return _named(text, stem, source.path.parent)


def _named(text: str, stem: str, folder: Path) -> str:
    """Return the text of a scenario with `stem` as its id."""
    try:
        data = deepcopy(data_of(text))
        identity = data.get("scenario")
        if not isinstance(identity, dict):
            raise CannotAmend(stem)
        identity["id"] = stem
        changed = amended(text, data)
    except CannotAmend:
        words = _("The id of this scenario cannot be changed here; copy its file and change `id` yourself.")
        raise InputError(words) from None
    if read_located_text(changed, name=stem, folder=folder).scenario.id != stem:
        raise InputError(_("The id of this scenario cannot be changed here; copy its file and change `id` yourself."))
    return changed


def _has_its_id(work: Workspace, text: str, stem: str) -> bool:
    """Return whether a file of the folder has the id of a text already: both could not be planned."""
    scenario = read_located_text(text, name=f"{stem}.yaml", folder=work.folder).scenario
    return any(file.has_id(scenario.id) for file in work.files())


def _of_next_year(text: str, stem: str, folder: Path) -> tuple[str, Sequence[Problem]]:
    """Return the text of a scenario for the fiscal year after its own, and what deserves a look in it.

    Where years stand in what the file builds on, or in its tables, the text says all of that itself.
    """
    scenario = read_located_text(text, name=stem, folder=folder).scenario
    year = scenario.scenario.fiscal_year
    if year is None:
        raise InputError(_("This scenario has no fiscal year: make a copy, and give it one in its form."))
    wanted = Scenario.model_validate(of_next_year(scenario.to_plain(), scenario).data)
    for source in (text, scenario_text(scenario)):
        with suppress(CannotAmend, InputError):
            moved = of_next_year(data_of(source), scenario)
            changed = amended(source, moved.data)
            if read_located_text(changed, name=stem, folder=folder).scenario.to_plain() == wanted.to_plain():
                notices = list(moved.notices)
                if moved.left:
                    places = [input_name([wanted], each) for each in moved.left]
                    words = _("The year {year} still stands in these texts: {places}.")
                    more = ", …" if len(places) > MOST_PLACES else ""
                    notices.append(words.format(year=year, places=", ".join(places[:MOST_PLACES]) + more))
                if source is not text and "extends" in data_of(text):
                    notices.append(_("It builds on no other file any more: what stands there had to be moved too."))
                return changed, tuple(map(Problem, notices))
    raise InputError(_("The fiscal year cannot be changed here; make a copy, and change `fiscal_year` in the text."))
