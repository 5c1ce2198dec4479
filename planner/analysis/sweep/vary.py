"""The grid of varied inputs: paths of the scenario, or short names for common questions, each with its values.

For a path, the scenario file is read again with that setting, so that all rules of the format apply. A short name
changes the scenario that was read, because it stands for several amounts:

    own-budget        the total of all own funds, divided as they are now [rupiah, or a share of today's total]
    partner:ID        what one partner gives [rupiah: its money; a share: its money and free seats]
    partners          what all partners offer, money and free seats [share]
    prices            what everything costs [share of today's prices]
    closes            how well training works [share of today's chances that it closes a gap]
    uptake            how many are willing [share of today's]
    each-agency       what is closed in every agency at least [share of its need], as a further hard rule
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final

from planner.analysis.scenarios.assumptions import with_effectiveness, with_willingness
from planner.analysis.scenarios.scaling import own_budget, with_offers, with_own_budget, with_prices
from planner.analysis.scenarios.variants import unique_rule_name, with_amounts, with_rules
from planner.analysis.sweep.values import MOST_VALUES, Kind, Value, common_kind, read_value, read_values, written
from planner.domain.checks.did_you_mean import near, suggestion
from planner.domain.checks.validation import ensure_valid
from planner.domain.rules import Limit, Rule
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io import read_located
from planner.units.numbers import MAX_RUPIAH, not_a_share, read_rupiah

OWN: Final = "own-budget"
PARTNER: Final = "partner:"
PARTNERS: Final = "partners"
PRICES: Final = "prices"
CLOSES: Final = "closes"
UPTAKE: Final = "uptake"
EACH_AGENCY: Final = "each-agency"
SHORT_NAMES: Final = (OWN, PARTNER, PARTNERS, PRICES, CLOSES, UPTAKE, EACH_AGENCY)

MOST: Final[Mapping[str, int]] = {PRICES: 100, CLOSES: 10, UPTAKE: 10, EACH_AGENCY: 1}
"""Largest share that a short name takes; without one here, none."""

MONEY_KEYS: Final = frozenset({"amount", "minimum", "price", "cost", "default", "of", "other_countable"})
"""Last keys of paths whose plain numbers are rupiah."""


@dataclass(frozen=True)
class Axis:
    """A varied input with its values."""

    path: str
    values: tuple[Value, ...]
    kind: Kind

    @property
    def numeric(self) -> bool:
        """Whether the values are quantities of one kind, so that they can be drawn along a line."""
        return self.kind != "text"


@dataclass(frozen=True)
class GridCell:
    """A point of the grid: its index on each axis and its scenario, or the problem if there is none."""

    position: tuple[int, ...]
    scenario: Scenario | None
    problem: str = ""


@dataclass(frozen=True)
class Grid:
    """All combinations of the varied values."""

    axes: tuple[Axis, ...]
    cells: tuple[GridCell, ...]

    def values(self, cell: GridCell) -> tuple[Value, ...]:
        return tuple(axis.values[n] for axis, n in zip(self.axes, cell.position, strict=True))


def read_grid(file: str | os.PathLike[str], changes: Sequence[str], asked: Sequence[str]) -> Grid:
    """Return the grid for `asked` ("PATH=VALUES", …) and the scenario in `file` with `changes`.

    Raises InputError with all problems at once, also for a value that is impossible in every combination. A single
    impossible combination is a cell without a scenario.
    """
    scenario = read_located(file, changes).scenario
    problems: list[Problem] = []
    axes: list[Axis] = []
    for text in asked:
        try:
            axis = _axis(scenario, text)
        except ValueError as error:
            problems.append(_problem(text.partition("=")[0].strip() or text, str(error)))
            continue
        if any(axis.path == other.path for other in axes):
            problems.append(_problem(axis.path, _("this is varied twice.")))
        else:
            axes.append(axis)
    count = prod(len(axis.values) for axis in axes)
    if count > MOST_VALUES:
        message = _("the grid has {count} points; at most {most} are allowed. Use larger STEPs.")
        raise InputError([*problems, Problem(message.format(count=count, most=MOST_VALUES), path="--vary")])
    try:
        grid = _GridReader(file, tuple(changes), tuple(axes), scenario).grid()
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return grid


def read_point(file: str | os.PathLike[str], scenario: Scenario, chosen: Mapping[str, str]) -> Scenario:
    """Return the `scenario` of `file` with one value for each path or short name. InputError with all problems."""
    problems: list[Problem] = []
    axes: list[Axis] = []
    for path, text in chosen.items():
        try:
            axes.append(_axis_of(scenario, path, (read_value(text.strip()),)))
        except ValueError as error:
            problems.append(Problem(str(error), path=path))
    if problems:
        raise InputError(problems)
    cell = _GridReader(file, (), tuple(axes), scenario).grid().cells[0]
    assert cell.scenario is not None  # a value without a scenario in the only cell is refused
    ensure_valid(cell.scenario)
    return cell.scenario


class _GridReader:
    """Reads the scenarios of all cells; files are read once per combination of settings."""

    def __init__(
        self, file: str | os.PathLike[str], changes: tuple[str, ...], axes: tuple[Axis, ...], scenario: Scenario
    ) -> None:
        self.file, self.changes, self.axes, self.today = file, changes, axes, scenario
        self._read: dict[tuple[str, ...], Scenario | tuple[Problem, ...]] = {(): scenario}

    def grid(self) -> Grid:
        cells: list[GridCell] = []
        faults: dict[tuple[int, ...], tuple[Problem, ...]] = {}
        for position in product(*(range(len(axis.values)) for axis in self.axes)):
            found = self._at(position)
            if isinstance(found, Scenario):
                cells.append(GridCell(position, found))
            else:
                faults[position] = found
                cells.append(GridCell(position, None, "; ".join(str(problem) for problem in found)))
        self._refuse_impossible(cells, faults)
        return Grid(self.axes, tuple(cells))

    def _at(self, position: tuple[int, ...]) -> Scenario | tuple[Problem, ...]:
        chosen = [(axis, axis.values[n]) for axis, n in zip(self.axes, position, strict=True)]
        settings = tuple(f"{axis.path}={value.text}" for axis, value in chosen if not _is_short_name(axis.path))
        if settings not in self._read:
            try:
                self._read[settings] = read_located(self.file, (*self.changes, *settings)).scenario
            except InputError as error:
                self._read[settings] = tuple(self._named(problem, settings) for problem in error.problems)
        found = self._read[settings]
        if isinstance(found, Scenario):
            for axis, value in chosen:
                if _is_short_name(axis.path):
                    found = _with_short_name(found, axis.path, value, self.today)
        return found

    def _named(self, problem: Problem, settings: tuple[str, ...]) -> Problem:
        """Return the problem with `--vary` in place of `--set`; a problem of a file with the settings added."""
        if problem.path.startswith("--set "):
            return problem._replace(path="--vary " + problem.path.removeprefix("--set "))
        message = _("with {settings}: {message}").format(settings=", ".join(settings), message=problem.message)
        return problem._replace(message=message)

    def _refuse_impossible(self, cells: Sequence[GridCell], faults: dict[tuple[int, ...], tuple[Problem, ...]]) -> None:
        """Raise InputError if a value of an axis has no scenario in any cell."""
        problems_by_order: dict[Problem, None] = {}
        for number, axis in enumerate(self.axes):
            possible = {cell.position[number] for cell in cells if cell.scenario is not None}
            for n in range(len(axis.values)):
                if n not in possible:
                    position = next(position for position in faults if position[number] == n)
                    problems_by_order.update(dict.fromkeys(faults[position]))
        if problems_by_order:
            raise InputError(problems_by_order)


def _axis(scenario: Scenario, text: str) -> Axis:
    """Return the axis of one --vary. Raise ValueError with a message for the planner."""
    path, equals, written = text.partition("=")
    path = path.strip()
    if not equals or not path:
        raise ValueError(_("write PATH=FROM:TO:STEP or PATH=VALUE,VALUE,…"))
    if not _is_short_name(path):
        _refuse_misspelt(path)
    return _axis_of(scenario, path, read_values(written))


def _axis_of(scenario: Scenario, path: str, read: Sequence[Value]) -> Axis:
    """Return the axis of a path or short name with these values. Raise ValueError with a message for the planner."""
    if not _is_short_name(path):
        values = tuple(read)
        kind = common_kind(values)
        if kind == "number" and _is_money(path, values):
            kind = "rupiah"
        return Axis(path, values, kind)
    _refuse_unknown_fund(scenario, path)
    values = tuple(_short_name_value(scenario, path, value) for value in read)
    if len({value.kind for value in values}) > 1:
        raise ValueError(_("write all values of '{path}' in one unit.").format(path=path))
    return Axis(path, values, values[0].kind)


def _is_short_name(path: str) -> bool:
    return path.startswith(PARTNER) or path in (OWN, PARTNERS, *MOST)


def _is_money(path: str, values: Sequence[Value]) -> bool:
    steps = path.split(".")
    whole = all(value.number is not None and value.number.denominator == 1 for value in values)
    return whole and (steps[-1] in MONEY_KEYS or "price" in steps[:-1])


def _refuse_misspelt(path: str) -> None:
    """Raise ValueError for a misspelt short name; other paths are left to the reader of settings."""
    if "." not in path and path not in Scenario.model_fields:
        known = (*SHORT_NAMES[:1], PARTNER + "ID", *SHORT_NAMES[2:], *Scenario.model_fields)
        closest = near(path, known)
        if closest is None or closest in known[: len(SHORT_NAMES)]:
            message = _("there is no '{name}' in the scenario.").format(name=path)
            raise ValueError(f"{message} {suggestion(path, known)}")


def _refuse_unknown_fund(scenario: Scenario, path: str) -> None:
    """Raise ValueError if a short name refers to funds that the scenario does not have."""
    partners = [fund.id for fund in scenario.funds if not fund.own]
    if path == OWN and len(partners) == len(scenario.funds):
        raise ValueError(_("this scenario has no own funds."))
    if path == PARTNERS and not partners:
        raise ValueError(_("this scenario has no partners."))
    if path.startswith(PARTNER) and (name := path.removeprefix(PARTNER)) not in partners:
        if name in scenario.fund:
            raise ValueError(
                _("'{id}' is an own fund, not a partner. Vary own-budget, or funds.{id}.amount.").format(id=name)
            )
        raise ValueError(f"{_("there is no partner '{name}'.").format(name=name)} {suggestion(name, partners)}".strip())


def _short_name_value(scenario: Scenario, path: str, value: Value) -> Value:
    """Return a value of a short name in its unit. Raise ValueError with a message for the planner."""
    number, kind = value.number, value.kind
    if number is None or number < 0:
        raise ValueError(_reason(path, value.text))
    if path in (PARTNERS, *MOST):
        if kind == "rupiah":
            raise ValueError(_("'{path}' takes shares of the present value, such as 90%.").format(path=path))
        if path in MOST and number > MOST[path]:
            if path == PRICES:
                raise ValueError(_("prices of more than {most}% cannot be planned.").format(most=MOST[path] * 100))
            raise ValueError(_("'{path}' is at most {most}%.").format(path=path, most=MOST[path] * 100))
        if path == CLOSES and not number:
            raise ValueError(_("'{path}' must be above 0.").format(path=path))
        return replace(value, kind="share")
    if kind == "share":
        if path != OWN:
            return value
        number = Fraction(int(own_budget(scenario) * number + Fraction(1, 2)))
    if number.denominator != 1:
        raise ValueError(_("'{value}' is not a whole number of rupiah.").format(value=value.text))
    if number >= MAX_RUPIAH:
        raise ValueError(_("'{value}' is too large: amounts must be below 10^15 rupiah.").format(value=value.text))
    return Value(str(number), "rupiah", number)


def _reason(path: str, text: str) -> str:
    """Return why a text is no quantity of a short name, in the words with which scenarios refuse it, and what to
    write."""
    if re.match(r"[-\u2212\u2013]\s*\d", text):
        return _("this number cannot be negative ({value}).").format(value=text)
    if path in (PARTNERS, *MOST) or re.search("%|persen", text.lower()):
        return not_a_share(text)
    try:
        read_rupiah(text)
    except ValueError as error:
        return str(error)
    return _("'{value}' is not a valid quantity for '{path}'.").format(value=text, path=path)


def _with_short_name(scenario: Scenario, path: str, value: Value, today: Scenario) -> Scenario:
    """Return `scenario` changed as a short name and its value say; shares are relative to the scenario `today`."""
    number = value.number or Fraction(0)
    if path == OWN:
        return with_own_budget(scenario, int(number))
    if path == PRICES:
        return with_prices(scenario, number)
    if path == CLOSES:
        return with_effectiveness(scenario, number)
    if path == UPTAKE:
        return with_willingness(scenario, number)
    if path == EACH_AGENCY:
        return _with_floor(scenario, number)
    if path == PARTNERS:
        return with_offers(scenario, [fund.id for fund in scenario.funds if not fund.own], number)
    partner = path.removeprefix(PARTNER)
    if partner not in scenario.fund:
        return scenario
    if value.kind == "share":
        return with_offers(scenario, [partner], number)
    return with_amounts(scenario, {partner: int(number)})


def _with_floor(scenario: Scenario, share: Fraction) -> Scenario:
    """Return `scenario` with the rule that this share of the gaps of every agency is closed."""
    if not share:
        return scenario
    name = unique_rule_name(scenario, _("every agency: at least {share}").format(share=written(share, "share")))
    taken = {rule.id for rule in scenario.rules}
    own = next(each for number in range(len(taken) + 1) if (each := f"{EACH_AGENCY}-{number}") not in taken)
    limit = Limit(value=share, is_share=True)
    return with_rules(scenario, Rule(id=own, name=name, measure="gaps_closed", per="agency", at_least=limit))


def _problem(path: str, message: str) -> Problem:
    return Problem(message, path=f"--vary {path}")
