"""New scenario files: from a file that a planner sends, or as a copy of another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from planner.errors import InputError
from planner.locale import _
from planner.scenario_io import read_located, read_located_text, scenario_text
from planner.web.workspace import LARGEST, ScenarioFile, Workspace
from planner.whole_file import write_whole

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_MAKING: Final = Lock()
"""Held while a file is made, so that of two who choose the same name only one gets it."""
_ID: Final = re.compile(r"(?m)^(  id:[ \t]*)([^\s#]+)")


def created(work: Workspace, name: str, source: str, sent: bytes | None) -> ScenarioFile:
    """Make the scenario file `name` from the bytes of a file that was sent, else as a copy of the file `source`.

    A workbook becomes YAML. A copy gets the name as its id, so that both can be planned. Raises InputError with all
    problems; nothing is left then, and no file is ever replaced.
    """
    stem = _free_stem(work, name)
    return _written(work, stem, _of_sent(work, f"{stem}.yaml", sent) if sent else _copied(work.file(source), stem))


def varied(work: Workspace, source: ScenarioFile, name: str, title: str, amounts: Mapping[str, str]) -> ScenarioFile:
    """Make the scenario file `name` that is `source` but for the amounts of some funds, as text of the format, by id.

    It says `extends: SOURCE`, so that it follows what is changed there later. Raises InputError with all problems;
    nothing is left then, and no file is ever replaced.
    """
    stem = _free_stem(work, name)
    funds = "".join(
        f"  - {{id: {json.dumps(fund)}, amount: {json.dumps(amount)}}}\n" for fund, amount in amounts.items()
    )
    if not funds:
        raise InputError(_("Change the amount of a fund at least."))
    identity = json.dumps({"id": stem, "name": title}, ensure_ascii=False)
    head = f"extends: {json.dumps(source.name)}\nscenario: {identity}\n"
    return _written(work, stem, f"{head}funds:\n{funds}")


def free_name(work: Workspace, source: ScenarioFile) -> str:
    """A name for a variation of `source` that no file has."""
    taken = {file.stem.casefold() for file in work.files()}
    return next(name for number in count(1) if (name := f"{source.stem}-bila-{number}").casefold() not in taken)


def _free_stem(work: Workspace, name: str) -> str:
    """The stem of the file `name`, which no file may have yet."""
    stem = re.sub(r"\.(ya?ml|xlsx)$", "", name.strip(), flags=re.IGNORECASE)
    if not _NAME.fullmatch(stem):
        raise InputError(_("Give a name of letters, digits, dots and hyphens, such as jambi-2028."))
    if any(file.stem.casefold() == stem.casefold() for file in work.files()):
        raise InputError(_taken())
    return stem


def _written(work: Workspace, stem: str, text: str) -> ScenarioFile:
    """Write a new scenario file, which must be in order."""
    target = work.folder / f"{stem}.yaml"
    read_located_text(text, name=target.name, folder=work.folder)
    with _MAKING:
        if target.exists():
            raise InputError(_taken())
        write_whole(target, text)
    return ScenarioFile(target.name, target)


def _taken() -> str:
    return _("There is a scenario of this name already; choose another.")


def _of_sent(work: Workspace, name: str, sent: bytes) -> str:
    """The scenario in a file that was sent, as YAML text; InputError with all its problems."""
    if len(sent) > LARGEST:
        raise InputError(_("This file is larger than a scenario can be (10 MB)."))
    if not sent.startswith(b"PK"):
        try:
            text = sent.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(_("This is neither a workbook nor a text in UTF-8.")) from None
        return text
    with TemporaryDirectory() as folder:
        path = Path(folder) / name.replace(".yaml", ".xlsx")
        write_whole(path, sent, flush=False)
        try:
            return scenario_text(read_located(path).scenario)
        except InputError as error:
            raise InputError(replace(problem, file="") for problem in error.problems) from None


def _copied(source: ScenarioFile, stem: str) -> str:
    """The text of a scenario file with another id, so that its results do not replace those of the first."""
    text = source.text() if source.is_text else scenario_text(source.load().scenario)
    changed = _ID.sub(lambda found: found[1] + stem, text, count=1)
    if read_located_text(changed, name=stem, folder=source.path.parent).scenario.id != stem:
        raise InputError(_("The id of this scenario cannot be changed here; copy its file and change `id` yourself."))
    return changed
