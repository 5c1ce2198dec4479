"""Values unlikely for their kind: a share meant a hundred times larger, an honorarium of Rp900, a course of 2,400
hours.

Each threshold leaves room around the values known from price books, regulations and course calendars, so that an
unusual scenario gets no warning; beyond it, a misplaced percent sign or a wrong number of zeros is more likely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final

from planner.domain.checks.problem import Doubt, Path, rupiah
from planner.domain.checks.warnings_figures import prices_of
from planner.domain.coefficient import Product
from planner.domain.programmes import CostItem
from planner.domain.scenario import Scenario
from planner.domain.several_units import people_of_unit, several_by_name, several_by_unit, several_of_unit
from planner.locale import _, ngettext
from planner.units.said import decimal_said, nearest
from planner.units.scales import price_in_thousands, unit_in_thousands
from planner.units.taxes import includes_tax

SMALLEST_SHARE: Final = Fraction(2, 100)
"""A share of people below this looks like 0.9% for 0.9: nobody plans for one willing person in fifty [0-1]."""

LARGEST_FLOOR: Final = Fraction(5, 100)
"""Floors known are 0.34% and 0.16% of regional spending; above 5%, 0.34 was probably written for 0.34% [0-1]."""

LARGEST_TAX: Final = Fraction(25, 100)
"""PPN is 11% or 12%; no tax on what training costs is a quarter of the price."""

SMALLEST_SPENDING: Final = 10**9
"""No region spends less than Rp1 billion a year; such a figure was written in millions [rupiah]."""

SMALLEST_FOR_A_PERSON: Final = 10_000
"""The lowest rate known for a person's hour or day is Rp110,000; below a tenth of that, zeros are missing [rupiah]."""

SMALLEST_PRICE: Final = 100
"""A copied page costs some Rp200; below Rp100 nothing is bought [rupiah]."""

LARGEST_FOR_A_PERSON: Final = 10**9
"""The dearest course known costs Rp30 million a head [rupiah]."""

LONGEST: Final = 1000
"""The longest course known, basic training of 2025, has 599 JP in 71 days; a year has some 1,900 [JP]."""

PERSON_UNITS: Final = ("oj", "ojp", "oh", "ok", "ob", "orang")
"""Units of a person's time or part; also as the beginning of a unit such as orang/jam."""

PEOPLE: Final = ("orang", "org", "peserta", "jiwa", "pax", "people", "persons", "participants")
"""Units that count nothing but people."""

CLASSES: Final = ("angkatan", "kelas", "rombel", "class", "classes")
"""Units that count nothing but classes."""

TEACHERS: Final = ("narasumber", "moderator", "pengajar", "widyaiswara", "instruktur", "fasilitator", "penceramah")
"""Words in the names of cost lines that pay teachers of a class."""

TAUGHT: Final = ("oj", "ojp", "jp", "jam", "orang/jam", "orang jam", "orang-jam")
"""Units of the hours that teachers are paid for."""

PERSON_ITEMS: Final = ("honor", "narasumber", "uang harian")
"""Words in the names of cost lines that are paid to persons."""


def unlikely_shares(scenario: Scenario) -> Iterator[Doubt]:
    """Yield shares of people that look as if a percent sign was added to a fraction."""
    shares: list[tuple[Path, Fraction]] = []
    for g, group in enumerate(scenario.groups):
        shares.append((("groups", g, "uptake"), group.uptake))
        if group.socialization is not None:
            raised = group.socialization.raises_uptake_to
            shares.append((("groups", g, "socialization", "raises_uptake_to"), raised))
    for p, programme in enumerate(scenario.programmes):
        shares += [(("programmes", p, "closes", c), effect) for c, effect in programme.closes.items()]
    for f, fund in enumerate(scenario.funds):
        shares.append((("funds", f, "chance"), fund.chance))
    found = [(path, share) for path, share in shares if 0 < share < SMALLEST_SHARE]
    if found:
        path, share = found[0]
        yield Doubt(
            path,
            ngettext(
                "{share}% is very little here; if {hundredfold}% is meant, write {fraction} or {hundredfold}%.",
                "{share}% is very little here ({count} shares are this small); if {hundredfold}% is meant, write"
                " {fraction} or {hundredfold}%.",
                len(found),
            ).format(
                share=_decimal(share * 100),
                hundredfold=_decimal(min(Fraction(100), share * 10_000)),
                fraction=_decimal(min(Fraction(1), share * 100)),
                count=len(found),
            ),
        )


def unlikely_floor(scenario: Scenario) -> Iterator[Doubt]:
    """Yield a legal floor whose share or base has another order of magnitude than any known."""
    by_year = isinstance(scenario.scenario.floor, dict)
    for year, floor in scenario.floors.items():
        path: Path = ("scenario", "floor", year) if by_year else ("scenario", "floor")
        if floor.share > LARGEST_FLOOR:
            message = _(
                "a floor of {share}% of all regional spending is far above the known 0.34%; is {hundredth}% meant?"
            )
            yield Doubt(
                (*path, "share"), message.format(share=_decimal(floor.share * 100), hundredth=_decimal(floor.share))
            )
        if 0 < floor.of < SMALLEST_SPENDING:
            message = _("regional spending of only {amount}; write it in full rupiah.")
            yield Doubt((*path, "of"), message.format(amount=rupiah(floor.of)))


