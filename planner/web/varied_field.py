"""The field of what a question varies: an input chosen by its name, with values from, up to and in steps, or singly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.analysis.sweep.vary import PARTNER, PARTNERS
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.report.views.answers.sweep import NAMES
from planner.report.wording.scenario_words import input_name
from planner.web.controls import PARTS, controls

ROWS: Final = 2
"""Inputs that can be varied at once on a page."""
KEYS: Final = ("input", "from", "to", "step", "values")
"""The parts of one row, as its fields end."""


@dataclass(frozen=True)
class VariedRow:
    """One varied input as it is filled in."""

    input: str = ""
    start: str = ""
    end: str = ""
    step: str = ""
    values: str = ""

    def told(self, names: Mapping[str, str]) -> str:
        """Return the row in words, with the name of its input: "Own budget: 80% to 120%, in steps of 10%"."""
        words = _("{start} to {end}, in steps of {step}").format(start=self.start, end=self.end, step=self.step)
        return f"{names.get(self.input, self.input)}: {self.values or words}"


@dataclass(frozen=True)
class Inputs:
    """Inputs that can be varied, under a heading."""

    title: str
    choices: tuple[tuple[str, str], ...]
    """(path or short name, what it is called)."""


def inputs(scenario: Scenario, given: Sequence[str] = ()) -> tuple[Inputs, ...]:
    """Return what can be varied of a scenario, in the order of the what-if page, with what is `given` already."""
    found: dict[str, list[tuple[str, str]]] = {_(title): [] for title in PARTS.values()}
    for lever in controls(scenario):
        label = _("{partner}: what it gives").format(partner=lever.label) if PARTNER in lever.path else lever.label
        found[_(PARTS[lever.part])].append((lever.path, label))
    partners = PARTS["partners"]
    if any(not fund.own for fund in scenario.funds):
        found[_(partners)].append((PARTNERS, _(NAMES[PARTNERS])))
    known = {path for choices in found.values() for path, _label in choices}
    found[_("Rules")] = [each for each in _limits(scenario) if each[0] not in known]
    known |= {path for path, _label in found[_("Rules")]}
    named = [row(each).input for each in given]
    found[_("Other inputs")] = [(path, name(scenario, path)) for path in named if path and path not in known]
    return tuple(Inputs(title, tuple(choices)) for title, choices in found.items() if choices)


def labels(scenario: Scenario) -> dict[str, str]:
    """Return what the inputs that can be chosen are called, by path."""
    return {path: label for each in inputs(scenario) for path, label in each.choices}


def name(scenario: Scenario, path: str) -> str:
    """Return what an input is called that stands in no list."""
    return input_name([scenario], path.split(".")) if path.split(".")[0] in Scenario.model_fields else path


def row(text: str) -> VariedRow:
    """Return the row of what is written "PATH=FROM:TO:STEP" or "PATH=VALUE;VALUE"."""
    path, _equals, values = text.partition("=")
    parts = [part.strip() for part in values.split(":")]
    if len(parts) == 3 and not re.search(r"[\[{'\"]", values):
        return VariedRow(path.strip(), *parts)
    return VariedRow(path.strip(), values=values.strip())


def written(key: str, posted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what the rows of a form say, as the address and the command line write it; empty rows are passed over."""
    columns = [posted.get(f"{key}-{part}", ()) for part in KEYS]
    for each in range(max(map(len, columns), default=0)):
        path, start, end, step, values = (column[each].strip() if each < len(column) else "" for column in columns)
        if path or start or end or step or values:
            yield (
                f"{path}={values}" if values else f"{path}={':'.join((start, end, step))}" if end else f"{path}={start}"
            )


def _limits(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield the bounds of rules that can be named in a path."""
    for rule in scenario.rules:
        for key in ("at_least", "at_most"):
            if rule.id and "." not in rule.id and getattr(rule, key) is not None:
                yield f"rules.{rule.id}.{key}", input_name([scenario], ("rules", rule.id, key))
