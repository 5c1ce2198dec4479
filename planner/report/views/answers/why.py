"""Why a group is not in a programme, or is: what excludes it, or what it costs and whose seats it takes."""

from __future__ import annotations

from collections.abc import Iterator

from planner.analysis.plans.losses import Loss
from planner.analysis.why_not.gap_detail import GapDetail
from planner.analysis.why_not.one_person import PersonLimit
from planner.analysis.why_not.why import ForcedPlan, WhyAnswer
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.locale import N_, _, ngettext
from planner.plans.plan import Status
from planner.report.material import Material, listed
from planner.report.views.answers import repairs, why_seats
from planner.report.views.answers.intervals import SMALLEST, between
from planner.report.views.answers.sweep import STATES
from planner.report.views.answers.why_words import reason
from planner.report.views.heading import Heading
from planner.report.views.quality import unit, weighted, with_unit
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING

_KINDS = {
    "one": N_("one person more"),
    "class": N_("a class of the smallest size"),
    "all": N_("everybody who could come"),
    "none": N_("nobody of the group"),
}


def view(material: Material, answer: WhyAnswer, heading: Heading) -> Section:
    group, programme = material.scenario.group[answer.group], material.scenario.programme[answer.programme]
    question = _("Why does '{group}' not take '{programme}'?")
    if answer.seated:
        question = _("Why does '{group}' take '{programme}', and what would more of it cost?")
    return Section(
        heading,
        question.format(group=group.label, programme=programme.label),
        tiles=tuple(_tiles(material, answer)),
        sentences=tuple(_sentences(material, answer, group, programme)),
        blocks=tuple(_blocks(material, answer)),
    )


def _tiles(material: Material, answer: WhyAnswer) -> Iterator[Tile]:
    count = material.formats.count
    yield Tile(_("In the plan"), count(answer.seated), _("participants of the group"))
    if answer.exclusions or answer.obstacles or answer.clashes:
        yield Tile(_("Possible"), _("no"), _("see what excludes it"))
    elif answer.possible:
        note = _("proven") if answer.most_proven else _("more may be possible")
        yield Tile(_("Most possible"), count(answer.most), note)
        first = next((each for each in answer.forced if each.loss is not None), None)
        if first is not None and first.loss is not None:
            yield Tile(
                _("Cost of {people}").format(people=people(material, first.people)),
                interval(material, first.loss),
                _("{unit} fewer (expected)").format(unit=unit(material)),
            )


def _sentences(material: Material, answer: WhyAnswer, group: Group, programme: Programme) -> Iterator[str]:
    if answer.exclusions or answer.obstacles:
        number = len(answer.exclusions or answer.obstacles)
        words = _("It is impossible: {number} conditions of the scenario exclude it, each by itself.")
        if number == 1:
            words = _("It is impossible: one condition of the scenario excludes it.")
        yield words.format(number=material.formats.count(number))
        for excluded in answer.exclusions or answer.obstacles:
            yield reason(material, excluded)
    elif answer.clashes:
        yield _("Nothing excludes the group, but with even one of its people no plan keeps all rules and limits.")
        yield _("Rules and limits that clash with it: {clashes}.").format(
            clashes=listed(list(map(str, answer.clashes[0])))
        )
        if answer.repairs is not None and answer.repairs.repairs:
            cheapest = repairs.repair_sentence(material, answer.repairs.repairs[0])
            yield _("The least change that makes it possible: {repair}.").format(repair=cheapest)
    elif answer.unknown:
        yield _(
            "It is not known whether there is a plan with anybody of the group in it ({reason}); nor is it proven that"
            " there is none."
        ).format(reason=_(STATES[answer.state]))
    else:
        yield from _of_seated(material, answer, programme)
        yield from _of_forced(material, answer, group)
    yield from (_of_person(material, limit) for limit in answer.person_limits)
    if answer.gap is not None:
        yield from _of_gap(material, answer, answer.gap)


