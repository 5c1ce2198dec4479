"""Plans side by side: what differs in the inputs, and what that does to gaps, money and programmes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from planner.locale import _, ngettext
from planner.plan.comparison import Across, Comparison, Difference, Item
from planner.plan.measures import Coverage
from planner.report.charts.bars import Bar, bars
from planner.report.charts.heat import Heat, heat_map
from planner.report.charts.palette import step_of
from planner.report.charts.stacked import Part, Stack, stacked
from planner.report.formats import NOTHING, Formats, places_needed
from planner.report.material import Material
from planner.report.views.competencies import step_words
from planner.report.views.cover import Fact
from planner.report.views.heading import Heading
from planner.report.views.quality import quality_in_short, weighted
from planner.report.views.table import Column, Figure, Row, Table, table

MOST_GROUPS: Final = 80
"""With more groups than this the chart of coverage by group is left to the table."""


@dataclass(frozen=True)
class Block:
    """Some quantities of all plans: a title, and rows of a name and one text per plan."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SideBySide:
    """The comparison as a document."""

    title: str
    facts: tuple[Fact, ...]
    contents: tuple[Heading, ...]
    summary_heading: Heading
    sentences: tuple[str, ...]
    key_figures: Table
    inputs_heading: Heading
    inputs: tuple[Table, ...]
    same_inputs: tuple[str, ...]
    gaps_heading: Heading
    gaps: Figure
    by_competency: Figure
    by_group: Figure
    money_heading: Heading
    money: Figure
    programmes_heading: Heading
    programmes: Table | None
    same_programmes: str


def side_by_side(comparison: Comparison, formats: Formats, made_on: datetime.date) -> SideBySide:
    words = _Words(comparison, formats)
    headings = {
        "summary": _("Summary"),
        "inputs": _("What differs in the inputs"),
        "gaps": _("Gaps closed"),
        "money": _("Cost by fund"),
        "programmes": _("Programmes that gain or lose classes"),
    }
    contents = {
        anchor: Heading(anchor, number, text) for number, (anchor, text) in enumerate(headings.items(), start=1)
    }
    others = comparison.items[1:]
    changed = comparison.changed_programmes
    return SideBySide(
        title=_("Comparison of {number} plans").format(number=len(comparison.items)),
        facts=(
            Fact(_("Base"), comparison.base.label),
            Fact(_("Compared with it"), "; ".join(item.label for item in others) or NOTHING),
            Fact(_("Date"), formats.date(made_on)),
            Fact(_("Independent check"), _("✓ Passed by all plans")),
        ),
        contents=tuple(contents.values()),
        summary_heading=contents["summary"],
        sentences=tuple(words.sentence(item) for item in others),
        key_figures=words.table("table-figures", _key_figures(words)),
        inputs_heading=contents["inputs"],
        inputs=tuple(_inputs(words, number, item) for number, item in enumerate(others, start=1) if item.differences),
        same_inputs=tuple(
            _("{scenario} has the same inputs as the base.").format(scenario=item.label)
            for item in others
            if not item.differences
        ),
        gaps_heading=contents["gaps"],
        gaps=_gaps(words),
        by_competency=_coverage(
            words, "competencies", _coverage_by_competency(words), comparison.coverage_by_competency, drawn=True
        ),
        by_group=_coverage(
            words,
            "groups",
            _coverage_by_group(words),
            comparison.coverage_by_group,
            drawn=len(comparison.coverage_by_group) <= MOST_GROUPS,
        ),
        money_heading=contents["money"],
        money=_money(words),
        programmes_heading=contents["programmes"],
        programmes=words.table("table-programmes", _programmes(words)) if changed else None,
        same_programmes="" if changed else _("All plans hold the same classes with as many participants."),
    )


