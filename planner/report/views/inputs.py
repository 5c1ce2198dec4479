"""Inputs that differ between scenarios, as readers write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from planner.domain.named_keys import list_named
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.plans.comparison import Difference, Item
from planner.report.views.happened_inputs import happened
from planner.report.views.table import Column, Table, TableRow, table
from planner.report.wording.formats import NOTHING, Formats
from planner.report.wording.scenario_words import input_name, key_said


def inputs_table(formats: Formats, number: int, item: Item, base: Scenario) -> Table:
    """Return the inputs of one scenario that differ from those of `base`."""
    return table(
        f"table-inputs-{number}",
        ngettext(
            "{scenario}: {number} input differs from the base",
            "{scenario}: {number} inputs differ from the base",
            len(item.differences),
        ).format(scenario=item.label, number=formats.count(len(item.differences))),
        [
            Column(_("Input"), "name"),
            Column(_("Change")),
            Column(_("Base")),
            Column(item.label),
        ],
        [_input_row(formats, difference, (item.scenario, base)) for difference in item.differences],
    )


def _input_row(formats: Formats, difference: Difference, scenarios: tuple[Scenario, Scenario]) -> TableRow:
    change = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[difference.change]
    return TableRow(
        (
            input_name(scenarios, difference.steps),
            change,
            input_value(formats, difference.path, difference.old),
            input_value(formats, difference.path, difference.new),
        )
    )


_MONEY: Final = frozenset({"amount", "price", "minimum", "cost", "default", "of", "other_countable"})
"""Names of inputs in rupiah: the last part of their path."""
_BY_VALUE: Final = frozenset({"default", "by"})
"""Names of inputs whose parts stand under values of an attribute."""
_LONGEST: Final = 200
"""Most characters of a text that are shown, as of an agency's own sentences."""


def _is_money(path: str) -> bool:
    """Return whether the input is in rupiah, which includes the prices beside `by` of a cost item."""
    *_before, block, last = ["", "", *path.split(".")]
    return last in _MONEY or (block == "price" and ".costs." in path)


def input_value(formats: Formats, path: str, value: Any) -> str:
    """Format an input: rupiah, numbers, text; a record by its name, a list by its parts."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | Decimal):
        exact = Fraction(value)
        if exact.denominator == 1 and _is_money(path):
            return formats.rupiah(int(exact))
        return formats.number(exact, 6)
    if (said := happened(formats, path, value)) is not None:
        return said
    if isinstance(value, dict):
        if "name" in value or "id" in value or "item" in value:
            return str(value.get("name") or value.get("item") or value.get("id"))
        steps = path.split(".")
        words = {
            key: key if steps[-1] in _BY_VALUE or list_named((*steps, key)) else key_said(str(key)) for key in value
        }
        return "; ".join(f"{words[key]}: {input_value(formats, f'{path}.{key}', part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(input_value(formats, path, part) for part in value)
    text = str(value)
    if text.startswith("data:image/"):
        return _("a picture")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