def _of_person(material: Material, limit: PersonLimit) -> str:
    """Say which other programmes take the hours or days that one more participant would need."""
    words = {
        "hours": _(
            "With this plan nobody of the group has {asked} JP left for it in {where}: one person may"
            " take {most} JP (max_hours), and the plan gives them {taken}."
        ),
        "hours.taken": _(
            "With this plan nobody of the group has {asked} JP left for it in {where}: one person may"
            " take {allowed} JP (max_hours) and has taken {before} JP already (hours_before), and the"
            " plan gives them {taken}."
        ),
        "days": _(
            "With this plan nobody of the group has {asked} days left for it in {where}: that period "
            "has {most} working days, and the plan gives them {taken}."
        ),
    }
    each = _("'{programme}' ({people}, {number} JP each)")
    if limit.kind == "days":
        each = _("'{programme}' ({people}, {number} days each)")
    number = material.formats.number
    taken = [
        each.format(
            programme=material.scenario.programme[taking.programme].label,
            people=people(material, taking.people),
            number=number(taking.each),
        )
        for taking in limit.taken
    ]
    facts = {"asked": number(limit.asked), "where": limit.where, "most": number(limit.most), "taken": listed(taken)}
    if limit.kind == "hours":
        group = material.scenario.group[str(limit.path[1])]
        if group.max_hours is not None and limit.most < group.max_hours:
            facts |= {"allowed": number(group.max_hours), "before": number(group.hours_before)}
            return words["hours.taken"].format(**facts)
    return words[limit.kind].format(**facts)


def _of_seated(material: Material, answer: WhyAnswer, programme: Programme) -> Iterator[str]:
    if not answer.seated:
        yield _("It is possible, for up to {people}; the plan closes more gaps, or as many, without it.").format(
            people=people(material, answer.most)
        )
        return
    rows = [row for row in answer.base.allocations if (row.group, row.programme) == (answer.group, answer.programme)]
    words = _("The plan has {people} of the group in it.")
    if len(rows) > 1:
        words = _("The plan has {people} of the group in it ({periods}).")
    elif len(material.scenario.horizon) > 1:
        words = _("The plan has {people} of the group in it, in {periods}.")
    periods = ", ".join(
        f"{row.period}: {material.formats.count(row.participants)}" if len(rows) > 1 else row.period for row in rows
    )
    yield words.format(people=people(material, answer.seated), periods=periods)
    of_group = material.scenario.group[answer.group]
    effects = [
        _("{gaps} in {competency}").format(
            gaps=material.formats.number(effect * answer.seated), competency=material.scenario.competency[c].label
        )
        for c, effect in programme.closes.items()
        if of_group.needs.get(c)
    ]
    yield _("They are expected to close, as far as there are gaps: {effects}.").format(effects=listed(effects))
    dropped = answer.dropped
    if dropped is not None and dropped.loss is not None:
        yield _("Without them the best plan would close {loss} fewer {unit} (expected).").format(
            loss=interval(material, dropped.loss), unit=unit(material)
        )
    elif dropped is not None and dropped.status == Status.INFEASIBLE:
        yield _("Without them no plan keeps all rules and limits.")
    if answer.most <= answer.seated and answer.most_proven:
        yield _("No more of the group can take it under the rules and limits.")
        if answer.beyond:
            clashes = listed(list(map(str, answer.beyond)))
            yield _("Rules and limits that clash with one person more: {clashes}.").format(clashes=clashes)


def _of_forced(material: Material, answer: WhyAnswer, group: Group) -> Iterator[str]:
    for each in answer.forced:
        words = people(material, each.people)
        if each.loss is None:
            yield _("With {people} in it no plan was found: {reason}").format(
                people=words, reason=each.message.split("\n")[0]
            )
        elif each.loss.most < SMALLEST:
            yield _("With {people} in it nothing is lost.").format(people=words)
        else:
            yield _("With {people} in it the best plan closes {loss} fewer {unit} (expected).").format(
                people=words, loss=interval(material, each.loss), unit=unit(material)
            )


def interval(material: Material, loss: Loss) -> str:
    """Return what is lost, as precisely as it is proven."""
    return between(material, loss.least, loss.most)


def people(material: Material, number: int) -> str:
    return ngettext("{number} person", "{number} people", number).format(number=material.formats.count(number))