def blocks(comparison: Comparison, formats: Formats) -> list[Block]:
    """The comparison in blocks of rows, as for a terminal: inputs, figures, money, coverage, programmes."""
    words = _Words(comparison, formats)
    made = [
        _all_inputs(words),
        _key_figures(words),
        _cost_by_fund(words),
        _coverage_by_competency(words),
        _coverage_by_group(words),
        _programmes(words),
    ]
    return [block for block in made if block.rows]


class _Words:
    """How figures of a comparison are written."""

    def __init__(self, comparison: Comparison, formats: Formats) -> None:
        self.comparison = comparison
        self.formats = formats
        self.materials = [Material(item.scenario, item.plan, formats) for item in comparison.items]
        self.places = places_needed([c.closed for item in comparison.items for c in item.plan.closings])

    def gaps(self, value: int | Fraction) -> str:
        return self.formats.number(value, self.places)

    def row(self, name: str, values: Sequence[Any], shown: Callable[[Any], str]) -> tuple[str, ...]:
        """A name, the value of the base, and the others with what they differ by."""
        texts = [NOTHING if value is None else shown(value) for value in values]
        base = values[0]
        for place, value in enumerate(values[1:], start=1):
            if base is not None and value is not None and value != base:
                sign = "+" if value > base else "\u2212"
                texts[place] = f"{texts[place]} ({sign}{shown(abs(value - base))})"
        return (name, *texts)

    def coverage_row(self, across: Across[Coverage]) -> tuple[str, ...]:
        """closed of need (share) in each plan."""
        return (
            across.label,
            *(
                NOTHING
                if coverage is None or not coverage.need
                else _("{closed} of {need} ({share})").format(
                    closed=self.gaps(coverage.closed),
                    need=self.formats.count(coverage.need),
                    share=self.formats.share(coverage.share),
                )
                for coverage in across.values
            ),
        )

    def columns(self, first: str) -> list[Column]:
        return [Column(first, "name"), *(Column(item.label, "number") for item in self.comparison.items)]

    def table(self, id: str, block: Block) -> Table:
        return table(id, block.title, self.columns(_("Figure")), block.rows)

    def sentence(self, item: Item) -> str:
        """What a plan does better or worse than the base, in one sentence."""
        base = self.comparison.base.plan
        gaps, cost = item.plan.gaps_closed - base.gaps_closed, item.plan.total_cost - base.total_cost
        more_gaps = (
            _("{number} more gaps").format(number=self.gaps(gaps))
            if gaps > 0
            else _("{number} fewer gaps").format(number=self.gaps(-gaps))
            if gaps < 0
            else _("as many gaps")
        )
        more_cost = (
            _("costs {amount} more").format(amount=self.formats.rupiah(cost))
            if cost > 0
            else _("costs {amount} less").format(amount=self.formats.rupiah(-cost))
            if cost < 0
            else _("costs the same")
        )
        return _("{scenario} closes {gaps} ({closed} of {need}) and {cost} ({total}).").format(
            scenario=item.label,
            gaps=more_gaps,
            closed=self.gaps(item.plan.gaps_closed),
            need=self.formats.count(item.plan.total_need),
            cost=more_cost,
            total=self.formats.rupiah(item.plan.total_cost),
        )


def _key_figures(words: _Words) -> Block:
    items, formats = words.comparison.items, words.formats
    rows: list[tuple[str, ...]] = [
        (_("Answer"), *(quality_in_short(material) for material in words.materials)),
        words.row(_("Gaps needed"), [i.plan.total_need for i in items], formats.count),
        words.row(_("Gaps closed"), [i.plan.gaps_closed for i in items], words.gaps),
        (_("Coverage"), *(formats.share(i.measures.coverage.share) if i.plan.total_need else NOTHING for i in items)),
    ]
    if any(weighted(material) for material in words.materials):
        rows.append(words.row(_("Weighted gaps closed"), [i.plan.weighted_gaps_closed for i in items], words.gaps))
    rows += [
        words.row(_("Total cost"), [i.plan.total_cost for i in items], formats.rupiah),
        words.row(_("Own funds"), [i.plan.own_cost for i in items], formats.rupiah),
        words.row(_("Partners"), [i.plan.partner_cost for i in items], formats.rupiah),
        words.row(_("Participants"), [i.measures.participants for i in items], formats.count),
        words.row(_("Classes"), [i.measures.classes for i in items], formats.count),
        words.row(_("Programmes held"), [len(i.measures.running) for i in items], formats.count),
        (_("JP per civil servant"), *(formats.number(i.measures.hours_per_person, 1) for i in items)),
    ]
    return Block(_("Key figures"), tuple(rows))