def unlikely_prices(scenario: Scenario, told: Collection[Path] = ()) -> Iterator[Doubt]:
    """Yield prices too low for any purchase or any work, except at places in `told`, which were reported already."""
    low: list[tuple[Path, int]] = []
    high: list[tuple[Path, int]] = []
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            least = SMALLEST_FOR_A_PERSON if _paid_to_a_person(item) else SMALLEST_PRICE
            for path, price in prices_of(item, ("programmes", p, "costs", i, "price")):
                if path in told:
                    continue
                if 0 < price < least:
                    low.append((path, price))
                elif item.per == "participant" and price >= LARGEST_FOR_A_PERSON:
                    high.append((path, price))
    if low:
        path, price = low[0]
        yield Doubt(
            path,
            ngettext(
                "a price of only {price}; prices stand in full rupiah.",
                "a price of only {price} ({count} prices are this low); prices stand in full rupiah.",
                len(low),
            ).format(price=rupiah(price), count=len(low)),
        )
    if high:
        path, price = high[0]
        yield Doubt(path, _("{price} for each participant; are there zeros too many?").format(price=rupiah(price)))


def prices_in_thousands(scenario: Scenario) -> Iterator[Doubt]:
    """Yield cost lines whose unit says that the price is in thousands or millions, such as OH (x Rp1.000)."""
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            key = "unit" if (said := unit_in_thousands(item.unit or "")) else "item"
            if said := said or price_in_thousands(item.item):
                message = _("the price would be in thousands or millions by '{text}', but is read in rupiah.")
                yield Doubt(("programmes", p, "costs", i, key), message.format(text=said))


def prices_of_several(scenario: Scenario) -> Iterator[Doubt]:
    """Yield prices for several units together by their unit or name (10 orang) that are paid for each participant.

    For a price taken from a list, what the list calls it counts too.
    """
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            listed = [(text, each.unit or "") for each in item.listed for text in (each.name, each.spec)]
            apart = [several_of_unit(text, unit) for text, unit in ((item.item, item.unit or ""), *listed)]
            if words := next(filter(None, apart), ""):
                path: Path = ("programmes", p, "costs", i, "price" if listed else "item")
                unit = item.unit or next(unit for _text, unit in listed)
                yield Doubt(path, priced_for_several(item.item, words, unit))
                continue
            if item.per != "participant":
                if (words := people_of_unit(item.unit or "")) and item.quantity > 1:
                    message = _("'{item}' is priced for '{unit}' together, and its quantity {number} counts how many"
                                " times. Write the price of one, if single ones are counted.")  # fmt: skip
                    told = message.format(item=item.item, unit=words, number=_decimal(item.quantity))
                    yield Doubt(("programmes", p, "costs", i, "unit"), told)
                continue
            if item.quantity < 1:
                continue
            said = [("unit", item.unit or "", several_by_unit), ("item", item.item, several_by_name)]
            for entry in item.listed:
                said += [("price", entry.unit or "", several_by_unit), ("price", entry.name, several_by_name)]
                said += [("price", entry.spec, several_by_name)]
            if found := next(((key, text) for key, text, words in said if words(text)), None):
                yield Doubt(("programmes", p, "costs", i, found[0]), priced_together(item.item, found[1]))


def people_counted_twice(scenario: Scenario) -> Iterator[Doubt]:
    """Yield cost lines per participant whose quantity counts people once more, or that pay teachers by the hour.

    40 orang x 3 hari for each of 40 participants pays for 1,600 people; the hours of a speaker are due for each class.
    """
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if item.per != "participant":
                continue
            path: Path = ("programmes", p, "costs", i, "quantity")
            factors = item.quantity.factors if isinstance(item.quantity, Product) else ()
            counted = factors or ((item.unit or "", item.quantity),)
            named = next(((name, number) for name, number in counted if _is(name, PEOPLE) and number > 1), None)
            if named is not None:
                message = _("'{item}' counts {number} {unit} for each participant. Leave the people out of the"
                            " quantity, or let it be due for each class.")  # fmt: skip
                words = message.format(item=item.item, number=_decimal(named[1]), unit=named[0])
                yield Doubt(path, words)
            elif programme.class_size is not None and _taught(item, [name for name, _number in counted]):
                message = _(
                    "'{item}' is due for each participant, though hours of those who teach are due for each class."
                )
                yield Doubt((*path[:-1], "per"), message.format(item=item.item))


