"""A budget line in the columns of SIPD: up to four volumes with their units, price, tax, amount.

SIPD calculates jumlah = V x H + V x H x pajak, where V is the product of the volumes; so does what is made here, to the
rupiah. Where the price before tax does not give that, as after growth that is rounded, the price includes the tax.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final

from planner.domain.coefficient import Product
from planner.domain.scenario import Scenario
from planner.locale import _, language_in_force
from planner.plans.budget_lines import BudgetLine
from planner.report.wording.budget_lines import item_text, part_of_unit, unit_text
from planner.report.wording.formats import Formats
from planner.units.said import decimal_text

MOST_VOLUMES: Final = 4
"""Volumes of a line, each with its unit."""

PERSON_DAYS: Final = "OH"
"""The unit that is written as people times days."""


@dataclass(frozen=True, slots=True)
class SipdLine:
    """One line as SIPD has it."""

    line: BudgetLine
    account: str
    item: str
    """nama_standar_harga."""
    specification: str
    """What the price list specifies; where the price depends on the group, the places that it is for; of a lump sum,
    what it is a part of."""
    codes: str
    """kode_standar_harga: the codes of price lists that the price was taken from."""
    volumes: tuple[tuple[Fraction, str], ...]
    """vol_1 to vol_4 with sat_1 to sat_4; their product is the coefficient."""
    price: int
    """harga_satuan [rupiah]."""
    tax: Fraction
    """pajak, as a share [0-1]."""
    amount: int
    """total_harga: price x volumes x (1 + tax) [rupiah]."""
    fund: str
    """nama_dana."""

    @property
    def description(self) -> str:
        """The item with its specification and code, as an RKA form prints it."""
        more = "; ".join(part for part in (self.specification, self.codes) if part)
        return f"{self.item} ({more})" if more else self.item

    @property
    def coefficient(self) -> str:
        """koefisien: "40 Orang x 3 Hari", with a decimal comma as in SIPD."""
        return " x ".join(f"{decimal_text(number).replace('.', ',')} {unit}" for number, unit in self.volumes)


def sipd_line(scenario: Scenario, line: BudgetLine) -> SipdLine:
    """Return a budget line in the columns of SIPD."""
    price, tax = line.net_price, Fraction(0) if line.rest else line.tax
    if price * line.coefficient * (1 + tax) != line.amount:
        price, tax = line.price, Fraction(0)
    volumes = _volumes(line)
    assert prod((number for number, _unit in volumes), start=Fraction(1)) == line.coefficient
    return SipdLine(
        line,
        line.account or "",
        item_text(scenario, line),
        "; ".join(part for part in _specified(line) if part),
        ", ".join(entry.code for entry in line.listed),
        volumes,
        price,
        tax,
        line.amount,
        scenario.fund[line.fund].label,
    )


def _specified(line: BudgetLine) -> tuple[str, ...]:
    specifications = dict.fromkeys(entry.spec for entry in line.listed if entry.spec)
    if line.rest:
        return (*specifications, part_of_unit(line, Formats(language_in_force())))
    return (*specifications, ", ".join(line.places))


def _volumes(line: BudgetLine) -> tuple[tuple[Fraction, str], ...]:
    """Return people or classes times the factors of the quantity, at most four; else the coefficient alone."""
    number, factors = line.number, _factors(line)
    counted = {"participant": _("person"), "class": _("class")}.get(line.basis)
    volumes = [(line.coefficient, unit_text(line))]
    if number is not None and factors and counted is not None:
        volumes = [(Fraction(number), counted), *factors]
    elif number == 1 and factors:
        volumes = factors
    while len(volumes) > MOST_VOLUMES:
        (one, first), (other, second) = volumes[-2:]
        volumes[-2:] = [(one * other, f"{first}-{second}")]
    return tuple((amount, _capital(unit)) for amount, unit in volumes)


def _factors(line: BudgetLine) -> list[tuple[Fraction, str]]:
    """Return the quantity of one person or class, factor by factor; nothing where it is one unit."""
    if isinstance(line.quantity, Product):
        return [(number, name) for name, number in line.quantity.factors]
    if line.unit == PERSON_DAYS and line.basis == "participant":
        return [(line.quantity, _("day"))]
    return [] if line.quantity == 1 else [(line.quantity, unit_text(line))]


def _capital(unit: str) -> str:
    return unit[:1].upper() + unit[1:]
