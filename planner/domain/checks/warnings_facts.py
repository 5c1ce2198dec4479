"""Unlikely facts: more people than there are, more money than was offered, more people than classes hold.

Facts stand whatever they say, so these are warnings; each names the figure that may need correcting.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.actuals import Actuals
from planner.domain.checks.problem import Doubt, rupiah
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units.said import count_said


def doubtful_facts(scenario: Scenario) -> Iterator[Doubt]:
    """Yield the unlikely facts of a scenario, in the order of their lists."""
    actuals = scenario.actuals
    if actuals is None:
        return
    yield from _more_people(scenario, actuals)
    yield from _more_closed(scenario, actuals)
    yield from _classes(scenario, actuals)
    yield from _more_paid(scenario, actuals)
    yield from _more_seats(scenario, actuals)


def _more_people(scenario: Scenario, actuals: Actuals) -> Iterator[Doubt]:
    """Yield groups of which more people attended a programme than they have; nobody takes a programme twice."""
    so_far: dict[tuple[str, str], int] = {}
    for number, row in enumerate(actuals.attended):
        key = row.group, row.programme
        before = so_far.get(key, 0)
        so_far[key] = before + row.participants
        headcount = scenario.group[row.group].headcount
        if before <= headcount < so_far[key]:
            message = _("{people} people of '{group}' attended '{programme}', but the group has only {headcount}.")
            if before:
                message = _(
                    "with this row, {people} people of '{group}' attended '{programme}', but the group has only "
                    "{headcount}."
                )
            yield Doubt(
                ("actuals", "attended", number, "participants"),
                message.format(
                    people=count_said(so_far[key]),
                    group=row.group,
                    programme=row.programme,
                    headcount=count_said(headcount),
                ),
                _("The plan counts it as it stands: correct the number, or the headcount of the group."),
            )


def _more_closed(scenario: Scenario, actuals: Actuals) -> Iterator[Doubt]:
    """Yield groups of which more people are said to have reached a standard than were below it."""
    so_far: dict[tuple[str, str], int] = {}
    for number, row in enumerate(actuals.attended):
        for competency, closed in row.closed.items():
            key = row.group, competency
            gap = scenario.group[row.group].needs.get(competency, 0)
            before = so_far.get(key, 0)
            so_far[key] = before + int(closed)
            if before <= gap < so_far[key]:
                yield Doubt(
                    ("actuals", "attended", number, "closed", competency),
                    _("{closed} people of '{group}' now reach the standard of '{competency}', but only {gap} were "
"below it.")
                    .format(closed=count_said(so_far[key]), group=row.group, competency=competency,
                            gap=count_said(gap)),
                    _("The plan counts {gap} of them: correct the number, or the gap of the group.").format(
                        gap=count_said(gap)
                    ),
                )  # fmt: skip


def _classes(scenario: Scenario, actuals: Actuals) -> Iterator[Doubt]:
    """Yield classes with more people than they hold, people without a class, and classes without people."""
    held = {(row.programme, row.period): (number, row.classes) for number, row in enumerate(actuals.held)}
    seated: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], int] = {}
    for number, row in enumerate(actuals.attended):
        if row.participants and scenario.programme[row.programme].class_size is not None:
            key = row.programme, row.period
            seated[key] = seated.get(key, 0) + row.participants
            first.setdefault(key, number)
    for key, people in seated.items():
        size = scenario.programme[key[0]].class_size
        number, classes = held.get(key, (-1, 0))
        names = {"programme": key[0], "period": key[1], "people": count_said(people), "classes": count_said(classes)}
        if not classes:
            path = ("actuals", "held", number, "classes") if number >= 0 else ("actuals", "attended", first[key])
            yield Doubt(
                path,
                _("{people} people attended '{programme}' in {period}, but no class of it was held.").format(**names),
                _("Write the classes under 'held', or remove the people."),
            )
        elif size is not None and people > classes * size.max:
            yield Doubt(
                ("actuals", "held", number, "classes"),
                ngettext(
                    "{classes} class of '{programme}' in {period} holds at most {most} people, but {people} attended.",
                    "{classes} classes of '{programme}' in {period} hold at most {most} people, but {people} attended.",
                    classes,
                ).format(**names, most=count_said(classes * size.max)),
                _("The plan counts it as it stands: correct the classes, or the people who attended."),
            )
    for (programme, period), (number, classes) in held.items():
        if classes and (programme, period) not in seated:
            yield Doubt(
                ("actuals", "held", number, "classes"),
                ngettext(
                    "{classes} class of '{programme}' was held in {period}, but nobody attended.",
                    "{classes} classes of '{programme}' were held in {period}, but nobody attended.",
                    classes,
                ).format(classes=count_said(classes), programme=programme, period=period),
                _("Write who attended under 'attended', or remove the classes."),
            )


def _more_paid(scenario: Scenario, actuals: Actuals) -> Iterator[Doubt]:
    """Yield payments by which a fund has paid more than it has; of amounts per year, more than until that year."""
    spent: dict[tuple[str, str], int] = {}
    told = set()
    for number, row in enumerate(actuals.paid):
        fund, year = scenario.fund[row.fund], scenario.year_of[row.period]
        there, years = fund.amount, scenario.years
        if fund.amounts:
            years = scenario.years[: scenario.years.index(year) + 1] if fund.carry_over else (year,)
            there = sum(fund.amounts.get(each, 0) for each in years)
        spent[row.fund, year] = spent.get((row.fund, year), 0) + row.amount
        paid = sum(spent.get((row.fund, each), 0) for each in years)
        key = row.fund, years
        if paid > there and key not in told:
            told.add(key)
            message = _("'{fund}' has paid {paid}, but has only {amount}.")
            if not fund.own:
                message = _("'{fund}' has paid {paid}, but offers only {amount}.")
            yield Doubt(
                ("actuals", "paid", number, "amount"),
                message.format(fund=row.fund, paid=rupiah(paid), amount=rupiah(there)),
                _("The plan counts it as it stands: correct the payment, or the amount of the fund."),
            )


def _more_seats(scenario: Scenario, actuals: Actuals) -> Iterator[Doubt]:
    """Yield funds that gave more free seats of a programme than they offer."""
    given: dict[tuple[str, str], int] = {}
    for number, row in enumerate(actuals.seats):
        key = row.fund, row.programme
        offered, before = scenario.fund[row.fund].seats.get(row.programme, 0), given.get(key, 0)
        given[key] = before + row.seats
        if before <= offered < given[key]:
            yield Doubt(
                ("actuals", "seats", number, "seats"),
                _("'{fund}' gave {seats} free seats of '{programme}', but offers only {offered}.").format(
                    fund=row.fund,
                    seats=count_said(given[key]),
                    programme=row.programme,
                    offered=count_said(offered),
                ),
                _("The plan counts it as it stands: correct the seats, or what the fund offers."),
            )
