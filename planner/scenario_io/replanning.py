"""A stored scenario with what has happened since: the scenario that a replan is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from planner.locale import _
from planner.scenario_io.documents import RESOLVED, Documents, merged_tree, with_changes
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.reading import LoadedScenario, checked
from planner.scenario_io.tables.actuals_tables import lists_in
from planner.scenario_io.tables.competency_columns import competencies_of, with_ids
from planner.scenario_io.tree import Listing, Mapping, Place, Scalar, plain

_OVER: Final = ("attended", "held", "paid", "seats")
"""Lists of what is over; their latest period is the one up to which they go."""


def read_with_actuals(
    scenario: Path, table: Path, through: str | None, horizon: Sequence[str], changes: Sequence[str] = ()
) -> LoadedScenario:
    """Return the resolved scenario in a file, with the actuals in `table` up to the period `through`, and with
    `changes`.

    Without `through` it is the latest period of the table. The id of the scenario gets the period as an ending, so that
    its results stand beside those of the first plan. Raises InputError with all problems, each at its place in the
    table.
    """
    documents = Documents(limits=RESOLVED)
    root = merged_tree(scenario, (), documents)
    place = Place(str(table))
    try:
        if not table.exists():
            message = _("there is no file '{name}'.").format(name=table)
            raise Refused(located(place, message, _("planner template --actuals writes one to fill in.")))
        lists = lists_in(documents.expansion, table, place, ("actuals",), _called(root))
    except Refused as refused:
        documents.problems.extend([refused.problem])
        documents.problems.raise_any()
        raise
    with_ids(documents.expansion.made, competencies_of(root), documents.problems, documents.notices)
    last = through or _latest(lists, horizon)
    before = root.entries.get("actuals")
    actuals = Mapping({}, {}, place)
    actuals.put("through", Scalar(last, place), place)
    for name, rows in lists.items():
        actuals.put(name, rows, place)
    root.put("actuals", actuals, place)
    identity = root.entries.get("scenario")
    if isinstance(identity, Mapping) and isinstance(identity.entries.get("id"), Scalar):
        first = _first_id(str(plain(identity.entries["id"])), before)
        identity.put("id", Scalar(f"{first}-{_slug(last)}", identity.place), identity.place)
    root = with_changes(root, scenario, changes, documents)
    return checked(root, documents.problems, documents.files, documents.notices)


def _called(root: Mapping) -> dict[str, str]:
    """Return the ids of the competencies by what workbooks call them."""
    rows = plain(root.entries["competencies"]) if "competencies" in root.entries else []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row.get("name") or row.get("id")): str(row.get("id")) for row in rows}


def _latest(lists: dict[str, Listing], horizon: Sequence[str]) -> str:
    """Return the latest period of what is over; the first of the horizon where the table names none."""
    places = {period: place for place, period in enumerate(horizon)}
    found = []
    for name in _OVER:
        rows = plain(lists[name]) if name in lists else []
        assert isinstance(rows, list)
        found += [places.get(str(row.get("period")), 0) for row in rows if isinstance(row, dict)]
    return horizon[max(found, default=0)]


def _first_id(name: str, before: object) -> str:
    """Return the id without the ending that an earlier replan gave it."""
    if isinstance(before, Mapping) and "through" in before.entries:
        return name.removesuffix(f"-{_slug(str(plain(before.entries['through'])))}")
    return name


def _slug(period: str) -> str:
    """Return a period as the ending of an id."""
    return re.sub(r"[^a-z0-9._-]+", "-", period.lower()).strip("-") or "sisa"