def _of_gap(material: Material, answer: WhyAnswer, gap: GapDetail) -> Iterator[str]:
    """Describe what the plan does about the gap in question."""
    scenario, formats = material.scenario, material.formats
    competency = scenario.competency[gap.competency].label
    if not gap.need:
        yield _("The group has no gap in {competency}.").format(competency=competency)
        return
    yield _("Of its gap in {competency} the plan closes an expected {closed} of {need}; {left} stay open.").format(
        competency=competency,
        closed=formats.number(gap.closed),
        need=formats.count(gap.need),
        left=formats.number(gap.left),
    )
    used = [closer for closer in gap.programmes if closer.people]
    if used:
        words = [
            _("'{programme}' with {people} ({gaps})").format(
                programme=scenario.programme[closer.programme].label,
                people=people(material, closer.people),
                gaps=formats.number(closer.closes),
            )
            for closer in used
        ]
        yield _("It is closed by: {closers}.").format(closers=listed(words))
    if gap.closed >= gap.willing and gap.left:
        yield _("More of it cannot be closed: the others of the group are not willing to take part.")
    elif gap.closed >= gap.willing:
        yield _("It is closed, so that nothing is left for this programme to do there.")
    elif gap.chances >= gap.willing:
        yield _(
            "All of the group who are willing take part in these programmes already. Each person's gap has one chance,"
            " so a further programme closes more only where it closes a larger share."
        )
    own = next((closer for closer in gap.programmes if closer.programme == answer.programme), None)
    if own is None:
        others = [scenario.programme[closer.programme].label for closer in gap.programmes if not closer.excluded]
        yield _("This programme does not close it. Those that could: {programmes}.").format(
            programmes=listed([f"'{name}'" for name in others]) or NOTHING
        )


def _blocks(material: Material, answer: WhyAnswer) -> Iterator[Block]:
    found = answer.exclusions + answer.obstacles
    if found:
        rows = [(reason(material, each), answer.places.get(each.path, NOTHING)) for each in found]
        columns = [Column(_("Reason"), "name"), Column(_("File and line"))]
        yield Block(_("What excludes it"), tables=(table("table-why-not", _("Reasons and places"), columns, rows),))
    for number, clash in enumerate(answer.clashes, start=1):
        rows = [(str(each), answer.places.get(each.path, NOTHING)) for each in clash]
        columns = [Column(_("Rule or limit"), "name"), Column(_("File and line"))]
        caption = _("Rules and limits that clash with one person of the group in the programme")
        if number > 1:
            caption = _("What clashes even without those above")
        yield Block(
            "" if number > 1 else _("What clashes"), tables=(table(f"table-why-{number}", caption, columns, rows),)
        )
    if answer.repairs is not None and answer.repairs.repairs:
        yield Block(_("What would make it possible"), tables=repairs.tables(material, answer.repairs))
    if answer.forced or answer.dropped:
        yield Block(_("What it costs"), tables=(_costs(material, answer),), notes=tuple(_notes(material)))
    if answer.nearest is not None and answer.moved is not None:
        yield from why_seats.blocks(material, answer, answer.nearest, answer.moved)


def _notes(material: Material) -> Iterator[str]:
    yield _(
        "Plans are proven best to the tolerance only, so that a difference of two of them is an interval. A smaller"
        " --gap makes it narrower."
    )


def _costs(material: Material, answer: WhyAnswer) -> Table:
    """Return this plan and the plans with other numbers of people, side by side."""
    formats = material.formats
    with_weights = weighted(material)
    levels = [row for row in answer.base.objective if row.goal == "smallest_coverage"]
    columns = [Column(_("People of the group in it"), "name"), Column(_("Gaps closed (expected)"), "number")]
    if with_weights:
        columns.append(Column(_("Weighted gaps closed (expected)"), "number"))
    columns.append(Column(with_unit(material, _("Lost")), "number"))
    columns += [Column(_("Smallest coverage"), "number") for _row in levels]
    columns += [Column(_("Total cost"), "number"), Column(_("Own funds"), "number")]

    def row(name: str, forced: ForcedPlan | None) -> tuple[str, ...]:
        plan = answer.base if forced is None else forced.plan
        if plan is None:
            return (name, *(NOTHING for _column in columns[1:]))
        lost = NOTHING if forced is None or forced.loss is None else interval(material, forced.loss)
        cells = [name, formats.number(plan.gaps_closed)]
        if with_weights:
            cells.append(formats.number(plan.weighted_gaps_closed))
        cells.append(lost)
        cells += [formats.share(each.value) for each in plan.objective if each.goal == "smallest_coverage"]
        return (*cells, formats.rupiah(plan.total_cost), formats.rupiah(plan.own_cost))

    rows = [row(_("{number}: the plan in question").format(number=formats.count(answer.seated)), None)]
    others = [*([answer.dropped] if answer.dropped else []), *answer.forced]
    rows += [row(f"{formats.count(each.people)}: {_(_KINDS[each.kind])}", each) for each in others]
    return table("table-why-costs", _("The best plans with people of the group in the programme"), columns, rows)
