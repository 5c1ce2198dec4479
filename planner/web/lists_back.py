"""Participants' lists that came back, for the names of a plan of what is left: they say who attended what is over.

They lie in a hidden folder beside the scenarios until they are put away or others take their place.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from planner.errors import InputError, Problem
from planner.locale import _
from planner.store.swap import put_in_place
from planner.web.sent_tables import ASIDE
from planner.web.workspace import LARGEST_UPLOAD, ScenarioFile
from planner.whole_file import write_whole

FOLDER: Final = "daftar-peserta"
MOST: Final = 200
"""Most workbooks."""
_SAFE: Final = re.compile(r"\w[\w (),.-]{0,120}\.xlsx")
"""Names of workbooks that are safe to keep."""


def lists_of(file: ScenarioFile) -> list[Path]:
    """Return the lists that came back for the plan of a scenario."""
    return sorted(folder_of(file).glob("*.xlsx"))


def folder_of(file: ScenarioFile) -> Path:
    """Return the folder of these lists; it may not exist."""
    return file.path.parent / ASIDE / file.name / FOLDER


def put_lists_away(file: ScenarioFile) -> None:
    """Remove the lists that came back for the plan of a scenario."""
    shutil.rmtree(folder_of(file), ignore_errors=True)


@contextmanager
def taken(file: ScenarioFile, sent: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a folder with the lists that were sent; they replace the earlier ones unless the block raises.

    Raises InputError where they are no lists; problems of lists are told by the name under which they were sent.
    """
    if not sent:
        raise InputError(_("Choose the participants' lists that came back."))
    if sum(map(len, sent.values())) > LARGEST_UPLOAD or len(sent) > MOST:
        raise InputError(_("These are more lists than are taken here (10 MB, {most} workbooks).").format(most=MOST))
    for name, content in sent.items():
        if not _SAFE.fullmatch(name) or not content.startswith(b"PK"):
            raise InputError(_("{name}: send the lists as Excel workbooks (.xlsx).").format(name=name[:80]))
    trial = folder_of(file).with_name("daftar-kiriman")
    shutil.rmtree(trial, ignore_errors=True)
    trial.mkdir(parents=True)
    try:
        for name, content in sent.items():
            write_whole(trial / name, content)
        try:
            yield trial
        except InputError as error:
            raise InputError([_called(problem, trial) for problem in error.problems]) from None
        put_in_place(trial, folder_of(file))
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _called(problem: Problem, folder: Path) -> Problem:
    """Return a problem without its file where it is about all lists together."""
    return problem._replace(file="") if problem.file == str(folder) else problem
