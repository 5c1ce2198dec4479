"""The rules about people: eligibility, uptake, hours, release, prerequisites, mentors and free seats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil

from planner.check.calendar import hours_by_year
from planner.check.costs import allowed_periods, periods_of_run
from planner.check.eligible import eligible, meant_for, too_long
from planner.check.needs import need, year_of_each_period, years_of
from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import _


def check_people(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """All rules about people, except those about classes."""
    people = _People(scenario, decisions)
    _check_eligibility(scenario, decisions, log)
    _check_uptake(people, log)
    _check_hours(people, log)
    _check_release(people, log)
    _check_prerequisites(people, log)
    _check_mentors(people, log)
    _check_free_seats(scenario, decisions, log)


def willing(group: Group, decisions: StatedDecisions) -> Fraction:
    """r[g] = uptake, or raises_uptake_to if the group receives socialization [0-1]."""
    if group.id in decisions.socialized and group.socialization:
        return group.socialization.raises_uptake_to
    return group.uptake


def weighed(parts: Iterable[tuple[int, Fraction]]) -> Fraction:
    """The sum of numbers times shares; shares of one denominator are added up as whole numbers first."""
    tops: dict[int, int] = {}
    for number, share in parts:
        tops[share.denominator] = tops.get(share.denominator, 0) + number * share.numerator
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction(0))


def days_by_period(scenario: Scenario, programme: Programme) -> list[Fraction]:
    """Training days of one participant in each period of a run: as listed, or the whole spread evenly [days]."""
    if isinstance(programme.days, tuple):
        return list(programme.days)
    whole = programme.hours / scenario.hours_per_day if programme.days is None else programme.days
    return [whole / programme.lasts] * programme.lasts


class _People:
    """Participants summed up as the rules need them."""

    def __init__(self, scenario: Scenario, decisions: StatedDecisions) -> None:
        self.scenario = scenario
        self.year_of = year_of_each_period(scenario)
        self.willing = {group.id: willing(group, decisions) for group in scenario.groups}
        self.by_pair: dict[tuple[str, str], dict[str, int]] = {}
        """People of (group, programme) by period."""
        self.away: dict[tuple[str, str], Fraction] = {}
        """Training days of (group, period) in all programmes [person-days]."""
        self.mentored: dict[str, list[tuple[Group, Programme, int]]] = {}
        """People in mentoring programmes, by the period in which these run."""
        days = {programme.id: days_by_period(scenario, programme) for programme in scenario.programmes}
        runs: dict[tuple[str, str], list[str]] = {}
        away: dict[tuple[str, str], dict[Fraction, int]] = {}
        for (g, p, t), number in decisions.participants.items():
            programme = scenario.programme[p]
            self.by_pair.setdefault((g, p), {})[t] = number
            if (p, t) not in runs:
                runs[p, t] = list(periods_of_run(scenario, programme, t))
            for place, period in enumerate(runs[p, t]):
                of_days = away.setdefault((g, period), {})
                of_days[days[p][place]] = of_days.get(days[p][place], 0) + number
                if programme.mentors is not None:
                    self.mentored.setdefault(period, []).append((scenario.group[g], programme, number))

        for key, of_days in away.items():
            self.away[key] = weighed((number, each) for each, number in of_days.items())

    def sent_by(self, numbers: dict[str, int], year: str) -> int:
        """Those of `numbers`, by period, whose course starts by the end of `year`."""
        return sum(n for t, n in numbers.items() if self.year_of[t] <= year)

    def pairs(self) -> Iterator[tuple[Group, Programme, dict[str, int]]]:
        for (g, p), numbers in self.by_pair.items():
            yield self.scenario.group[g], self.scenario.programme[p], numbers


def _check_eligibility(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """A group attends only programmes that are meant for it, start in the period, close one of its gaps, and have no
    more hours than one person may take."""
    periods = {programme.id: allowed_periods(scenario, programme) for programme in scenario.programmes}
    meant = meant_for(scenario)
    for g, p, t in decisions.participants:
        group, programme = scenario.group[g], scenario.programme[p]
        if g not in meant[programme.for_]:
            sentence = _("Programme '{programme}' is not for group '{group}'.")
            log.find("eligibility", (g, p, t), sentence, programme=p, group=g)
        if t not in periods[p]:
            sentence = _("Programme '{programme}' is not held in {period}.")
            log.find("eligibility", (g, p, t), sentence, programme=p, period=t)
        if need(group, programme) == 0:
            sentence = _("Programme '{programme}' closes no gap of group '{group}'.")
            log.find("eligibility", (g, p, t), sentence, programme=p, group=g)
        if too_long(scenario, group, programme, t):
            sentence = _("Programme '{programme}' has {hours} JP; one person of group '{group}' may take {most}.")
            longest = max(hours_by_year(scenario, programme, t).values(), default=programme.hours)
            figures = {"hours": longest, "most": group.max_hours}
            log.find("max_hours", (g, p, t), sentence, programme=p, group=g, **figures)
    for group in scenario.groups:
        if group.id in decisions.socialized and group.socialization is None:
            sentence = _("Group '{group}' has no socialization to receive.")
            log.find("eligibility", (group.id,), sentence, group=group.id)
    _check_socialization(scenario, decisions, log)


def _check_socialization(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """A socialization raises the uptake, and somebody of the group attends something in a period that is not over;
    `one_off` says when. One that was paid already is a fact."""
    attending = {g for g, _p, t in decisions.participants if t not in scenario.facts.over}
    for group in scenario.groups:
        if group.id in decisions.socialized - scenario.facts.socialized and group.socialization:
            if group.socialization.raises_uptake_to <= group.uptake:
                sentence = _("Socialization raises the willingness of group '{group}' by nothing.")
                log.find("socialization", (group.id, "raises"), sentence, group=group.id)
            sentence = _("Group '{group}' receives socialization, and nobody of it attends anything.")
            log.room("socialization", (group.id,), (group.id in attending) - 1, sentence, group=group.id)


def _check_uptake(people: _People, log: FindingLog) -> None:
    """By the end of each year, of the courses started by then, sum_t x[g,p,t] <= need[g,p] x r[g]: exactly over the
    groups of an agency that may attend p, each rounded up. The last year has the key of the whole plan."""
    sentence = _("{sent} people of group '{group}' are sent to '{programme}'; {most} need it and will take part.")
    by_then = _(
        "By the end of {year}, {sent} people of group '{group}' are sent to '{programme}'; {most} need it by then and"
        " will take part."
    )
    years = years_of(people.scenario)
    colleagues = _colleagues(people.scenario)
    for group, programme, numbers in people.pairs():
        g, p = group.id, programme.id
        for year in years[-1:] if not group.new_gaps else years:
            share, lacking = people.willing[g], need(group, programme, year)
            sent = people.sent_by(numbers, year) if len(years) > 1 else sum(numbers.values())
            if len(colleagues.get((group.agency or "", p), ())) > 1:
                most: Fraction | int = -(-lacking * share.numerator // share.denominator)
            else:
                most = lacking * share
            key, says = ((g, p), sentence) if year == years[-1] else ((g, p, year), by_then)
            log.room("uptake", key, most - sent, says, sent=sent, group=g, programme=p, most=most, year=year)
    _check_agencies(people, colleagues, log)


def _colleagues(scenario: Scenario) -> dict[tuple[str, str], list[Group]]:
    """The groups of each agency that may attend each programme, by (agency, programme)."""
    found: dict[tuple[str, str], list[Group]] = {}
    for p, groups in eligible(scenario).items():
        for group in groups:
            if group.agency is not None:
                found.setdefault((group.agency, p), []).append(group)
    return found


def _check_agencies(people: _People, colleagues: dict[tuple[str, str], list[Group]], log: FindingLog) -> None:
    of_agency = _("{sent} people of '{agency}' are sent to '{programme}'; {most} need it and will take part.")
    by_then = _(
        "By the end of {year}, {sent} people of '{agency}' are sent to '{programme}'; {most} need it by then and will"
        " take part."
    )
    years = years_of(people.scenario)
    for (agency, p), groups in colleagues.items():
        programme = people.scenario.programme[p]
        for year in years if any(group.new_gaps for group in groups) else years[-1:]:
            taken = (by_period for g in groups if (by_period := people.by_pair.get((g.id, p))))
            sent = sum(people.sent_by(by_period, year) for by_period in taken) if len(groups) > 1 else 0
            if sent:
                most = weighed((need(g, programme, year), people.willing[g.id]) for g in groups)
                last = year == years[-1]
                log.room(
                    "uptake",
                    (agency, p, "agency") if last else (agency, p, year, "agency"),
                    most - sent,
                    of_agency if last else by_then,
                    sent=sent,
                    agency=agency,
                    programme=p,
                    most=most,
                    year=year,
                )


def _check_hours(people: _People, log: FindingLog) -> None:
    """For each year: sum_{p,t} hours of the run in the year x x[g,p,t] <= max_hours_g x people, headcount_g x r[g] of
    them, rounded up."""
    sentence = _("Group '{group}' spends {hours} JP in training in {year}; at most {most} are allowed.")
    spent: dict[tuple[str, str], Fraction] = {}
    for group, programme, numbers in people.pairs():
        for start, number in numbers.items() if group.max_hours is not None else ():
            for year, hours in hours_by_year(people.scenario, programme, start).items():
                spent[group.id, year] = spent.get((group.id, year), Fraction(0)) + hours * number
    for (g, year), hours in spent.items():
        group = people.scenario.group[g]
        if group.max_hours is not None:
            most = group.max_hours * ceil(group.headcount * people.willing[g])
            log.room("max_hours", (g, year), most - hours, sentence, group=g, hours=hours, most=most, year=year)


def _check_release(people: _People, log: FindingLog) -> None:
    """sum over runs in t of days x participants <= release_g x headcount_g x working_days_t, not rounded."""
    sentence = _("Group '{group}' is in class for {away} person-days in {period}; at most {most} are released.")
    for (g, t), away in people.away.items():
        group = people.scenario.group[g]
        if group.release is not None:
            most = group.release * group.headcount * people.scenario.working_days[t]
            log.room("release", (g, t), most - away, sentence, away=away, group=g, period=t, most=most)


def _check_prerequisites(people: _People, log: FindingLog) -> None:
    """Up to every period, those in p are at most those who have finished q, those who completed it before the horizon,
    and max(0, need[g,p] - need[g,q]) who may skip it: the largest of these by the end of any year so far.

    A run of several periods is finished after the last of them; that of a single one is, within it.
    """
    sentence = _(
        "Up to {period}, {taken} people of group '{group}' take '{programme}'; only {ready} may, after '{first}'."
    )
    scenario = people.scenario
    for group, programme, numbers in people.pairs():
        for needed in programme.prerequisites:
            enough = tuple(dict.fromkeys(needed))
            ready = sum(group.completed.get(q, 0) for q in enough)
            taken = skipping = 0
            for place, t in enumerate(scenario.horizon):
                year = people.year_of[t] if group.new_gaps else None
                others = [need(group, scenario.programme[q], year) for q in enough]
                more = max(skipping, need(group, programme, year) - min(others))
                ready, skipping = ready + more - skipping, more
                taken += numbers.get(t, 0)
                for q in enough:
                    lasts = scenario.programme[q].lasts
                    ended = place if lasts == 1 else place - lasts
                    prepared = people.by_pair.get((group.id, q), {})
                    ready += prepared.get(scenario.horizon[ended], 0) if ended >= 0 else 0
                names = {"group": group.id, "programme": programme.id, "first": " / ".join(needed), "period": t}
                log.room("requires", tuple(names.values()), ready - taken, sentence, taken=taken, ready=ready, **names)


def _check_mentors(people: _People, log: FindingLog) -> None:
    """In every period in which a mentoring programme runs, mentees / mentees_each <= share x (headcount of the pool's
    groups - their people who attend a mentoring programme), not rounded."""
    sentence = _("Mentoring takes {busy} mentors of pool '{pool}' in {period}; it has {mentors}.")
    scenario = people.scenario
    used = {programme.mentors.pool for programme in scenario.programmes if programme.mentors}
    for pool in scenario.mentor_pools:
        selected = scenario.groups_in(pool.from_)
        ids = {group.id for group in selected}
        headcount = sum(group.headcount for group in selected)
        for t in scenario.horizon if pool.id in used else ():
            busy, mentored = Fraction(0), 0
            for group, programme, number in people.mentored.get(t, ()):
                if programme.mentors is not None and programme.mentors.pool == pool.id:
                    busy += Fraction(number, programme.mentors.mentees_each)
                mentored += number if group.id in ids else 0
            mentors = pool.share * (headcount - mentored)
            names = {"pool": pool.id, "period": t}
            log.room("mentors", (pool.id, t), mentors - busy, sentence, busy=busy, mentors=mentors, **names)


def _check_free_seats(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Free seats go to participants, each to one, and are no more than the fund gives."""
    given: dict[tuple[str, str], int] = {}
    seated: dict[tuple[str, str, str], int] = {}
    for (f, p, g, t), seats in decisions.seats.items():
        given[f, p] = given.get((f, p), 0) + seats
        seated[p, g, t] = seated.get((p, g, t), 0) + seats
    sentence = _("Fund '{fund}' gives {seats} free seats in '{programme}'; it offers {offered}.")
    for (f, p), seats in given.items():
        offered = scenario.fund[f].seats.get(p, 0)
        log.room("seats", (f, p), offered - seats, sentence, fund=f, seats=seats, programme=p, offered=offered)
    sentence = _("{seats} free seats in '{programme}' go to {people} people of group '{group}' in {period}.")
    for (p, g, t), seats in seated.items():
        people = decisions.participants.get((g, p, t), 0)
        names = {"programme": p, "group": g, "period": t}
        log.room("seats", (p, g, t), people - seats, sentence, seats=seats, people=people, **names)
