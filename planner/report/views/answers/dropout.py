"""Drop-out of partners: what remains without them, and the plan that loses least."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from planner.analysis.dropout.expected import DropOut
from planner.analysis.dropout.outcomes import Distribution, Strategy
from planner.analysis.partners.subsets import SubsetOutcome
from planner.analysis.plans.moves import classes_of
from planner.domain.objectives import gaps_come_first
from planner.locale import _, ngettext
from planner.report.charts.bars import Bar, bars
from planner.report.material import Material, listed
from planner.report.views.answers.endings import reasons
from planner.report.views.answers.intervals import SMALLEST
from planner.report.views.answers.partners import names
from planner.report.views.heading import Heading
from planner.report.views.quality import counts_otherwise, unit
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: DropOut, heading: Heading) -> Section:
    question = _("What is left of the plan if partners do not come, and which plan loses least?")
    if not answer.roles.varied and not answer.roles.never:
        return Section(heading, question, sentences=tuple(_nothing_uncertain(material, answer)))
    return Section(
        heading,
        question,
        tiles=tuple(_tiles(material, answer)),
        sentences=tuple(_sentences(material, answer)),
        blocks=tuple(_blocks(material, answer)),
    )


def _nothing_uncertain(material: Material, answer: DropOut) -> Iterator[str]:
    there = answer.roles
    if there.always:
        yield _(
            "Every partner is certain to come: {names}. Write in the scenario how likely each is to give what it "
            "promises, for example chance: 80%."
        ).format(names=names(material, there.always))
    elif there.idle:
        yield _("No partner of this scenario offers money or free seats: {names}.").format(
            names=names(material, there.idle)
        )
    else:
        yield _("This scenario has no partners: all funds are own funds.")


def _tiles(material: Material, answer: DropOut) -> Iterator[Tile]:
    number, base = material.formats.number, answer.base.gaps
    yield Tile(_("Gaps closed if all come"), number(answer.plan.gaps_closed), _("what the plan counts on"))
    yield Tile(_("To be expected"), number(base.expected), _("on average over all cases"))
    yield Tile(
        _("In a bad case"), number(base.tenth_percentile), _("this or less happens with a chance of 10% or more")
    )
    yield Tile(_("At worst"), number(base.worst), _("the worst that can happen"))


def _sentences(material: Material, answer: DropOut) -> Iterator[str]:
    if answer.year:
        words = _("Here partners withhold their amount of {year} only; what they give in other years stays.")
        yield words.format(year=answer.year)
    formats, number, there = material.formats, material.formats.number, answer.roles
    chances = [
        f"{fund.label} ({formats.given_share(fund.chance)})"
        for fund in material.scenario.funds
        if fund.id in (*there.varied, *there.never)
    ]
    yield ngettext(
        "Each partner comes or stays away independently of the others, with its chance: {chances}. That makes "
        "{number} case.",
        "Each partner comes or stays away independently of the others, with its chance: {chances}. That makes "
        "{number} cases.",
        len(answer.cases),
    ).format(chances=listed(chances), number=formats.count(len(answer.cases)))
    if there.too_many:
        yield _(
            "More than eight uncertain partners are too many to evaluate; these are assumed to come: {names}. "
            "Choose up to eight to evaluate with --partners."
        ).format(names=names(material, there.always))
    elif there.always:
        yield _("Assumed to come: {names}.").format(names=names(material, there.always))
    expected = answer.base.gaps.expected
    fewer = answer.plan.gaps_closed - expected
    words = _(
        "The plan counts on all of them. Its classes are committed now, and those that cannot be paid are cancelled "
        "when money does not come: {expected} closed gaps are to be expected, {number} fewer than if all come."
    )
    if abs(fewer) < SMALLEST:
        words = _(
            "The plan counts on all of them. Its classes are committed now, and those that cannot be paid are "
            "cancelled when money does not come: {expected} closed gaps are to be expected, as many as if all come."
        )
    elif fewer < 0:
        words = _(
            "The plan counts on all of them. Its classes are committed now, and those that cannot be paid are "
            "cancelled when money does not come: {expected} closed gaps are to be expected, {number} more than if all "
            "come, because weights and goals decide."
        )
    yield words.format(expected=number(expected), number=number(abs(fewer)))
    anew, base = number(answer.replanned.level.expected), number(answer.base.level.expected)
    words = _(
        "If everything could be planned anew once it is known who comes, {anew} could be expected instead of {base}, "
        "counted in {unit}."
    )
    if anew == base:
        words = _(
            "If everything could be planned anew once it is known who comes, no more could be expected: {anew}, "
            "counted in {unit}."
        )
    known = words.format(anew=anew, base=base, unit=unit(material))
    yield f"{known} {_('No way of planning does better.')}" if gaps_come_first(material.scenario) else known
    yield from _robust(material, answer)
    yield from _without_plan(material, answer.base)


def _robust(material: Material, answer: DropOut) -> Iterator[str]:
    more = None if answer.upper_bound is None else answer.upper_bound - answer.robust.level.expected
    if answer.robust is answer.base:
        yield _(
            "The plan that loses least is this very plan: no other classes were found that certainly lose less when "
            "committed."
        )
    else:
        gain = answer.robust.level.expected - answer.base.level.expected
        words = _(
            "The plan that loses least commits other classes. What is to be expected is {expected} instead of {base}, "
            "{gain} more, counted in {unit}. The table says which classes."
        )
        if gain < SMALLEST:
            words = _(
                "The plan that loses least commits other classes. What is to be expected is {expected}, hardly more,"
                " counted in {unit}. The table says which classes."
            )
        yield words.format(
            expected=material.formats.number(answer.robust.level.expected),
            base=material.formats.number(answer.base.level.expected),
            gain=material.formats.number(gain),
            unit=unit(material),
        )
    if more is not None and more < Fraction(1, 200):
        yield _("No other classes could do better: that is proven.")
    elif more is not None:
        yield _(
            "Whatever is committed, at most {more} more could be expected, counted in {unit}: that is proven."
        ).format(more=material.formats.number(more), unit=unit(material))


def _without_plan(material: Material, base: Strategy) -> Iterator[str]:
    if base.failing:
        yield _(
            "With a chance of {share} the rules cannot be kept with what is left; such a case counts as if nothing "
            "were closed."
        ).format(share=material.formats.share(base.failing))
    if base.unknown:
        yield _(
            "With a chance of {share} no plan is known ({reasons}); such a case counts as if nothing were closed, so "
            "more may be possible. Allow more time with --time-limit."
        ).format(
            share=material.formats.share(base.unknown), reasons=reasons(o.status for o in base.outcomes if o.unknown)
        )


def _blocks(material: Material, answer: DropOut) -> Iterator[Block]:
    yield Block(
        _("Ways to plan"),
        figure=_figure(material, answer),
        notes=(
            _(
                "The classes of each programme in each period are committed. When partners do not "
                "come, classes may be cancelled but none added; who takes part, free seats, payments "
                "and programmes without classes are chosen again, under all rules."
            ),
        ),
    )
    if answer.robust is not answer.base:
        yield Block(_("What to commit"), tables=(_commitments(material, answer),))
    cancelled = _cancelled(material, answer)
    if cancelled is not None:
        yield Block(_("What is cancelled if one partner does not come"), tables=(cancelled,))
    yield Block(_("All cases"), tables=(_cases(material, answer),))


def _ways(answer: DropOut) -> list[tuple[str, Strategy]]:
    ways = [(_("Everything planned anew"), answer.replanned), (_("This plan committed"), answer.base)]
    if answer.robust is not answer.base:
        ways.append((_("The plan that loses least"), answer.robust))
    return ways


def _figure(material: Material, answer: DropOut) -> Figure:
    number, need = material.formats.number, answer.plan.total_need
    rows = []
    for name, way in _ways(answer):
        for words, value in _parts(way.gaps):
            label = f"{name}: {words}"
            rows.append(Bar(label, float(value), need, number(value), f"{label}: {number(value)}"))
    title = _("Gaps closed when partners may not come")
    description = _("Three bars per way to plan: the expected result, that of a bad case, and that of the worst case.")
    drawings = bars("chart-dropout", title, description, rows, _("closed (expected)"), _("left open (expected)"))
    columns = [
        Column(_("Way to plan"), "name"),
        *(Column(words, "number") for words, _value in _parts(answer.base.gaps)),
    ]
    distributions: list[tuple[str, Callable[[Strategy], Distribution]]] = [("", lambda way: way.gaps)]
    if counts_otherwise(material):
        distributions.append((unit(material), lambda way: way.level))
    lines = []
    for name, way in _ways(answer):
        for suffix, of in distributions:
            label = f"{name} ({suffix})" if suffix else name
            lines.append((label, *(material.formats.fixed(value, 2) for _words, value in _parts(of(way)))))
    made = table("table-dropout", title, columns, lines, note=_counting(material))
    return Figure(tuple(drawings), (made,))


def _counting(material: Material) -> str:
    """Say why a plan may close fewer gaps than a worse one; nothing where it cannot."""
    if not counts_otherwise(material):
        return ""
    words = _(
        "Plans are made to close the most {unit}; with each gap counted as one, another plan may close a few more."
    )
    return words.format(unit=unit(material))


def _parts(distribution: Distribution) -> list[tuple[str, Fraction]]:
    return [
        (_("expected"), distribution.expected),
        (_("bad case (10%)"), distribution.tenth_percentile),
        (_("worst"), distribution.worst),
    ]


def _commitments(material: Material, answer: DropOut) -> Table:
    """Return the classes that differ between this plan and the one that loses least."""
    assert answer.robust.plan is not None
    mine, other = classes_of(answer.plan), classes_of(answer.robust.plan)
    count = material.formats.count
    rows = []
    for programme in material.scenario.programmes:
        for period in material.scenario.horizon:
            held = mine.get((programme.id, period), 0), other.get((programme.id, period), 0)
            if held[0] != held[1]:
                rows.append((programme.label, period, count(held[0]), count(held[1])))
    return table(
        "table-dropout-commitments",
        _("Classes to commit, where they differ"),
        [
            Column(_("Programme"), "name"),
            Column(_("Period")),
            Column(_("This plan"), "number"),
            Column(_("The plan that loses least"), "number"),
        ],
        rows,
        note=_if_all_come(material, answer),
    )


def _if_all_come(material: Material, answer: DropOut) -> str:
    """Say what the plan that loses least closes if all come, with participants chosen for that as in the table of all
    cases; nothing where that cannot happen."""
    for case, outcome in zip(answer.robust.cases, answer.robust.outcomes, strict=True):
        if set(case.absent) <= set(answer.roles.never) and outcome.plan is not None:
            words = _("If all come, the plan that loses least closes an expected {number} gaps.")
            return words.format(number=material.formats.number(outcome.gaps))
    return ""


def _cancelled(material: Material, answer: DropOut) -> Table | None:
    """Return the classes of this plan that are cancelled when one partner alone drops out."""
    committed, count = classes_of(answer.plan), material.formats.count
    rows = []
    for outcome in answer.base.outcomes:
        away = outcome.absent & set(answer.roles.varied)
        if len(away) != 1 or outcome.plan is None:
            continue
        held = classes_of(outcome.plan)
        for (programme, period), number in committed.items():
            fewer = number - held.get((programme, period), 0)
            if fewer:
                label = material.scenario.programme[programme].label
                rows.append((names(material, tuple(away)), label, period, count(number), count(fewer)))
    if not rows:
        return None
    return table(
        "table-dropout-cancelled",
        _("Classes of this plan that are cancelled"),
        [
            Column(_("Does not come"), "name"),
            Column(_("Programme")),
            Column(_("Period")),
            Column(_("Committed"), "number"),
            Column(_("Cancelled"), "number"),
        ],
        rows,
        note=_("Where several choices are equally good, one of them is shown."),
    )


def _cases(material: Material, answer: DropOut) -> Table:
    ways = _ways(answer)
    rows = []
    for number, case in enumerate(answer.cases):
        absent = names(material, case.absent) if case.absent else _("nobody")
        shown = [_gaps(material, way.outcomes[number]) for _name, way in ways]
        rows.append((absent, material.formats.share(case.probability, 2), *shown))
    return table(
        "table-dropout-cases",
        _("Gaps closed in each case"),
        [
            Column(_("Does not come"), "name"),
            Column(_("Chance"), "number"),
            *(Column(name, "number") for name, _way in ways),
        ],
        rows,
        note=_counting(material),
    )


def _gaps(material: Material, outcome: SubsetOutcome) -> str:
    if outcome.plan is not None:
        return material.formats.number(outcome.gaps)
    return NOTHING if outcome.unknown else _("rules cannot be kept")
