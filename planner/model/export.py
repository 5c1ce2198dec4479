"""The model for other solvers and for auditors: an MPS or LP file, and a key to its names."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Final

import pulp

from planner.domain.cost_pools import CostPool
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import N_, _
from planner.model.build import Model, build
from planner.model.free_seats import SeatProfile

MEANINGS: Final = {
    "participants": N_("participants of the group in the programme in the period [people]"),
    "trained": N_("participants of the group in the programme over all periods [people]"),
    "classes": N_("classes of the programme held in the period"),
    "runs": N_("1 if the programme runs at all"),
    "socialized": N_("1 if the group receives socialization"),
    "used": N_("1 if the fund is used"),
    "free_seats": N_("free seats of the fund among seats that cost alike [people]"),
    "paid": N_("paid by the fund for the cost pool [money units]"),
    "closed": N_("expected gaps closed of the group in the competency [people]"),
    "full": N_("1 if all willing people of the group are trained in the competency"),
    "missed": N_("by how much the soft rule misses its bound"),
    "worst": N_("coverage of the worst-off bucket [0-1]"),
}
"""What a variable of each family means."""


def write_model(scenario: Scenario, path: Path) -> Path:
    """Write the model of `scenario` to `path` (.mps or .lp), and beside it the key; return the key's path.

    The key (`<name>.key.csv`) has a line per variable, row and cost pool: kind, solver name, family,
    what it is about, meaning. The objective is the first level; further levels are in the key.
    """
    suffix = path.suffix.lower()
    if suffix not in (".mps", ".lp"):
        raise InputError(
            _("'{file}' must end in .mps or .lp: that says which format is written.").format(file=path.name)
        )
    model = build(scenario)
    try:
        if suffix == ".mps":
            model.problem.writeMPS(str(path), with_objsense=True)
        else:
            model.problem.writeLP(str(path))
        key = path.with_suffix(".key.csv")
        with key.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["kind", "name", "family", "about", "meaning"])
            writer.writerows(_key(model))
    except (OSError, pulp.PulpError) as error:  # PuLP writes its files by a library that raises the latter
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(_("'{file}' cannot be written: {reason}.").format(file=path, reason=reason)) from None
    return key


def _key(model: Model) -> Iterator[list[str]]:
    """The lines of the key."""
    unit = _("one money unit is Rp{unit}").format(unit=model.parts.unit)
    yield ["unit", "", "", "", unit]
    for number, goal in enumerate(model.goals):
        said = f"{goal.sense} {goal.level.goal}" + (f" by {goal.level.by}" if goal.level.by else "")
        yield ["level", str(number), "", said, _("in the objective") if number == 0 else _("optimised later")]
    for family, members in model.variables.families().items():
        for member, variable in members.items():
            yield ["variable", variable.name, family, _about(member), _(MEANINGS[family])]
    for name, (family, row_key) in model.rows.items():
        yield ["row", name, family, _about(row_key), ""]
    for number, pool in enumerate(model.parts.pools.members):
        yield ["pool", str(number), "", _about_pool(pool), ""]


def _about(member: Hashable) -> str:
    """A key of the model in words: ids, joined."""
    parts = member if isinstance(member, tuple) else (member,)
    return " | ".join(_guarded(p.programme if isinstance(p, SeatProfile) else str(p)) for p in parts)


def _about_pool(pool: CostPool) -> str:
    about = [_("payers") + ": " + ", ".join(pool.payers)]
    if pool.programme is not None:
        about.append(_("programme") + ": " + pool.programme)
    if pool.period is not None:
        about.append(_("period") + ": " + pool.period)
    return "; ".join(about)


def _guarded(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" and text else text
