"""The rules about people: eligibility, uptake, hours, release, prerequisites, mentors and free seats."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from planner.check.calendar import DaysInClass, hours_by_year, most_hours
from planner.check.costs import allowed_periods, periods_of_run
from planner.check.eligible import Eligible, too_long
from planner.check.free_seats import check_free_seats
from planner.check.needs import need, year_of_each_period, years_of
from planner.check.rows import StatedDecisions
from planner.check.sums import Ratio, added
from planner.check.verdict import FindingLog
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import _


def check_people(scenario: Scenario, decisions: StatedDecisions, eligible: Eligible, log: FindingLog) -> None:
    """Check all rules about people, except those about classes."""
    people = _People(scenario, decisions, eligible)
    _check_eligibility(scenario, decisions, eligible, log)
    _check_uptake(people, log)
    _check_hours(people, log)
    _check_release(people, log)
    _check_prerequisites(people, log)
    _check_mentors(people, log)
    check_free_seats(scenario, decisions, log)


def willing(group: Group, decisions: StatedDecisions) -> Fraction:
    """Return r[g] = uptake, or raises_uptake_to if the group receives socialization [0-1]."""
    if group.id in decisions.socialized and group.socialization:
        return group.socialization.raises_uptake_to
    return group.uptake


class _Agency(NamedTuple):
    """The groups of an agency; where it has several, by programme how many of them may attend it, and the people who
    need it by the end of the plan and will take part, as numerators over one denominator."""

    groups: list[Group]
    counts: dict[str, int]
    will: dict[str, int]
    parts: int


class _People:
    """Participants summed up as the rules need them."""

    def __init__(self, scenario: Scenario, decisions: StatedDecisions, eligible: Eligible) -> None:
        self.scenario = scenario
        self.eligible = eligible
        self.year_of = year_of_each_period(scenario)
        self.willing = {group.id: willing(group, decisions).as_integer_ratio() for group in scenario.groups}
        """The share of each group that is willing, as numerator and denominator."""
        self.by_pair: dict[tuple[str, str], dict[str, int]] = {}
        """People of (group, programme) by period."""
        self._agencies: dict[str, _Agency] = {}
        self.mentored: dict[str, list[tuple[Group, Programme, int]]] = {}
        """People in mentoring programmes, by the period in which these run."""
        mentoring = {programme.id for programme in scenario.programmes if programme.mentors is not None}
        for (g, p, t), number in decisions.participants.items():
            self.by_pair.setdefault((g, p), {})[t] = number
            if p in mentoring:
                programme = scenario.programme[p]
                for period in periods_of_run(scenario, programme, t):
                    self.mentored.setdefault(period, []).append((scenario.group[g], programme, number))
        self.sent = {g: scenario.group[g] for g, _p in self.by_pair}
        """The groups that attend anything."""

    def pairs(
        self, groups: Collection[str] | None = None, programmes: Collection[str] | None = None
    ) -> Iterator[tuple[Group, Programme, dict[str, int]]]:
        """Yield each group and programme with its people by period; of these groups and programmes alone, where given:
        there may be very many pairs, and most rules are about none of them."""
        scenario = self.scenario
        if (groups is None or groups) and (programmes is None or programmes):
            for (g, p), row in self.by_pair.items():
                if (groups is None or g in groups) and (programmes is None or p in programmes):
                    yield scenario.group[g], scenario.programme[p], row

    def sent_by(self, numbers: dict[str, int], year: str) -> int:
        """Return the people in `numbers`, by period, whose course starts by the end of `year`."""
        return sum(n for t, n in numbers.items() if self.year_of[t] <= year)

    def who_will(self, group: Group, programme: Programme, year: str) -> Ratio:
        """Return need[g,p] x r[g] by the end of a year, as numerator and denominator [people]."""
        top, bottom = self.willing[group.id]
        of_plan = self.eligible.needs[group.id].get(programme.id, 0)
        return (need(group, programme, year) if group.new_gaps else of_plan) * top, bottom

    def of_agency(self, agency: str) -> _Agency:
        """Return what applies to all groups of an agency together, computed when the first of them is sent anywhere."""
        if agency not in self._agencies:
            groups = self.eligible.agencies[agency]
            parts = lcm(*(self.willing[group.id][1] for group in groups))
            counts: dict[str, int] = {}
            will: dict[str, int] = {}
            for group in groups if len(groups) > 1 else ():
                (top, bottom), needs = self.willing[group.id], self.eligible.needs[group.id]
                each = top * (parts // bottom)
                may_attend = self.eligible.programmes[group.id]
                for p, number in needs.items():
                    if p in may_attend:
                        counts[p] = counts.get(p, 0) + 1
                        will[p] = will.get(p, 0) + number * each
            self._agencies[agency] = _Agency(groups, counts, will, parts)
        return self._agencies[agency]


def _check_eligibility(scenario: Scenario, decisions: StatedDecisions, eligible: Eligible, log: FindingLog) -> None:
    """Check that a group attends only programmes that are meant for it, start in the period, close one of its gaps, and
    have no more hours than one person may take."""
    periods = {programme.id: allowed_periods(scenario, programme) for programme in scenario.programmes}
    for g, p, t in decisions.participants:
        group, programme = scenario.group[g], scenario.programme[p]
        surely = p in eligible.programmes[g] and (
            group.max_hours is None or (programme.lasts == 1 and not group.hours_before)
        )
        if surely and t in periods[p]:
            continue
        if g not in eligible.meant[p]:
            sentence = _("Programme '{programme}' is not for group '{group}'.")
            log.find("eligibility", (g, p, t), sentence, programme=p, group=g)
        if t not in periods[p]:
            sentence = _("Programme '{programme}' may not start in {period}.")
            log.find("eligibility", (g, p, t), sentence, programme=p, period=t)
        if need(group, programme) == 0:
            sentence = _("Programme '{programme}' closes no gap of group '{group}'.")
            log.find("eligibility", (g, p, t), sentence, programme=p, group=g)
        if too_long(scenario, group, programme, t):
            sentence = _("Programme '{programme}' has {hours} JP; one person of group '{group}' may take {most}.")
            hours = hours_by_year(scenario, programme, t) or {scenario.year_of[t]: programme.hours}
            beyond = {year: (n, most_hours(scenario, group, year) or Fraction(0)) for year, n in hours.items()}
            longest, most = max(beyond.values(), key=lambda each: each[0] - each[1])
            figures = {"hours": longest, "most": most}
            if group.max_hours is not None and most < group.max_hours:
                sentence = _(
                    "Programme '{programme}' has {hours} JP; one person of group '{group}' may take {most} beside the"
                    " {before} JP taken before the plan."
                )
                figures["before"] = group.hours_before
            log.find("max_hours", (g, p, t), sentence, programme=p, group=g, **figures)
    for group in scenario.groups:
        if group.id in decisions.socialized and group.socialization is None:
            sentence = _("Group '{group}' has no socialization to receive.")
            log.find("eligibility", (group.id,), sentence, group=group.id)
    _check_socialization(scenario, decisions, log)


def _check_socialization(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check that a socialization raises the uptake and somebody of the group attends in a period that is not over,
    unless it was paid already. `one_off` says when it is paid."""
    attending = {g for g, _p, t in decisions.participants if t not in scenario.facts.over}
    for group in scenario.groups:
        if group.id in decisions.socialized - scenario.facts.socialized and group.socialization:
            if group.socialization.raises_uptake_to <= group.uptake:
                sentence = _("Socialization does not raise the willingness of group '{group}'.")
                log.find_asked("socialization", (group.id, "raises"), sentence, group=group.id)
            sentence = _("Group '{group}' receives socialization, but nobody of it attends anything.")
            log.room_asked("socialization", (group.id,), (group.id in attending) - 1, sentence, group=group.id)


