"""Funds that nobody can use, gaps that nothing closes, programmes that nobody can take or pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from planner.domain.affordable import Affordability
from planner.domain.cells import Funding
from planner.domain.checks.did_you_mean import suggestion
from planner.domain.checks.new_gaps import place_of_gap
from planner.domain.checks.problem import Doubt, listed, percent, rupiah
from planner.domain.fund_limits import spending_limits
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, Programme
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext


def funds_of_no_agency(scenario: Scenario) -> Iterator[Doubt]:
    """Yield funds of an agency that no group belongs to: their money pays for nobody."""
    agencies = {group.agency: None for group in scenario.groups if group.agency is not None}
    for f, fund in enumerate(scenario.funds):
        if fund.agency is not None and fund.agency not in agencies:
            message = _("no group belongs to the agency '{agency}', so the money of '{id}' pays for nobody.")
            words = message.format(agency=fund.agency, id=fund.id)
            yield Doubt(("funds", f, "agency"), f"{words} {suggestion(fund.agency, agencies)}".strip())


def idle_funds(funding: Funding, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield funds that can pay nothing and give no seats, and a scenario without any money."""
    scenario = funding.scenario
    agencies = {None, *(group.agency for group in scenario.groups)}
    paying = _paying(funding, takers)
    if sum(fund.amount for fund in scenario.funds) == 0:
        yield Doubt(("funds",), _("all funds are empty: only what costs nothing can be planned."))
    for f, fund in enumerate(scenario.funds):
        path = ("funds", f)
        gives_seats = any(
            seats > 0 and takers.get(programme) and scenario.periods_of(scenario.programme[programme])
            for programme, seats in fund.seats.items()
        )
        usable = _usable(scenario, fund)
        last = usable / fund.amount if fund.amount else Fraction(1)
        if gives_seats or fund.agency not in agencies:
            continue  # funds_of_no_agency reports it
        if fund.amount == 0:
            if len(scenario.funds) > 1:
                yield Doubt((*path, "amount"), _("'{id}' has no money and gives no seats.").format(id=fund.id))
        elif fund.max_share == 0 or usable == 0 or (fund.match and fund.match.ratio == 0):
            yield Doubt(path, _("the conditions of '{id}' let it pay nothing.").format(id=fund.id))
        elif fund.minimum > usable:
            yield Doubt(
                (*path, "minimum"),
                _("'{id}' gives at least {minimum} if used, but releases only {released}.").format(
                    id=fund.id, minimum=rupiah(fund.minimum), released=rupiah(int(usable))
                ),
            )
        elif fund.id not in paying:
            yield Doubt(path, _("nobody can use '{id}': it may pay none of the cost lines.").format(id=fund.id))
        elif last < 1:
            yield Doubt(
                (*path, "releases"),
                _("'{id}' releases only {share} by the end of '{period}': {amount} can never be spent.").format(
                    id=fund.id,
                    share=percent(last),
                    period=scenario.horizon[-1],
                    amount=rupiah(fund.amount - int(usable)),
                ),
            )


def _usable(scenario: Scenario, fund: Fund) -> Fraction:
    """Return what can be spent by the end of the horizon; with amounts per year, without what lapses [rupiah]."""
    ends = {limit.last: limit for limit in spending_limits(scenario, fund)}
    lapsing = {limit.first: limit for _, limit in sorted(ends.items())}
    return sum((limit.exact for limit in lapsing.values()), Fraction(0))


def _paying(funding: Funding, takers: Mapping[str, tuple[Group, ...]]) -> set[str]:
    """Return the funds that may pay a cost line above 0 rupiah of a programme that somebody may take, or a
    socialization."""
    scenario = funding.scenario
    raised = {group.agency for group in scenario.groups if group.socialization and group.socialization.cost}
    found = {f.id for f in scenario.funds if f.own and raised and (f.agency is None or f.agency in raised)}
    for programme in scenario.programmes:
        for item in programme.costs:
            if found.issuperset(funding.payers(programme, item)):
                continue
            for group in takers[programme.id]:
                if _costs(scenario, item, group):
                    found.update(funding.payers(programme, item, group))
    return found


def _costs(scenario: Scenario, item: CostItem, group: Group) -> bool:
    """Return whether the item costs anything in some year."""
    payer = group if item.per == "participant" else None
    return any(item.unit_cost(payer, year) for year in dict.fromkeys(scenario.price_year.values()))