def _cost_by_fund(words: _Words) -> Block:
    rows = [words.row(a.label, a.values, words.formats.rupiah) for a in words.comparison.cost_by_fund]
    return Block(_("Cost by fund"), tuple(rows))


def _coverage_by_competency(words: _Words) -> Block:
    rows = tuple(words.coverage_row(a) for a in words.comparison.coverage_by_competency)
    return Block(_("Gaps closed by competency"), rows)


def _coverage_by_group(words: _Words) -> Block:
    return Block(_("Gaps closed by group"), tuple(words.coverage_row(a) for a in words.comparison.coverage_by_group))


def _programmes(words: _Words) -> Block:
    """Classes and participants of the programmes that differ."""
    rows = []
    for classes, people in words.comparison.changed_programmes:
        if any(classes.values):
            rows.append(
                words.row(
                    _("{programme}: classes").format(programme=classes.label), classes.values, words.formats.count
                )
            )
        name = _("{programme}: participants").format(programme=people.label)
        rows.append(words.row(name, people.values, words.formats.count))
    return Block(_("Programmes that gain or lose classes or participants"), tuple(rows))


def _all_inputs(words: _Words) -> Block:
    """Every input that differs somewhere, with its value in each scenario."""
    items = words.comparison.items
    paths = list(dict.fromkeys(d.path for item in items for d in item.differences))
    found = [{d.path: d for d in item.differences} for item in items]
    rows = []
    for path in paths:
        known = next(differences[path] for differences in found if path in differences)
        base = input_value(words.formats, path, known.old)
        values = [
            input_value(words.formats, path, differences[path].new) if path in differences else base
            for differences in found
        ]
        rows.append((path, *values))
    return Block(_("Inputs that differ"), tuple(rows))


def _inputs(words: _Words, number: int, item: Item) -> Table:
    return table(
        f"table-inputs-{number}",
        ngettext(
            "{scenario}: {number} input differs from the base",
            "{scenario}: {number} inputs differ from the base",
            len(item.differences),
        ).format(scenario=item.label, number=words.formats.count(len(item.differences))),
        [
            Column(_("Input"), "name"),
            Column(_("Change")),
            Column(_("Base")),
            Column(item.label),
        ],
        [_input_row(words.formats, difference) for difference in item.differences],
    )


def _input_row(formats: Formats, difference: Difference) -> Row:
    change = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[difference.change]
    return Row(
        (
            difference.path,
            change,
            input_value(formats, difference.path, difference.old),
            input_value(formats, difference.path, difference.new),
        )
    )


_MONEY: Final = frozenset({"amount", "price", "minimum", "cost", "default", "regional_budget"})
"""Inputs in rupiah, by the last part of their path."""


def _is_money(path: str) -> bool:
    """Whether the input is in rupiah; so are the prices beside `by` of a cost item."""
    *_before, block, last = ["", "", *path.split(".")]
    return last in _MONEY or (block == "price" and ".costs." in path)


