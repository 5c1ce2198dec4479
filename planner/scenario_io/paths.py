"""Files that a scenario names: relative to the file that names them, and never outside its folder."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Final

from planner.locale import _
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tree import Path as TreePath
from planner.scenario_io.tree import Place

_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_ENCODED: Final = re.compile(r"%(?:2e|2f|5c|00)", re.IGNORECASE)


def sibling(named: str, folder: Path | None, place: Place, path: TreePath) -> Path:
    """Return the file `named` by a scenario in `folder`, in that folder or below; raises Refused.

    A scenario that was given as text may have no folder, and then names no files.
    """

    def refuse(message: str, remedy: str) -> Refused:
        return Refused(located(place, message.format(name=_cut(named)), remedy, path))

    beside = _("Name a file in the folder of the scenario or below it.")
    parts = named.split("/")
    if not named or any(ord(character) < 32 or ord(character) == 127 for character in named):
        raise refuse(_("this is not a file name."), beside)
    if "\\" in named or ":" in named:
        raise refuse(_("the path '{name}' has a backslash or a drive."), _("Write folders with '/'.") + " " + beside)
    if named.startswith(("/", "~")):
        raise refuse(_("the path '{name}' is not relative to the scenario."), beside)
    if ".." in parts or _ENCODED.search(named):
        raise refuse(_("the path '{name}' leaves the folder of the scenario."), beside)
    if any(_DEVICES.match(part) or part != part.rstrip(" .") for part in parts if part != "."):
        raise refuse(_("'{name}' is a name that Windows keeps for itself."), _("Rename the file."))
    if folder is None:
        raise refuse(
            _("a scenario without a folder cannot name the file '{name}'."),
            _("Give its folder, or write out the content."),
        )
    target = folder / named
    try:
        inside = target.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
    except FileNotFoundError:
        raise refuse(_("there is no file '{name}' beside this one."), _nearest(target)) from None
    except (OSError, RuntimeError, ValueError):
        raise refuse(_("the file '{name}' cannot be reached."), beside) from None
    if not inside:
        raise refuse(_("the path '{name}' leads out of the folder of the scenario through a link."), beside)
    return target


def read_bytes(path: Path, most: int, place: Place, tree_path: TreePath = ()) -> bytes:
    """Return the bytes of a regular file of at most `most` bytes; raises Refused."""

    def refuse(message: str, remedy: str = "") -> Refused:
        return Refused(located(place, message.format(name=path), remedy, tree_path))

    try:
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise refuse(_("'{name}' is not a regular file."))
            data = file.read(most + 1) if status.st_size <= most else b""
    except FileNotFoundError:
        raise refuse(_("there is no file '{name}'."), _nearest(path)) from None
    except IsADirectoryError:
        raise refuse(_("'{name}' is a folder, not a file.")) from None
    except PermissionError:
        raise refuse(_("'{name}' may not be read."), _("Check the permissions of the file.")) from None
    except (OSError, ValueError):
        raise refuse(_("'{name}' cannot be read.")) from None
    refuse_too_large(max(status.st_size, len(data)), most, str(path), place, tree_path)
    return data


def refuse_too_large(size: int, most: int, name: str, place: Place, tree_path: TreePath = ()) -> None:
    """Raise Refused if `size` is above `most` [bytes]."""
    if size > most:
        message = _("'{name}' is larger than {limit} MB.").format(name=name, limit=most // 10**6)
        raise Refused(located(place, message, _("Move large lists into tables of their own (table: …)."), tree_path))


def _without_waiting(path: str, flags: int) -> int:
    """Open without waiting for a writer, should the name be that of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _nearest(path: Path) -> str:
    """Return the similar name that exists in its place, if there is one."""
    from planner.domain.checks.did_you_mean import did_you_mean

    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except (OSError, ValueError):
        names = []
    return did_you_mean(path.name, names) or _("Check the name and the folder.")


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"
