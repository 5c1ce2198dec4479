"""The conflict of a scenario without a plan, and the changes that resolve it, cheapest first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.analysis.repairs.smallest import Repair, Repairs
from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.answers import repair_words as words
from planner.report.views.heading import Heading
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: Repairs, heading: Heading) -> Section:
    return Section(
        heading,
        _("No plan keeps all rules and limits. What clashes, and what is the least that must be changed?"),
        tiles=_tiles(material, answer),
        sentences=tuple(_sentences(material, answer)),
        blocks=tuple(_blocks(material, answer)),
    )


def _tiles(material: Material, answer: Repairs) -> tuple[Tile, ...]:
    count = material.formats.count
    repairs = Tile(_("Repairs found"), count(len(answer.repairs)), _("each shown by a checked plan"))
    if not answer.repairs:
        return (repairs,)
    cheapest = answer.repairs[0].changes
    sizes = " · ".join(words.size(material.formats, change) for change in cheapest)
    owners = " · ".join(words.owner_label(material.scenario, change) for change in cheapest)
    return Tile(_("Cheapest repair"), sizes, owners), repairs


def _sentences(material: Material, answer: Repairs) -> Iterator[str]:
    if answer.repairs:
        first = answer.repairs[0]
        yield _("The cheapest repair: {repair}.").format(repair=repair_sentence(material, first))
        if len(first.changes) > 1:
            yield ngettext(
                "No single change is enough: {number} limits must be changed together.",
                "No single change is enough: {number} limits must be changed together.",
                len(first.changes),
            ).format(number=material.formats.count(len(first.changes)))
    elif answer.finished:
        yield _("No repair was found, not even by changing several limits together.")
    if not answer.finished:
        yield _("The search was not finished; there may be further or cheaper repairs.")
    hopeless = [str(clash) for clash in answer.clashes if clash.path in answer.insufficient]
    if hopeless and answer.repairs and len(answer.repairs[0].changes) == 1:
        yield _("Not enough alone, however far it is changed: {limits}.").format(limits=listed(hopeless))


def _blocks(material: Material, answer: Repairs) -> Iterator[Block]:
    clashes = [(str(clash), answer.places.get(clash.path, NOTHING)) for clash in answer.clashes]
    columns = [Column(_("Rule or limit"), "name"), Column(_("File and line"))]
    caption = _("Rules and limits that cannot hold together")
    yield Block(
        _("What clashes"),
        tables=(table("table-clashes", caption, columns, clashes),),
        notes=(_("Without any one of them there would be a plan, unless others clash besides."),),
    )
    if answer.repairs:
        yield Block(
            _("Repairs, cheapest first"),
            tables=tables(material, answer),
            notes=(
                _(
                    "Ranked by the number of changes; then those by degrees before those that take a limit out; "
                    "then those that ask no fund for money that has none today; then by size: money as a part of "
                    "all funds, shares by percentage points, other numbers as a part of the larger value. Each "
                    "repair was checked: a plan for the scenario with exactly these values passes the independent"
                    " check. Where it is proven, a value one step smaller leaves no plan."
                ),
            ),
        )


def repair_sentence(material: Material, repair: Repair) -> str:
    """Return all changes of a repair in one sentence."""
    return _(", and ").join(
        words.change_sentence(material.scenario, material.formats, change) for change in repair.changes
    )


def tables(material: Material, answer: Repairs) -> tuple[Table, ...]:
    """Return the repairs, and what to edit for each."""
    return _repairs(material, answer), _edits(material, answer)


def _repairs(material: Material, answer: Repairs) -> Table:
    formats = material.formats
    improved = any(repair.best is not None for repair in answer.repairs)
    columns = [Column(_("Repair"), "name"), Column(_("Size of the change"), "number"), Column(_("Least"))]
    if improved:
        columns += [Column(_("Gaps closed (expected)"), "number"), Column(_("Total cost"), "number")]
    rows = []
    for number, repair in enumerate(answer.repairs, start=1):
        changes = [words.change_sentence(material.scenario, formats, change) for change in repair.changes]
        sizes = [words.size(formats, change) for change in repair.changes]
        row = [f"{number}. {_(', and ').join(changes)}", "; ".join(sizes), words.least(repair)]
        if improved:
            best = repair.best
            row += (
                [NOTHING, NOTHING]
                if best is None
                else [formats.number(best.gaps_closed), formats.rupiah(best.total_cost)]
            )
        rows.append(row)
    return table("table-repairs", _("Changes that make a plan possible"), columns, rows, folded=False)


def _edits(material: Material, answer: Repairs) -> Table:
    """Return what to edit, and how to try it."""
    columns = [
        Column(_("Repair"), "name"),
        Column(_("File and line")),
        Column(_("Key")),
        Column(_("Now")),
        Column(_("Then")),
        Column(_("To try it")),
    ]
    rows = []
    for number, repair in enumerate(answer.repairs, start=1):
        for change in repair.changes:
            option = words.setting(material.scenario, change)
            for place, key, old, new in words.edits(change, answer.places):
                rows.append((f"{number}.", place or NOTHING, key, old or NOTHING, new, option))
                option = ""
    return table("table-edits", _("What to write where"), columns, rows, folded=False)
