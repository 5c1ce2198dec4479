"""What the what-if page lets a planner change: the words of `whatif --vary`, each with its range and its value now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final, Literal

from planner.analysis.parameters import typed_rupiah
from planner.analysis.scenarios.scaling import own_budget
from planner.analysis.sweep.vary import CLOSES, EACH_AGENCY, OWN, PARTNER, PRICES, UPTAKE, read_point
from planner.domain.funds import Fund
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import N_, _, language_in_force, ngettext
from planner.report.views.answers.sweep import NAMES
from planner.report.wording.formats import Formats
from planner.web.workspace import ScenarioFile

Part = Literal["own", "partners", "prices", "floors", "effects", "amounts"]

PARTS: Final[Mapping[Part, str]] = {
    "own": N_("Own money"),
    "partners": N_("Partners"),
    "prices": N_("Prices"),
    "floors": N_("Coverage floors"),
    "effects": N_("Effectiveness and willingness"),
    "amounts": N_("Amounts fund by fund"),
}
"""The parts of the page, in their order."""
RANGES: Final[Mapping[str, tuple[int, int, int]]] = {
    PRICES: (80, 150, 1),
    CLOSES: (50, 120, 1),
    UPTAKE: (50, 120, 1),
    EACH_AGENCY: (0, 100, 1),
}
"""(least, most, step) of the slider of a short name [percent]; what is typed may go further."""
OF_MONEY: Final = (0, 200, 1)
"""(least, most, step) of the slider of money, in percent of its amount now."""
MOST_AMOUNTS: Final = 60
"""Most amounts that are shown fund by fund."""


@dataclass(frozen=True)
class Lever:
    """One thing that can be changed: a field, with a slider where it goes from a least to a most."""

    path: str
    """Its name in `whatif --vary`, and in the address of the page."""
    part: Part
    label: str
    now: str
    """The value now, as it is read."""
    at: int | None = None
    """Where the slider stands now [percent]; None for a field without a slider."""
    least: int = 0
    most: int = 0
    step: int = 1
    amount: int | None = None
    """What 100% is [rupiah]; None where it is no money."""
    switch: bool = False
    """Whether it can be switched off as a whole."""


def controls(scenario: Scenario) -> list[Lever]:
    """Return what can be changed of `scenario`, in the order of the page."""
    written = Formats(language_in_force())
    return [
        *_own(scenario, written),
        *(_partner(fund, written) for fund in scenario.funds if not fund.own),
        _factor(PRICES, "prices", written),
        *_floors(scenario, written),
        _factor(CLOSES, "effects", written),
        _factor(UPTAKE, "effects", written),
        *_amounts(scenario, written),
    ]


def chosen(scenario: Scenario, given: Mapping[str, str]) -> dict[str, str]:
    """Return what of `given`, such as the query of an address, names a control and a value; in the order of
    controls."""
    known = controls(scenario)
    return {control.path: text for control in known if (text := str(given.get(control.path, "")).strip()[:80])}


def changed(file: ScenarioFile, scenario: Scenario, values: Mapping[str, str]) -> Scenario:
    """Return the `scenario` of `file` with the chosen `values`; InputError naming each that cannot be."""
    try:
        read = {path: _plain(path, text) for path, text in values.items()}
        return read_point(file.path, scenario, read)
    except InputError as error:
        labels = {control.path: control.label for control in controls(scenario)}
        raise InputError(_named(problem, labels) for problem in error.problems) from None


def _named(problem: Problem, labels: Mapping[str, str]) -> Problem:
    """Return the problem with the label of its control in place of the path; a path that is no control's loses the
    option before it (--set, --vary)."""
    path = problem.path.removeprefix("--vary ").removeprefix("--set ").partition("=")[0]
    label = labels.get(path, path)
    return Problem(problem.message.replace(f"'{path}'", f"'{label}'"), problem.remedy, path=label)


def _plain(path: str, text: str) -> str:
    """Return `text` in digits if it can mean only one amount of money; any other text as it is."""
    if "%" in text or path.startswith("rules.") or path in RANGES:
        return text
    if re.fullmatch(r"0*[1-9][0-9]{0,2}", text):
        words = _("'{text}' may be percent or rupiah.").format(text=text)
        remedy = _("Write {text}% or the amount in full, such as 12,5 miliar.").format(text=text)
        raise InputError([Problem(words, remedy, path=path)])
    try:
        return str(typed_rupiah(text if text.lower().startswith("rp") or not text[:1].isdigit() else f"Rp{text}"))
    except ValueError:
        return text


def _own(scenario: Scenario, written: Formats) -> Iterator[Lever]:
    total = own_budget(scenario)
    if any(fund.own for fund in scenario.funds):
        slider: tuple[int | None, int, int, int] = (100, *OF_MONEY) if total else (None, 0, 0, 1)
        yield Lever(OWN, "own", _(NAMES[OWN]), written.rupiah(total), *slider, total or None)


def _partner(fund: Fund, written: Formats) -> Lever:
    seats = sum(fund.seats.values())
    words = ngettext("{number} free seat", "{number} free seats", seats)
    free = words.format(number=written.count(seats)) if seats else ""
    money = written.rupiah(fund.amount) if fund.amount or not seats else ""
    now = " · ".join(part for part in (money, free) if part)
    gives = bool(fund.amount or seats)
    slider: tuple[int | None, int, int, int] = (100, *OF_MONEY) if gives else (None, 0, 0, 1)
    return Lever(PARTNER + fund.id, "partners", fund.label, now, *slider, fund.amount or None, switch=gives)


def _factor(path: str, part: Part, written: Formats) -> Lever:
    now = _("{share} of what the scenario says").format(share=written.given_share(Fraction(1)))
    return Lever(path, part, _(NAMES[path]), now, 100, *RANGES[path])


def _floors(scenario: Scenario, written: Formats) -> Iterator[Lever]:
    """Yield the least coverage of every agency, and the rules that ask for a share of gaps closed."""
    agencies = {group.agency for group in scenario.groups}
    if len(agencies) > 1 and None not in agencies:
        floor = max(map(_of_each_agency, scenario.rules), default=Fraction(0))
        now = written.given_share(floor) if floor else _("no such rule")
        at = ceil(floor * 100)  # less asks for nothing new
        yield Lever(EACH_AGENCY, "floors", _(NAMES[EACH_AGENCY]), now, at, at, *RANGES[EACH_AGENCY][1:])
    for rule in scenario.rules:
        if (
            rule.id
            and "." not in rule.id
            and rule.measure == "gaps_closed"
            and rule.at_least is not None
            and rule.at_least.is_share
        ):
            at = int(rule.at_least.value * 100)
            now = written.given_share(rule.at_least.value)
            yield Lever(f"rules.{rule.id}.at_least", "floors", rule.name, now, at, 0, 100, 1)


def _of_each_agency(rule: Rule) -> Fraction:
    """Return the share of all gaps that a rule asks for in every agency; 0 where it asks for none, or as a goal."""
    least = rule.at_least
    if rule.measure != "gaps_closed" or rule.per != "agency" or rule.soft is not None or rule.where.named():
        return Fraction(0)
    return least.value if least is not None and least.is_share else Fraction(0)


def _amounts(scenario: Scenario, written: Formats) -> Iterator[Lever]:
    """Yield the amounts of single own funds, and of single years."""
    named = [fund for fund in scenario.funds if "." not in fund.id]
    own = [fund for fund in named if fund.own]
    found = [
        *((f"funds.{fund.id}.amount", fund.label, fund.amount) for fund in own if not fund.amounts and len(own) > 1),
        *(
            (f"funds.{fund.id}.amounts.{year}", f"{fund.label}, {year}", amount)
            for fund in named
            for year, amount in fund.amounts.items()
        ),
    ]
    for path, label, amount in found[:MOST_AMOUNTS]:
        yield Lever(path, "amounts", label, written.rupiah(amount))