def classes_counted_twice(scenario: Scenario) -> Iterator[Doubt]:
    """Yield cost lines per class whose quantity counts classes once more: 24 OJ x 2 angkatan for each of two classes
    pays for four."""
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            factors = item.quantity.factors if isinstance(item.quantity, Product) else ()
            counted = factors or ((item.unit or "", item.quantity),)
            named = next(((name, number) for name, number in counted if _is(name, CLASSES) and number > 1), None)
            if item.per == "class" and named is not None:
                message = _("'{item}' counts {number} {unit} for each class. Leave the classes out of the quantity, or"
                            " let it be due once for the programme.")  # fmt: skip
                words = message.format(item=item.item, number=_decimal(named[1]), unit=named[0])
                yield Doubt(("programmes", p, "costs", i, "quantity"), words)


def _is(name: str, words: Collection[str]) -> bool:
    return name.strip().casefold() in words


def _taught(item: CostItem, units: Collection[str]) -> bool:
    """Return whether a line pays hours of teaching."""
    name = item.item.casefold()
    return any(word in name for word in TEACHERS) and any(_is(unit, TAUGHT) for unit in units)


def priced_for_several(item: str, said: str, unit: str) -> str:
    """Return the warning that a price is for several of its unit."""
    message = _("'{item}' is priced '{text}', but its unit is one {unit}. Write the price of one unit, or name the unit"
                " as it is priced.")  # fmt: skip
    return message.format(item=item, text=said, unit=unit)


def unlikely_taxes(scenario: Scenario) -> Iterator[Doubt]:
    """Yield taxes far above any known: 1 in a column PPN is read as 100%, but was meant as 1%."""
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if item.tax > LARGEST_TAX:
                message = _("a tax of {share}% is far above the known 11% and 12%; is {hundredth}% meant?")
                share, hundredth = _decimal(item.tax * 100), _decimal(item.tax)
                yield Doubt(("programmes", p, "costs", i, "tax"), message.format(share=share, hundredth=hundredth))


def priced_together(item: str, said: str) -> str:
    """Return the warning that a price for several people or pieces is paid for each participant."""
    message = _("'{item}' is priced for several people or pieces together by '{text}', but is paid for each"
                " participant.")  # fmt: skip
    return message.format(item=item, text=said)


def prices_taxed_twice(scenario: Scenario) -> Iterator[Doubt]:
    """Yield cost lines with a tax whose price includes it already by its unit, name or specification."""
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if not item.tax:
                continue
            texts = [item.item, item.unit or ""]
            texts += [text for entry in item.listed for text in (entry.name, entry.spec, entry.unit or "")]
            if said := next(filter(None, map(includes_tax, texts)), ""):
                yield Doubt(("programmes", p, "costs", i, "tax"), taxed_twice(item.item, said))


def taxed_twice(item: str, said: str) -> str:
    """Return the warning that a price which includes its tax is taxed again."""
    message = _("'{item}' has a tax on a price that includes it by '{text}'.")
    return message.format(item=item, text=said)


def unlikely_hours(scenario: Scenario) -> Iterator[Doubt]:
    """Yield courses longer than any known, and JP taken before that exceed a year or max_hours."""
    for p, programme in enumerate(scenario.programmes):
        if programme.hours > LONGEST:
            message = _("'{id}' has {hours} JP; the longest course known, basic training of 2025, has 599.")
            yield Doubt(("programmes", p, "hours"), message.format(id=programme.id, hours=_decimal(programme.hours)))
    groups = [(g, group) for g, group in enumerate(scenario.groups) if group.hours_before]
    if many := [(g, group) for g, group in groups if group.hours_before > LONGEST]:
        message = ngettext(
            "'{id}' has taken {hours} JP already (hours_before); the longest course known, basic training of 2025, has"
            " 599.",
            "'{id}' has taken {hours} JP already (hours_before; {count} groups have so many); the longest course known,"
            " basic training of 2025, has 599.",
            len(many),
        )
        g, group = many[0]
        words = message.format(id=group.id, hours=_decimal(group.hours_before), count=len(many))
        yield Doubt(("groups", g, "hours_before"), words)
    over = [(g, group) for g, group in groups if group.max_hours is not None and group.hours_before > group.max_hours]
    if over:
        message = ngettext(
            "'{id}' has taken {hours} JP already (hours_before), more than the {most} JP that one person may take in a"
            " year (max_hours): nothing is left for the first year.",
            "'{id}' has taken {hours} JP already (hours_before), more than the {most} JP that one person may take in a"
            " year (max_hours), and so {count} groups: nothing is left to them for the first year.",
            len(over),
        )
        g, group = over[0]
        most = _decimal(group.max_hours or Fraction(0))
        words = message.format(id=group.id, hours=_decimal(group.hours_before), most=most, count=len(over))
        yield Doubt(("groups", g, "hours_before"), words)


def _paid_to_a_person(item: CostItem) -> bool:
    unit, name = (item.unit or "").strip().lower(), item.item.lower()
    return unit in PERSON_UNITS or unit.startswith("orang") or any(word in name for word in PERSON_ITEMS)


def _decimal(value: Fraction) -> str:
    """Return a number with no more digits than it needs, six at most."""
    return decimal_said(Fraction(nearest(value * 10**6), 10**6))