def _check_uptake(people: _People, log: FindingLog) -> None:
    """Check sum_t x[g,p,t] <= need[g,p] x r[g] by the end of each year, for courses started by then: rounded up for a
    group, exact over the groups of an agency that may attend p. The last year has the key of the whole plan."""
    sentence = _("{sent} people of group '{group}' are sent to '{programme}'; {most} need it and will take part.")
    by_then = _(
        "By the end of {year}, {sent} people of group '{group}' are sent to '{programme}'; {most} need it by then and"
        " will take part."
    )
    years = years_of(people.scenario)
    last = years[-1]
    of_agencies: dict[tuple[str, str], int] = {}
    """People of an agency who attend a programme, where several of its groups may attend it."""
    counts = {g: people.of_agency(group.agency).counts for g, group in people.sent.items() if group.agency}
    nowhere: dict[str, int] = {}
    needs_of, willing_of = people.eligible.needs, people.willing
    kept: list[tuple[tuple[str, str], int, int]] = []
    for pair, numbers in people.by_pair.items():
        g, p = pair
        group = people.sent[g]
        together, sent = counts.get(g, nowhere).get(p, 0) > 1, sum(numbers.values())
        if together:
            key = group.agency or "", p
            of_agencies[key] = of_agencies.get(key, 0) + sent
        if not group.new_gaps:
            needs, (top, parts) = needs_of[g], willing_of[g]
            most = needs.get(p, 0) * top
            if together:
                most, parts = -(-most // parts), 1
            left = most - sent * parts
            if left >= 0:
                kept.append((pair, left, parts))
                continue
        programme = people.scenario.programme[p]
        for year in years if group.new_gaps else (last,):
            most, parts = people.who_will(group, programme, year)
            if together:
                most, parts = -(-most // parts), 1
            by_year = sent if year == last else people.sent_by(numbers, year)
            row, says = (pair, sentence) if year == last else ((g, p, year), by_then)
            if not log.has_room("uptake", row, most - by_year * parts, parts):
                exact = Fraction(most, parts)
                log.room(
                    "uptake", row, exact - by_year, says, sent=by_year, group=g, programme=p, most=exact, year=year
                )
    log.have_room("uptake", kept)
    _check_agencies(people, of_agencies, years, log)


def _check_agencies(
    people: _People, of_agencies: Mapping[tuple[str, str], int], years: list[str], log: FindingLog
) -> None:
    """Check the same over the groups of an agency that may attend a programme, not rounded."""
    of_agency = _("{sent} people of '{agency}' are sent to '{programme}'; {most} need it and will take part.")
    by_then = _(
        "By the end of {year}, {sent} people of '{agency}' are sent to '{programme}'; {most} need it by then and will"
        " take part."
    )
    growing = any(group.new_gaps for group in people.scenario.groups)
    for (agency, p), sent_in_all in of_agencies.items():
        programme, together = people.scenario.programme[p], people.of_agency(agency)
        groups = [each for each in together.groups if p in people.eligible.programmes[each.id]] if growing else []
        new_gaps = any(group.new_gaps for group in groups)
        for year in years if new_gaps else years[-1:]:
            last = year == years[-1]
            sent = sent_in_all
            if not last:
                sent = sum(people.sent_by(people.by_pair.get((g.id, p), {}), year) for g in together.groups)
            if sent:
                most, parts = together.will[p], together.parts
                if new_gaps:
                    most, parts = added(people.who_will(group, programme, year) for group in groups)
                key = (agency, p, "agency") if last else (agency, p, year, "agency")
                if not log.has_room("uptake", key, most - sent * parts, parts):
                    says, exact = of_agency if last else by_then, Fraction(most, parts)
                    names = {"agency": agency, "programme": p, "year": year}
                    log.room("uptake", key, exact - sent, says, sent=sent, most=exact, **names)


def _check_hours(people: _People, log: FindingLog) -> None:
    """Check for each year: sum_{p,t} hours of the run in the year x x[g,p,t] <= max_hours_g x people, with people =
    headcount_g x r[g] rounded up; in the first year less what each has taken before."""
    sentence = _("Group '{group}' spends {hours} JP in training in {year}; at most {most} are allowed.")
    beside = _(
        "Group '{group}' spends {hours} JP in training in {year}; at most {most} are allowed beside the {before} JP"
        " that each has taken before the plan."
    )
    spent: dict[tuple[str, str], list[Ratio]] = {}
    of_run: dict[tuple[str, str], dict[str, Fraction]] = {}
    limited = {g for g, group in people.sent.items() if group.max_hours is not None}
    for group, programme, numbers in people.pairs(limited):
        for start, number in numbers.items():
            if (programme.id, start) not in of_run:
                of_run[programme.id, start] = hours_by_year(people.scenario, programme, start)
            for year, hours in of_run[programme.id, start].items():
                top, bottom = hours.as_integer_ratio()
                spent.setdefault((group.id, year), []).append((number * top, bottom))
    for (g, year), parts in spent.items():
        group, (top, bottom) = people.scenario.group[g], people.willing[g]
        each = most_hours(people.scenario, group, year)
        if each is not None:
            most, taken = each * -(-group.headcount * top // bottom), Fraction(*added(parts))
            figures = {"hours": taken, "most": most}
            if group.max_hours is not None and each < group.max_hours:
                says, figures["before"] = beside, group.hours_before
            else:
                says = sentence
            log.room("max_hours", (g, year), most - taken, says, group=g, year=year, **figures)


def _check_release(people: _People, log: FindingLog) -> None:
    """Check sum over runs in t of days x participants <= release_g x headcount_g x working_days_t, not rounded."""
    sentence = _("Group '{group}' is in class for {away} person-days in {period}; at most {most} are released.")
    scenario, single = people.scenario, DaysInClass(people.scenario)
    days: dict[tuple[str, str], list[Ratio]] = {}
    limited = {g for g, group in people.sent.items() if group.release is not None}
    for group, programme, numbers in people.pairs(limited):
        for start, number in numbers.items():
            for period, (top, bottom) in single.of_run(programme, start):
                days.setdefault((group.id, period), []).append((number * top, bottom))
    for (g, t), parts in days.items():
        release, headcount = scenario.group[g].release, scenario.group[g].headcount
        if release is not None:
            away, most = Fraction(*added(parts)), release * headcount * scenario.working_days[t]
            log.room("release", (g, t), most - away, sentence, away=away, group=g, period=t, most=most)


def _check_prerequisites(people: _People, log: FindingLog) -> None:
    """Check up to every period that participants of p are at most those who have finished q, completed it before, or
    may skip it: max(0, need[g,p] - need[g,q]), the largest by the end of any year so far.

    A run of several periods is finished after the last of them; that of a single one is, within it.
    """
    sentence = _(
        "Up to {period}, {taken} people of group '{group}' take '{programme}'; only {ready} may, after '{first}'."
    )
    scenario = people.scenario
    requiring = {programme.id for programme in scenario.programmes if programme.prerequisites}
    for group, programme, numbers in people.pairs(programmes=requiring):
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
    """Check in every period in which a mentoring programme runs: mentees / mentees_each <= share x (headcount of the
    pool's groups - their people who attend a mentoring programme), not rounded."""
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
