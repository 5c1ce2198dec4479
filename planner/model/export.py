"""The model for other solvers and for auditors: an MPS or LP file, and a key to its names and its objective."""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

from planner.domain.rule_families import family_of
from planner.domain.scenario import Scenario
from planner.errors import InputError, reason_of
from planner.locale import N_, _
from planner.model.build import Model, build
from planner.model.free_seats import SeatProfile
from planner.model.model_files import OBJECTIVE, PlainProblem, lp_lines, mps_lines, plain_problem, sign
from planner.model.variables import VARIABLE_FAMILIES
from planner.payments.pools import CostPool
from planner.spreadsheets.text_cells import inert
from planner.units.said import decimal_text
from planner.whole_file import write_together

HELPER: Final = N_("fixed at its only value: for a constant, or where a row or the objective would have no variable")
"""Meaning of a variable that belongs to no family."""

UNITS: Final = {
    "gaps_closed": N_("weighted gaps, less the penalties of soft rules"),
    "smallest_coverage": N_("share from 0 to 1"),
    "own_cost": N_("rupiah"),
    "total_cost": N_("rupiah"),
}
"""Unit of the value of each goal."""


def write_model(scenario: Scenario, path: Path) -> Path:
    """Write the model of `scenario` to `path` (.mps or .lp), and beside it the key; return the key's path.

    The file is always to be minimised. Its objective is the first level, negated where that is maximised; the first
    comment of the file and the line `objective` of the key give the factor from the minimum to the level in the
    scenario's units.

    The key (`<name>.key.csv`) has a line per level, variable, row and cost pool: kind, solver name, family,
    what it is about, meaning. Levels after the first are in the key alone.

    InputError where the path has another ending or cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in (".mps", ".lp"):
        raise InputError(_("'{file}' must end in .mps or .lp, which selects the format.").format(file=path.name))
    model = build(scenario)
    plain = plain_problem(model.problem)
    lines = (mps_lines if suffix == ".mps" else lp_lines)(plain, _objective(model))
    key = path.with_suffix(".key.csv")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["kind", "name", "family", "about", "meaning"])
    writer.writerows(_key(model, plain))
    try:
        text = "".join(f"{line}\n" for line in lines).encode("ascii")
        write_together({path: text, key: table.getvalue().encode("utf-8-sig")})
    except OSError as error:
        raise InputError(
            _("'{file}' cannot be written: {reason}.").format(file=path, reason=reason_of(error))
        ) from None
    return key


def _factor(model: Model) -> str:
    """Return the factor from the minimum of the file to the first level in the scenario's units."""
    return decimal_text(sign(model.problem) * Fraction(repr(model.goals[0].scale)))


def _objective(model: Model) -> str:
    """Return what the optimum of the file means, in words."""
    goal = model.goals[0].level.goal
    return _("the file is minimised: {goal} = {factor} x its minimum [{unit}]").format(
        goal=goal, factor=_factor(model), unit=_(UNITS[goal])
    )


def _key(model: Model, plain: PlainProblem) -> Iterator[list[str]]:
    """Yield the lines of the key."""
    unit = _("one money unit is Rp{unit}").format(unit=model.parts.unit)
    yield ["unit", "", "", "", unit]
    yield ["objective", OBJECTIVE, model.goals[0].level.goal, _factor(model), _objective(model)]
    for number, goal in enumerate(model.goals):
        text = f"{goal.sense} {goal.level.goal}" + (f" by {goal.level.by}" if goal.level.by else "")
        yield ["level", str(number), "", text, _("in the objective") if number == 0 else _("optimised later")]
    explained: set[str] = set()
    for family, members in model.variables.families().items():
        for member, variable in members.items():
            explained.add(variable.name)
            yield ["variable", variable.name, family, _about(member), _(VARIABLE_FAMILIES[family].meaning)]
    for column in plain.columns:
        if column.name not in explained:
            yield ["variable", column.name, "helper", "", _(HELPER)]
    for row in plain.rows:
        if row.name in model.rows:
            family, row_key = model.rows[row.name]
            yield ["row", row.name, family, _about(row_key), _(family_of(family).title)]
        else:
            yield ["row", row.name, "helper", "", ""]
    for number, pool in enumerate(model.parts.pools.members):
        yield ["pool", str(number), "", _about_pool(pool), ""]


def _about(member: Hashable) -> str:
    """Return a key of the model in words: ids, joined."""
    parts = member if isinstance(member, tuple) else (member,)
    return " | ".join(inert(p.programme if isinstance(p, SeatProfile) else str(p)) for p in parts)


def _about_pool(pool: CostPool) -> str:
    about = [_("payers") + ": " + ", ".join(pool.payers)]
    if pool.programme is not None:
        about.append(_("programme") + ": " + pool.programme)
    if pool.period is not None:
        about.append(_("period") + ": " + pool.period)
    return "; ".join(about)
