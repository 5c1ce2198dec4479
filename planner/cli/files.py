"""Files that a command writes: whole or not at all, and never over files of others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from planner.errors import InputError, Problem
from planner.locale import _
from planner.whole_file import making, write_whole

SCHEMA: Final = "skema.json"
"""Name of the schema that editors of scenarios use; `scenario_io.writing` names it in each file."""


def refuse_to_overwrite(path: Path, *, ours: bool, force: bool) -> None:
    """Raise InputError if `path` is a folder, cannot be written, or exists and is neither `ours` nor forced."""
    if path.is_dir():
        raise InputError([Problem(_("this is a folder, not a file."), file=str(path))])
    if (path.exists() or path.is_symlink()) and not ours and not force:
        raise InputError([Problem(_("this file exists."), _("Use --force to overwrite it."), file=str(path))])
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise InputError([Problem(_("cannot be written here."), _("Choose another place."), file=str(path))])


def write_file(path: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, whole or not at all; create missing folders."""
    with making(path.parent):
        write_whole(path, content)


def shell_quoted(path: str) -> str:
    """Return the path quoted for a shell."""
    import shlex

    return shlex.quote(path)