def gaps_nobody_closes(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield gaps that no programme open to the group closes."""
    closing: dict[str, set[str]] = defaultdict(set)
    for programme in scenario.programmes:
        for group in takers[programme.id]:
            closing[group.id].update(programme.closes)
    open_gaps: dict[str, list[tuple[int, Group]]] = defaultdict(list)
    for g, group in enumerate(scenario.groups):
        for competency, gap in group.needs.items():
            if gap > 0 and competency not in closing[group.id]:
                open_gaps[competency].append((g, group))
    for competency, groups in open_gaps.items():
        people = sum(group.needs[competency] for _g, group in groups)
        yield Doubt(
            ("groups", groups[0][0], *place_of_gap(groups[0][1], competency)),
            ngettext(
                "no programme open to it closes the gap in '{competency}' of {count} group"
                " ({people} people): {groups}.",
                "no programme open to them closes the gap in '{competency}' of {count} groups"
                " ({people} people): {groups}.",
                len(groups),
            ).format(
                competency=competency,
                count=len(groups),
                people=people,
                groups=listed(group.id for _g, group in groups),
            ),
        )


def programmes_for_nobody(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield programmes for which nobody is eligible, or too few people for one class."""
    for p, programme in enumerate(scenario.programmes):
        able = takers[programme.id]
        people = sum(scenario.need(group, programme) for group in able)
        if not able:
            chosen = len(scenario.groups_in(programme.for_))
            yield Doubt(
                ("programmes", p),
                ngettext(
                    "nobody is eligible for '{id}': the {count} group it is for has no gap that it closes.",
                    "nobody is eligible for '{id}': the {count} groups it is for have no gap that it closes.",
                    chosen,
                ).format(id=programme.id, count=chosen),
            )
        elif programme.class_size and people < programme.class_size.min:
            yield Doubt(
                ("programmes", p, "class_size"),
                _("'{id}' needs {min} people for a class, but only {people} with a gap that it closes.").format(
                    id=programme.id, min=programme.class_size.min, people=people
                ),
            )
        elif programme.class_size and (least := _impossible_classes(scenario, programme)):
            yield Doubt(
                ("programmes", p, "classes"),
                _("'{id}' needs {least} classes if it runs, more than its periods can hold.").format(
                    id=programme.id, least=least
                ),
            )
        if programme.classes.max == 0 or programme.classes.per_period == 0:
            yield Doubt(
                ("programmes", p, "classes"), _("'{id}' may hold no class, so it cannot run.").format(id=programme.id)
            )


def _impossible_classes(scenario: Scenario, programme: Programme) -> int:
    """Return the classes needed if the periods cannot hold them, otherwise 0."""
    each = programme.classes.per_period
    room = None if each is None else each * len(scenario.periods_of(programme))
    return programme.classes.min if room is not None and programme.classes.min > room > 0 else 0


def programmes_without_cost(scenario: Scenario) -> Iterator[Doubt]:
    """Yield programmes without any cost line, which a plan holds for free: their costs may have been forgotten."""
    free = [(p, programme.id) for p, programme in enumerate(scenario.programmes) if not programme.costs]
    if free:
        message = ngettext(
            "{count} programme has no cost at all, and is planned as free: {names}. If it is free, give it a cost line"
            " of price 0.",
            "{count} programmes have no cost at all, and are planned as free: {names}. If they are free, give each a"
            " cost line of price 0.",
            len(free),
        )
        names = listed(name for _p, name in free)
        yield Doubt(("programmes", free[0][0]), message.format(count=len(free), names=names))


def unpayable_programmes(funding: Funding, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield cost lines that no fund may pay, so that the programme cannot run at all."""
    scenario = funding.scenario
    for p, programme in enumerate(scenario.programmes):
        able = takers[programme.id]
        for i, item in enumerate(programme.costs):
            unpaid = {group.id for group in able if not funding.payers(programme, item, group)}
            if not unpaid:
                continue
            covered = any(
                fund.seats.get(programme.id) and fund.seats_cover.matches(item.attributes()) for fund in scenario.funds
            )
            due = [group for group in able if _costs(scenario, item, group)]
            if not due or (item.per == "participant" and covered):
                continue
            if all(group.id in unpaid for group in due):
                yield Doubt(
                    ("programmes", p, "costs", i),
                    _("no fund may pay '{item}' of '{id}', so the programme cannot run.").format(
                        item=item.item, id=programme.id
                    ),
                )


def unaffordable_seats(funding: Funding, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield seats that cost more than the money of the funds that may pay for them, for some groups or for all."""
    scenario = funding.scenario
    if not any(fund.amount for fund in scenario.funds):
        return  # idle_funds reports it once, for all funds
    for p, programme in enumerate(scenario.programmes):
        able = takers[programme.id]
        money = Affordability(funding, programme, able)
        left_out = [group for group in able if not money.affords(group)]
        lines = [item for item in programme.costs if any(_costs(scenario, item, group) for group in left_out)]
        if not left_out or any(not funding.payers(programme, item) for item in lines):
            continue  # unpayable_programmes reports it
        least = min(money.least(group) for group in left_out)
        figures = {"id": programme.id, "least": rupiah(least), "most": rupiah(money.most)}
        path = ("programmes", p, "costs")
        if len(left_out) == len(able):
            sentence = _("'{id}' cannot run: it costs at least {least}, and the funds that may pay for it have {most}.")
            yield Doubt(path, sentence.format(**figures))
        else:
            sentence = _(
                "nobody of {groups} can take '{id}': with them it costs at least {least}, and the funds that may pay "
                "for it have {most}."
            )
            yield Doubt(path, sentence.format(groups=listed(group.id for group in left_out), **figures))


def idle_mentors(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield pools too small to mentor a single participant of a programme that needs them."""
    for m, pool in enumerate(scenario.mentor_pools):
        without = [
            programme.id
            for programme in scenario.programmes
            if (mentors := programme.mentors)
            and mentors.pool == pool.id
            and (takers[programme.id] or not scenario.mentors_in(pool))
            and not any(scenario.most_mentored(mentors, group) for group in takers[programme.id])
        ]
        if without:
            yield Doubt(
                ("mentor_pools", m),
                _("the pool '{id}' is too small to mentor anybody, so these cannot run: {programmes}.").format(
                    id=pool.id, programmes=listed(without)
                ),
            )