def input_value(formats: Formats, path: str, value: Any) -> str:
    """An input as a reader writes it: rupiah, numbers, text; a record by its name, a list by its parts."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | Decimal):
        exact = Fraction(value)
        if exact.denominator == 1 and _is_money(path):
            return formats.rupiah(int(exact))
        return formats.number(exact, 6)
    if isinstance(value, dict):
        if "name" in value or "id" in value or "item" in value:
            return str(value.get("name") or value.get("item") or value.get("id"))
        return "; ".join(f"{key}: {input_value(formats, f'{path}.{key}', part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(input_value(formats, path, part) for part in value)
    return str(value)


def _gaps(words: _Words) -> Figure:
    rows = [
        Bar(
            item.label,
            float(item.plan.gaps_closed),
            item.plan.total_need,
            _("{closed} of {need} · {share}").format(
                closed=words.gaps(item.plan.gaps_closed),
                need=words.formats.count(item.plan.total_need),
                share=words.formats.share(item.measures.coverage.share),
            ),
            item.label,
        )
        for item in words.comparison.items
    ]
    title = _("Gaps needed and closed by plan")
    description = _("One bar per plan: its length is the number of gaps, the filled part those that are closed.")
    drawings = bars("chart-gaps", title, description, rows, _("closed"), _("left open"))
    made = table(
        "table-gaps",
        _("In figures: {title}").format(title=title),
        [
            Column(_("Plan"), "name"),
            Column(_("Needed"), "number"),
            Column(_("Closed"), "number"),
            Column(_("Left open"), "number"),
            Column(_("Coverage"), "number"),
        ],
        [
            (
                item.label,
                words.formats.count(item.plan.total_need),
                words.gaps(item.plan.gaps_closed),
                words.gaps(item.measures.coverage.left),
                words.formats.share(item.measures.coverage.share) if item.plan.total_need else NOTHING,
            )
            for item in words.comparison.items
        ],
    )
    return Figure("gaps", tuple(drawings), (made,))


def _coverage(words: _Words, kind: str, block: Block, rows: Sequence[Across[Coverage]], *, drawn: bool) -> Figure:
    """Coverage of each row in each plan, as a heat map and a table."""
    shown = [a for a in rows if any(coverage is not None and coverage.need for coverage in a.values)]
    cells = {}
    for r, across in enumerate(shown):
        for c, coverage in enumerate(across.values):
            if coverage is not None and coverage.need:
                percent = words.formats.share(coverage.share, 0).removesuffix("%")
                hint = _("{row}, {column}: {closed} of {need} closed").format(
                    row=across.label,
                    column=words.comparison.items[c].label,
                    closed=words.gaps(coverage.closed),
                    need=words.formats.count(coverage.need),
                )
                cells[r, c] = Heat(step_of(coverage.share), percent, hint)
    drawings = heat_map(
        f"chart-{kind}",
        block.title,
        _("Rows by plan; each cell gives the percentage of gaps closed. A dot means that there is no gap."),
        [across.label for across in shown],
        [item.label for item in words.comparison.items],
        cells,
        step_words(),
    )
    numbers = words.table(f"table-{kind}", replace(block, title=_("In figures: {title}").format(title=block.title)))
    return Figure(kind, tuple(drawings) if drawn else (), (numbers,))


def _money(words: _Words) -> Figure:
    comparison, formats = words.comparison, words.formats
    payers = [a for a in comparison.cost_by_fund if any(a.values)]
    stacks = [
        Stack(
            item.label,
            tuple(
                Part(number, paid, f"{item.label}, {across.label}: {formats.rupiah(paid)}")
                for number, across in enumerate(payers)
                if (paid := across.values[place])
            ),
            formats.rupiah_in_words(item.plan.total_cost),
        )
        for place, item in enumerate(comparison.items)
    ]
    title = _("Cost by plan, and who pays it")
    description = _("One bar per plan, made of what each fund pays; letters name the funds as in the legend.")
    drawings = stacked("chart-money", title, description, stacks, [across.label for across in payers])
    return Figure("money", tuple(drawings) if payers else (), (words.table("table-money", _cost_by_fund(words)),))
