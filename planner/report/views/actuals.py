"""The section on what has happened: plan, actual and rest, absorption, shortfalls, and what changes in the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Final

from planner.locale import N_, _
from planner.plans.realisation import Change, MoneyProgress, Realisation, Reason, Shortfall, Training, realisation
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING

REASONS: Final[dict[Reason, str]] = {
    "gaps_more": N_("more gaps are open than planned"),
    "gaps_fewer": N_("fewer gaps are open than planned"),
    "money_more": N_("more money is left than planned"),
    "money_less": N_("less money is left than planned"),
    "limits": N_("a limit is used up by what has happened"),
    "others": N_("people, money and time go where they now close more"),
}
"""Why the rest differs from the first plan, in words."""

MONEY_PLANNED: Final = (1, 2, 4)
PEOPLE_PLANNED: Final = (1, 4)
"""The columns of money and of people that say what the first plan had."""


def actuals(material: Material, heading: Heading) -> Section:
    """Return the section of a plan whose first periods are over."""
    found = figures(material)
    facts = material.scenario.facts
    blocks = [
        Block(_("Money: plan, actual and rest"), tables=money_tables(material, found)),
        Block(_("Training: plan, actual and rest"), tables=(training_table(material, found.training),)),
        _breaches(material),
        _shortfalls(material, found.shortfalls),
        _changes(material, found.changes),
    ]
    return Section(
        heading,
        _("What has happened until the end of {period}, and what follows for the rest?").format(period=facts.over[-1]),
        tuple(_tiles(material, found)),
        (
            _("Periods that are over are facts: what was attended, held and paid stands as it was."),
            _("The rest is planned anew, with what is left of every fund, limit, place and gap."),
        ),
        tuple(block for block in blocks if block is not None),
    )


def figures(material: Material) -> Realisation:
    """Return what the section is made of."""
    breached = [part for finding in material.broken_by_facts for part in finding.key.split("__")]
    return realisation(material.scenario, material.plan, material.before, breached)


def _tiles(material: Material, found: Realisation) -> list[Tile]:
    """Return the tiles: paid until now, absorption, and gaps closed until now."""
    facts, formats = material.scenario.facts, material.formats
    paid = sum(row.actual for row in found.funds)
    amount = sum(fund.amount for fund in material.scenario.funds)
    tiles = [
        Tile(
            _("Paid until now"),
            formats.rupiah_in_words(paid),
            _("{share} of what the funds have").format(share=formats.share(Fraction(paid, amount)) if amount else "0%"),
        )
    ]
    planned = [row.planned_until_now for row in found.funds if row.planned_until_now is not None]
    if sum(planned):
        tiles.append(
            Tile(
                _("Absorption"),
                formats.share(Fraction(paid, sum(planned))),
                _("of {planned} planned until now").format(planned=formats.rupiah_in_words(sum(planned))),
            )
        )
    closed = sum(facts.closed.values(), Fraction(0))
    tiles.append(
        Tile(_("Gaps closed until now"), material.gaps_in_words(closed), _("as measured, and expected where not"))
    )
    return tiles


def money_tables(material: Material, found: Realisation) -> tuple[Table, ...]:
    """Return plan, actual and rest by programme, fund and account."""
    scenario = material.scenario

    def programme(key: str) -> str:
        return scenario.programme[key].label if key else _("Socialization and agreements")

    return (
        _money(material, "table-actual-programmes", _("By programme (Rp)"), _("Programme"),
               [(programme(row.key), row) for row in found.programmes]),
        _money(material, "table-actual-funds", _("By fund (Rp)"), _("Fund"),
               [(scenario.fund[row.key].label, row) for row in found.funds]),
        _money(material, "table-actual-accounts", _("By account (Rp)"), _("Account"),
               [(row.key or _("no account code"), row) for row in found.accounts]),
    )  # fmt: skip


def _money(material: Material, id: str, caption: str, first: str, rows: Sequence[tuple[str, MoneyProgress]]) -> Table:
    columns = [
        Column(first, "name"),
        Column(_("First plan"), "number"),
        Column(_("Planned until now"), "number"),
        Column(_("Paid until now"), "number"),
        Column(_("Absorption"), "number"),
        Column(_("Rest"), "number"),
        Column(_("Paid and rest"), "number"),
    ]
    whole = _sum([row for _label, row in rows])
    cells = [(label, *_cells(material, row)) for label, row in (*rows, (_("Total"), whole))]
    *shown, total = (_known(material, row, MONEY_PLANNED) for row in cells)
    return table(id, caption, _known(material, columns, MONEY_PLANNED), shown, total=total)


def _known[T](material: Material, cells: Sequence[T], planned: Collection[int]) -> tuple[T, ...]:
    """Return the cells of a row; without a first plan, leave out those at the places `planned`."""
    return tuple(cell for place, cell in enumerate(cells) if material.before is not None or place not in planned)


def _sum(rows: Sequence[MoneyProgress]) -> MoneyProgress:
    known = all(row.planned is not None for row in rows) and bool(rows)
    return MoneyProgress(
        "",
        sum(row.planned or 0 for row in rows) if known else None,
        sum(row.planned_until_now or 0 for row in rows) if known else None,
        sum(row.actual for row in rows),
        sum(row.rest for row in rows),
    )


def _cells(material: Material, row: MoneyProgress) -> tuple[str, ...]:
    def planned(amount: int | None) -> str:
        return NOTHING if amount is None else material.money(amount)

    share = NOTHING if row.absorption is None else material.formats.share(row.absorption)
    paid, rest, total = (material.money(amount) for amount in (row.actual, row.rest, row.total))
    return planned(row.planned), planned(row.planned_until_now), paid, share, rest, total


def training_table(material: Material, rows: Sequence[Training]) -> Table:
    """Return the participants and classes by programme: planned until now, actual, and in the rest."""
    count = material.formats.count

    def planned(number: int | None) -> str:
        return NOTHING if number is None else count(number)

    columns = [
        Column(_("Programme"), "name"),
        Column(_("Participants planned until now"), "number"),
        Column(_("Participants until now"), "number"),
        Column(_("Participants in the rest"), "number"),
        Column(_("Classes planned until now"), "number"),
        Column(_("Classes until now"), "number"),
        Column(_("Classes in the rest"), "number"),
    ]
    cells = [
        (
            material.scenario.programme[row.programme].label,
            *(planned(row.planned), count(row.actual), count(row.rest)),
            *(planned(row.classes_planned), count(row.classes_actual), count(row.classes_rest)),
        )
        for row in rows
    ]
    return table(
        "table-actual-training",
        _("Participants and classes by programme"),
        _known(material, columns, PEOPLE_PLANNED),
        [_known(material, row, PEOPLE_PLANNED) for row in cells],
    )


def _breaches(material: Material) -> Block:
    """Return the rules that what has happened breaks."""
    found = material.broken_by_facts
    if not found:
        return Block(_("Rules"), (_("Nothing that has happened breaks a rule of the plan."),))
    intro = _("What has happened breaks these rules. It stands; their limits move to it, and nothing is added to them.")
    return Block(_("Rules that what has happened breaks"), (intro, *(finding.sentence for finding in found)))


def _shortfalls(material: Material, rows: Sequence[Shortfall]) -> Block | None:
    """Return what was paid for training that did not close what it should."""
    if not rows:
        return None
    made = table(
        "table-shortfalls",
        _("Programmes that closed less than expected, as measured"),
        [
            Column(_("Programme"), "name"),
            Column(_("Gaps expected"), "number"),
            Column(_("Gaps closed, as measured"), "number"),
            Column(_("Paid (Rp)"), "number"),
            Column(_("Of this, for what was not closed (Rp)"), "number"),
        ],
        [
            (
                material.scenario.programme[row.programme].label,
                material.formats.number(row.expected, 2),
                material.formats.number(row.closed, 2),
                material.money(row.paid),
                material.money(row.lost),
            )
            for row in rows
        ],
        total=(
            _("Total"),
            material.formats.number(sum((row.expected for row in rows), Fraction(0)), 2),
            material.formats.number(sum((row.closed for row in rows), Fraction(0)), 2),
            material.money(sum(row.paid for row in rows)),
            material.money(sum(row.lost for row in rows)),
        ),
        note=_(
            "Paid for the programme until now x participants measured / participants x (1 - gaps closed / expected)."
        ),
    )
    return Block(_("Paid for training that did not close what it should"), tables=(made,))


def _changes(material: Material, rows: Sequence[Change]) -> Block | None:
    """Return what changes in the rest against the first plan, and why."""
    if material.before is None:
        return None
    if not rows:
        return Block(_("What changes in the rest"), (_("The rest stays as it was in the first plan."),))
    count = material.formats.count
    made = table(
        "table-changes",
        _("Periods that are left: first plan and new plan"),
        [
            Column(_("Programme"), "name"),
            Column(_("Classes, first plan"), "number"),
            Column(_("Classes, new"), "number"),
            Column(_("Participants, first plan"), "number"),
            Column(_("Participants, new"), "number"),
            Column(_("Why")),
        ],
        [
            (
                material.scenario.programme[row.programme].label,
                count(row.classes_before),
                count(row.classes),
                count(row.participants_before),
                count(row.participants),
                "; ".join(_(REASONS[reason]) for reason in row.reasons),
            )
            for row in rows
        ],
    )
    return Block(_("What changes in the rest"), tables=(made,))
