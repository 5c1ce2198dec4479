"""The rules about people: eligibility, uptake, hours, release, prerequisites, mentors and free seats."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from planner.check.costs import allowed_periods
from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.groups import Group, MentorPool
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


def need(group: Group, programme: Programme) -> int:
    """need[g,p]: the largest gap of the group among what the programme closes [people]."""
    return max((group.gaps.get(competency, 0) for competency in programme.closes), default=0)


class _People:
    """Participants summed up as the rules need them."""

    def __init__(self, scenario: Scenario, decisions: StatedDecisions) -> None:
        self.scenario = scenario
        self.willing = {group.id: willing(group, decisions) for group in scenario.groups}
        self.by_pair: dict[tuple[str, str], dict[str, int]] = {}
        """People of (group, programme) by period."""
        self.away: dict[tuple[str, str], int] = {}
        """People of (group, period) in any programme."""
        self.mentored: dict[tuple[str, str], int] = {}
        """People of (programme, period)."""
        for (g, p, t), number in decisions.participants.items():
            self.by_pair.setdefault((g, p), {})[t] = number
            self.away[g, t] = self.away.get((g, t), 0) + number
            self.mentored[p, t] = self.mentored.get((p, t), 0) + number

    def pairs(self) -> Iterator[tuple[Group, Programme, dict[str, int]]]:
        for (g, p), numbers in self.by_pair.items():
            yield self.scenario.group[g], self.scenario.programme[p], numbers


def _check_eligibility(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """A group attends only programmes that are meant for it, are held in the period, and close one of its gaps."""
    periods = {programme.id: allowed_periods(scenario, programme) for programme in scenario.programmes}
    meant = {
        programme.id: {group.id for group in scenario.groups_in(programme.for_)} for programme in scenario.programmes
    }
    for g, p, t in decisions.participants:
        group, programme = scenario.group[g], scenario.programme[p]
        if g not in meant[p]:
            sentence = _("Programme '{programme}' is not for group '{group}'.")
            log.find("eligibility", (g, p, t), sentence, programme=p, group=g)
        if t not in periods[p]:
            sentence = _("Programme '{programme}' is not held in {period}.")
            log.find("eligibility", (g, p, t), sentence, programme=p, period=t)
        if need(group, programme) == 0:
            sentence = _("Programme '{programme}' closes no gap of group '{group}'.")
            log.find("eligibility", (g, p, t), sentence, programme=p, group=g)
    for group in scenario.groups:
        if group.id in decisions.socialized and group.socialization is None:
            sentence = _("Group '{group}' has no socialization to receive.")
            log.find("eligibility", (group.id,), sentence, group=group.id)


def _check_uptake(people: _People, log: FindingLog) -> None:
    """sum_t x[g,p,t] <= need[g,p] x r[g]."""
    sentence = _("{sent} people of group '{group}' are sent to '{programme}'; {most} need it and will take part.")
    for group, programme, numbers in people.pairs():
        g, p = group.id, programme.id
        most, sent = need(group, programme) * people.willing[g], sum(numbers.values())
        log.room("uptake", (g, p), most - sent, sentence, sent=sent, group=g, programme=p, most=most)


def _check_hours(people: _People, log: FindingLog) -> None:
    """sum_{p,t} hours_p x[g,p,t] <= max_hours_g x headcount_g x r[g]."""
    sentence = _("Group '{group}' spends {hours} JP in training; at most {most} are allowed.")
    spent: dict[str, Fraction] = {}
    for group, programme, numbers in people.pairs():
        spent[group.id] = spent.get(group.id, Fraction(0)) + programme.hours * sum(numbers.values())
    for g, hours in spent.items():
        group = people.scenario.group[g]
        if group.max_hours is not None:
            most = group.max_hours * group.headcount * people.willing[g]
            log.room("max_hours", (g,), most - hours, sentence, group=g, hours=hours, most=most)


def _check_release(people: _People, log: FindingLog) -> None:
    """sum_p x[g,p,t] <= floor(release_g x headcount_g)."""
    sentence = _("{away} people of group '{group}' are in class in {period}; at most {most} may be.")
    for (g, t), away in people.away.items():
        group = people.scenario.group[g]
        most = floor(group.release * group.headcount)
        log.room("release", (g, t), most - away, sentence, away=away, group=g, period=t, most=most)


def _check_prerequisites(people: _People, log: FindingLog) -> None:
    """Up to every period, those in p are at most those in q, plus max(0, need[g,p] - need[g,q]) who may skip q."""
    sentence = _(
        "Up to {period}, {taken} people of group '{group}' take '{programme}'; only {ready} may, after '{first}'."
    )
    scenario = people.scenario
    for group, programme, numbers in people.pairs():
        for q in programme.requires:
            prepared = people.by_pair.get((group.id, q), {})
            ready = max(0, need(group, programme) - need(group, scenario.programme[q]))
            taken = 0
            for t in scenario.horizon:
                taken += numbers.get(t, 0)
                ready += prepared.get(t, 0)
                names = {"group": group.id, "programme": programme.id, "first": q, "period": t}
                log.room("requires", tuple(names.values()), ready - taken, sentence, taken=taken, ready=ready, **names)


def _check_mentors(people: _People, log: FindingLog) -> None:
    """In every period, sum over programmes of participants / mentees_each <= mentors of the pool."""
    sentence = _("Mentoring takes {busy} mentors of pool '{pool}' in {period}; it has {mentors}.")
    scenario = people.scenario
    for pool in scenario.mentor_pools:
        mentors = _mentors(scenario, pool)
        using = [(p.id, p.mentors.mentees_each) for p in scenario.programmes if p.mentors and p.mentors.pool == pool.id]
        for t in scenario.horizon:
            busy = sum((Fraction(people.mentored.get((p, t), 0), mentees) for p, mentees in using), Fraction(0))
            names = {"pool": pool.id, "period": t}
            log.room("mentors", (pool.id, t), mentors - busy, sentence, busy=busy, mentors=mentors, **names)


def _mentors(scenario: Scenario, pool: MentorPool) -> int:
    """floor(share x headcount selected) [people]."""
    return floor(pool.share * sum(group.headcount for group in scenario.groups_in(pool.from_)))


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
