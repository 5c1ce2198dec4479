"""New scenario files: from a file that a planner sends, or as a copy of another."""

from __future__ import annotations

import re
from dataclasses import replace
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
    stem = re.sub(r"\.(ya?ml|xlsx)$", "", name.strip(), flags=re.IGNORECASE)
    if not _NAME.fullmatch(stem):
        raise InputError(_("Give a name of letters, digits, dots and hyphens, such as jambi-2028."))
    target = work.folder / f"{stem}.yaml"
    if any(file.name.casefold().rsplit(".", 1)[0] == stem.casefold() for file in work.files()):
        raise InputError(_("There is a scenario of this name already; choose another."))
    text = _of_sent(work, target.name, sent) if sent else _copied(work.file(source), stem)
    with _MAKING:
        if target.exists():
            raise InputError(_("There is a scenario of this name already; choose another."))
        write_whole(target, text)
    return ScenarioFile(target.name, target)


def _of_sent(work: Workspace, name: str, sent: bytes) -> str:
    """The scenario in a file that was sent, as YAML text; InputError with all its problems."""
    if len(sent) > LARGEST:
        raise InputError(_("This file is larger than a scenario can be (10 MB)."))
    if not sent.startswith(b"PK"):
        try:
            text = sent.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(_("This is neither a workbook nor a text in UTF-8.")) from None
        read_located_text(text, name=name, folder=work.folder)
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
