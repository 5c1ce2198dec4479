"""Gaps closed: recomputed exactly from the participants, and compared with the rows of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from math import ceil, lcm
from operator import itemgetter
from typing import Any, Final

from planner.check.chances import YearSeats, largest_use
from planner.check.costs import periods_of_run
from planner.check.eligible import Eligible
from planner.check.needs import gap, gaps_of, year_of_each_period, years_of
from planner.check.people import willing
from planner.check.rows import StatedDecisions, anything, is_text, table
from planner.check.sums import Ratio, added, total
from planner.check.verdict import FindingLog
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import _

Closings = dict[tuple[str, str], Fraction]
"""Gaps closed by (group, competency) with a gap, in file order [expected people]."""

Taken = dict[tuple[str, str], list[tuple[Programme, dict[str, int]]]]
"""Programmes in which each (group, competency) is trained, with their people by year."""

_FIRST: Final = itemgetter(0)

ClosedBy = Callable[[str | None], Closings]
"""Returns gaps closed by the end of a year, or of the plan."""


def closed_by(scenario: Scenario, decisions: StatedDecisions, eligible: Eligible) -> ClosedBy:
    """Return gaps closed by the end of any year, each worked out once."""
    return cache(partial(closed_gaps, scenario, decisions, eligible))


def closed_gaps(
    scenario: Scenario, decisions: StatedDecisions, eligible: Eligible, until: str | None = None
) -> Closings:
    """Return closed[g,c] = sum_p closes[p,c] x u[g,p,c], u being the participants whose gap has its one chance in p.

    u <= participants; by the end of each year, of the courses ended by then, sum_p u <= gap[g,c] x r[g]; over the
    groups of an agency that may be trained in c the sum of u <= sum of gap x r, and that of each group is rounded up.
    Of all such u those that close most weighted gaps, and of these those by weight x closes, highest first, ties in
    file order, then earlier years first. In one year the limits are nested, so filling in this order closes most.

    By the end of the year `until`: only with the courses ended and the gaps that exist by then.
    """
    all_years = years_of(scenario)
    years = [year for year in all_years if until is None or year <= until]
    measured, gone, examined = _measured(scenario, years)
    nothing = Fraction(0)
    closed: Closings = {
        (g.id, c): measured.get((g.id, c), nothing) for g in scenario.groups for c in gaps_of(g, years[-1])
    }
    willingness = {group.id: willing(group, decisions) for group in scenario.groups}
    if len(all_years) == 1 and not examined and not any(group.new_gaps for group in scenario.groups):
        closed.update(_in_one_year(scenario, decisions, eligible, willingness))
        return closed
    taken = _taken(scenario, decisions, years)
    for (_agency, c), colleagues in _lacking(scenario, eligible).items():
        if not any((one.id, c) in taken for one in colleagues):
            continue
        steps = _steps(colleagues, c, years)
        seats = _seats(colleagues, c, steps, taken, examined)
        left, together = _chances(colleagues, c, steps, willingness, gone if examined else None)
        used = (_filled if len(steps) == 1 else largest_use)([seat for _p, seat in seats], left, together)
        for (programme, seat), tried in zip(seats, used, strict=True):
            if tried:
                closed[seat.group, c] += programme.closes[c] * tried
    return closed


def _chances(
    colleagues: Sequence[Group],
    c: str,
    steps: Sequence[str],
    willingness: Mapping[str, Fraction],
    gone: Mapping[str, Mapping[tuple[str, str], int]] | None,
) -> tuple[list[dict[str, Fraction]], list[Fraction]]:
    """Return the chances left by the end of each of `steps`, of each group and of all together: gap x r, rounded up
    for each group where there are several, less the chances `gone` to measured participants."""
    exact = [{g.id: gap(g, c, year) * willingness[g.id] for g in colleagues} for year in steps]
    left = exact
    if len(colleagues) > 1:
        left = [{g: Fraction(ceil(n)) for g, n in numbers.items()} for numbers in exact]
    together = [total(numbers.values()) for numbers in exact]
    if gone is None:
        return left, together
    used = [{g.id: gone[year].get((g.id, c), 0) for g in colleagues} for year in steps]
    nothing = Fraction(0)
    return (
        [{g: max(nothing, n - by[g]) for g, n in numbers.items()} for numbers, by in zip(left, used, strict=True)],
        [max(nothing, n - sum(by.values())) for n, by in zip(together, used, strict=True)],
    )


def _seats(
    colleagues: Sequence[Group],
    c: str,
    steps: Sequence[str],
    taken: Taken,
    examined: Mapping[tuple[str, str, str, str], int],
) -> list[tuple[Programme, YearSeats]]:
    """Return the people who are trained in a competency and were not `examined`, by the step in which their course
    ends: most worth first, ties in file order, then the earlier."""
    seats: list[tuple[Programme, YearSeats]] = []
    for one in colleagues:
        for p, ended in taken.get((one.id, c), ()):
            for number, year in enumerate(steps):
                since = steps[number - 1] if number else ""
                people = sum(
                    n - examined.get((one.id, p.id, c, end), 0) for end, n in ended.items() if since < end <= year
                )
                if people:
                    seats.append((p, YearSeats(one.id, number, people, one.weight * p.closes[c])))
    seats.sort(key=lambda row: row[1].worth, reverse=True)
    return seats


def _in_one_year(
    scenario: Scenario, decisions: StatedDecisions, eligible: Eligible, willingness: Mapping[str, Fraction]
) -> Iterator[tuple[tuple[str, str], Fraction]]:
    """Yield gaps closed where all gaps exist from the beginning and all courses end in one year: in whole numbers.

    Chances are multiples of one over the common denominator of the uptakes, worths and gaps closed of one over those of
    the weights and of the shares closed.
    """
    closes = {programme.id: programme.closes for programme in scenario.programmes}
    shares = lcm(*(share.denominator for shares in closes.values() for share in shares.values()))
    share_of = {p: {c: _times(share, shares) for c, share in of_p.items()} for p, of_p in closes.items()}
    weights = lcm(*(group.weight.denominator for group in scenario.groups))
    parts = lcm(*(share.denominator for share in willingness.values()))
    will = {g: _times(share, parts) for g, share in willingness.items()}
    weight_of = {group.id: _times(group.weight, weights) for group in scenario.groups}
    trained: dict[str, dict[str, int]] = {p: {} for p in closes}
    for (g, p, _t), people in decisions.participants.items():
        trained[p][g] = trained[p].get(g, 0) + people
    seats: dict[str, dict[str, list[tuple[int, int]]]] = {}
    """For each group and competency: the share that each programme closes, with its people, in file order."""
    for p, of_p in share_of.items():
        for g, people in trained[p].items():
            of_group = seats.setdefault(g, {})
            for c, share in of_p.items():
                of_group.setdefault(c, []).append((share, people))
    for (_who, c), colleagues in _lacking(scenario, eligible).items():
        left: dict[str, int] = {}
        tried_in: list[tuple[int, str, int, int]] = []
        for one in colleagues:
            g = one.id
            left[g] = one.gaps.get(c, 0) * will[g]
            if (trained_in := seats.get(g)) and (of_gap := trained_in.get(c)):
                weight = weight_of[g]
                tried_in += [(weight * share, g, share, people) for share, people in of_gap]
        together = sum(left.values())
        if len(colleagues) > 1:
            left = {g: -(-n // parts) * parts for g, n in left.items()}
        if len(tried_in) > 1:
            tried_in.sort(key=_FIRST, reverse=True)
        found: dict[str, int] = {}
        for _worth, g, share, people in tried_in:
            tried = min(people * parts, left[g], together)
            left[g] -= tried
            together -= tried
            found[g] = found.get(g, 0) + share * tried
        for g, number in found.items():
            yield (g, c), Fraction(number, shares * parts)


def _times(share: Fraction, parts: int) -> int:
    """Return how many of `parts` equal parts a share is."""
    return share.numerator * (parts // share.denominator)


def _measured(
    scenario: Scenario, years: list[str]
) -> tuple[Closings, dict[str, dict[tuple[str, str], int]], dict[tuple[str, str, str, str], int]]:
    """Return gaps closed as measured by (group, competency), the chances they used by the end of each year, and
    participants examined by (group, programme, competency, year).

    All count in the year in which the course ends, and by the end of each year at most up to the gap that exists then.
    """
    year_of = year_of_each_period(scenario)
    ended: dict[str, list[tuple[tuple[str, str], str, Fraction, int]]] = {}
    for row in scenario.actuals.attended if scenario.actuals is not None else ():
        run = periods_of_run(scenario, scenario.programme[row.programme], row.period)
        for c, closed in row.closed.items():
            one = (row.group, c), row.programme, closed, row.participants
            ended.setdefault(year_of[run[-1] if run else row.period], []).append(one)
    measured: Closings = {}
    used: dict[tuple[str, str], int] = {}
    by_year: dict[str, dict[tuple[str, str], int]] = {}
    examined: dict[tuple[str, str, str, str], int] = {}
    for year in years:
        for key, p, closed, participants in ended.get(year, ()):
            measured[key] = measured.get(key, Fraction(0)) + closed
            used[key] = used.get(key, 0) + participants
            here = key[0], p, key[1], year
            examined[here] = examined.get(here, 0) + participants
        for g, c in measured:
            most = gap(scenario.group[g], c, year)
            measured[g, c], used[g, c] = min(measured[g, c], Fraction(most)), min(used[g, c], most)
        by_year[year] = dict(used)
    return measured, by_year, examined


def _taken(scenario: Scenario, decisions: StatedDecisions, years: list[str]) -> Taken:
    """Return the programmes that train each group in each competency, in file order, with their people by the year in
    which the course ends, for courses that end in `years`."""
    year_of = year_of_each_period(scenario)
    ends: dict[tuple[str, str], str] = {}
    trained: dict[str, dict[str, dict[str, int]]] = {}
    for (g, p, t), people in decisions.participants.items():
        if (p, t) not in ends:
            run = periods_of_run(scenario, scenario.programme[p], t)
            ends[p, t] = year_of[run[-1] if run else t]
        if ends[p, t] in years:
            by_year = trained.setdefault(p, {}).setdefault(g, {})
            by_year[ends[p, t]] = by_year.get(ends[p, t], 0) + people
    taken: Taken = {}
    for programme in scenario.programmes:
        for g, by_year in trained.get(programme.id, {}).items():
            for competency in programme.closes:
                taken.setdefault((g, competency), []).append((programme, by_year))
    return taken


def _steps(groups: list[Group], competency: str, years: list[str]) -> list[str]:
    """Return the years after which more people of the groups have the gap, and the last year."""
    if not any(group.new_gaps for group in groups):
        return years[-1:]
    numbers = [[gap(group, competency, year) for group in groups] for year in years]
    changing = [year for year, now, then in zip(years, numbers, numbers[1:], strict=False) if now != then]
    return [*changing, years[-1]]


def _filled(
    seats: Sequence[YearSeats], of_group: Sequence[dict[str, Fraction]], of_agency: Sequence[Fraction]
) -> list[Fraction]:
    """Return the chances of each of `seats` in the order given, where there is one year."""
    left, together = dict(of_group[0]), of_agency[0]
    used = []
    for one in seats:
        tried = min(Fraction(one.people), left[one.group], together)
        left[one.group], together = left[one.group] - tried, together - tried
        used.append(tried)
    return used


def _lacking(scenario: Scenario, eligible: Eligible) -> dict[tuple[str, str], list[Group]]:
    """Return the groups of each agency, or single groups without one, that lack each competency and that some programme
    could train in it, or has trained already."""
    attended: dict[str, set[str]] = {}
    for row in scenario.actuals.attended if scenario.actuals is not None else ():
        if row.participants:
            attended.setdefault(row.group, set()).update(scenario.programme[row.programme].closes)
    found: dict[tuple[str, str], list[Group]] = {}
    for group in scenario.groups:
        who = f"agency {group.agency}" if group.agency is not None else f"group {group.id}"
        several = eligible.closable(group)
        if group.id in attended:
            several = [c for c in gaps_of(group) if c in attended[group.id] or c in several]
        for competency in several:
            found.setdefault((who, competency), []).append(group)
    return found


def weighted_gaps(scenario: Scenario, closed: Closings) -> Fraction:
    """Return the sum of weight_g x weight_c x closed[g,c]."""
    of_group = {group.id: group.weight.as_integer_ratio() for group in scenario.groups}
    of_competency = {competency.id: competency.weight.as_integer_ratio() for competency in scenario.competencies}

    def weighted(g: str, c: str, gaps: Fraction) -> Ratio:
        (top, bottom), (more, parts), (number, each) = of_group[g], of_competency[c], gaps.as_integer_ratio()
        return top * more * number, bottom * parts * each

    return Fraction(*added(weighted(g, c, gaps) for (g, c), gaps in closed.items()))


def check_closings(scenario: Scenario, plan: Mapping[str, Any], closed: Closings, log: FindingLog) -> None:
    """Check one row for each gap, in the order of the groups, with the need and what is closed of it."""
    columns = {"group": is_text, "competency": is_text, "need": anything, "closed": anything}
    stated: dict[tuple[str, str], None] = {}
    for place, row in table(plan, "closings", columns, log):
        key = (row["group"], row["competency"])
        if key not in closed or key in stated:
            log.find("closings", (place,), _("There is no such gap, or it is listed twice."))
            continue
        stated[key] = None
        log.equal("closings", (*key, "need"), row["need"], gap(scenario.group[key[0]], key[1]))
        log.equal("closings", (*key, "closed"), row["closed"], closed[key])
    for key in closed:
        if key not in stated:
            sentence = _("The gap of group '{group}' in '{competency}' is not reported.")
            log.find("closings", key, sentence, group=key[0], competency=key[1])
    if len(stated) == len(closed) and [g for g, _c in stated] != [g for g, _c in closed]:
        log.find("closings", ("order",), _("The gaps are not in the order of the groups."))


def check_years(scenario: Scenario, plan: Mapping[str, Any], closed_until: ClosedBy, log: FindingLog) -> None:
    """Check that a plan of several years has one row for each, with the gaps that exist by its end and those closed."""
    years = years_of(scenario)
    if len(years) == 1:
        return
    rows = list(table(plan, "years", {"year": is_text, "need": anything, "closed": anything}, log))
    if [row["year"] for _place, row in rows] != years:
        log.find("totals", ("years",), _("The rows are not the years of the plan, once each and in their order."))
        return
    for _place, row in rows:
        year = row["year"]
        closed = closed_until(None if year == years[-1] else year)
        need = sum(people for group in scenario.groups for people in gaps_of(group, year).values())
        log.equal("totals", ("years", year, "need"), row["need"], need)
        log.equal("totals", ("years", year, "closed"), row["closed"], total(closed.values()))
