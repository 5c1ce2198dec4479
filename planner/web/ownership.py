"""Whose a scenario is: accounts that are limited to some agencies see and write only those of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import InputError
from planner.locale import _
from planner.web.acting import actor

if TYPE_CHECKING:
    from planner.scenario_io import LoadedScenario
    from planner.web.workspace import ScenarioFile


class NotYours(InputError):
    """A scenario is not open to the acting user."""


def agency_in(text: str) -> str | None:
    """Return the agency that a text names which is no scenario yet; None where it names none."""
    found = _plain(text).get("scenario")
    agency = found.get("agency") if isinstance(found, dict) else None
    return agency if isinstance(agency, str) else None


def is_open(file: ScenarioFile) -> bool:
    """Return whether the acting user may read a scenario file."""
    agencies = actor().agencies("reader")
    return agencies is None or file.agency in agencies


def ensure_open_bases(file: ScenarioFile, loaded: LoadedScenario) -> None:
    """Raise NotYours where a scenario builds on one that the acting user may not read."""
    if actor().agencies("reader") is not None:
        for path in loaded.files:
            if path.name != file.name:
                _ensure_open(file, path.name)


def ensure_writable(file: ScenarioFile, text: str) -> None:
    """Raise NotYours unless the acting user may make `text` of a file: for an agency of theirs, on a base they see."""
    agencies = actor().agencies("planner")
    if agencies is None:
        return
    try:
        agency = file.checked_text(text).scenario.scenario.agency
    except InputError:
        base = _plain(text).get("extends")
        if isinstance(base, str):
            _ensure_open(file, base)
        agency = agency_in(text)
    if (agency or "") not in agencies:
        named = ", ".join(sorted(agencies)) or _("none")
        words = _("Your account plans for these agencies: {agencies}. The scenario must name one of them.")
        raise NotYours(words.format(agencies=named))


def _ensure_open(file: ScenarioFile, name: str) -> None:
    from planner.web.workspace import KINDS

    base = file.beside(name)
    if base.path.suffix.lower() in KINDS and base.path.is_file() and not is_open(base):
        raise NotYours(_("It builds on {name}, which is not open to your account.").format(name=base.name))


def _plain(text: str) -> dict[Any, Any]:
    """Return the top of a text as plain data; nothing where it is none."""
    import yaml

    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
