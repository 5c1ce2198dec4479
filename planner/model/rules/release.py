"""Release: the work of an agency goes on while its people are in class."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain.exact_sums import shares_together
from planner.domain.running import days_of, released_days, run_of
from planner.model.ingredients import Parts
from planner.model.rows import Row, whole_row
from planner.model.sets import Seat


def release(parts: Parts) -> Iterator[Row]:
    """Only a share of a group's working days goes to class in one period.

    For each group g with a release and period t, over the programmes p and the periods u whose runs reach t, with
    days_p[n] the training days in the n-th period of a run:

        sum over p, u of days_p[t-u] * x[g,p,u]  <=  release_g * headcount_g * working_days_t    [person-days]

    days_p is hours_p / hours_per_day, spread over the run, where the programme names no days. Nothing is rounded:
    the days of several short courses add up. A row is multiplied by what makes it whole.
    """
    scenario = parts.scenario
    shares = {group.id: group.release for group in scenario.groups if group.release is not None}
    days = {programme.id: days_of(scenario, programme) for programme in scenario.programmes}
    away: dict[tuple[str, str], list[tuple[Seat, Fraction]]] = {}
    for seat in parts.sets.seats:
        group_id, programme_id, start = seat
        if group_id in shares and any(days[programme_id]):
            run = run_of(scenario, scenario.programme[programme_id], start)
            for period, each in zip(run, days[programme_id], strict=False):
                if each:
                    away.setdefault((group_id, period), []).append((seat, each))
    for (group_id, period), taken in away.items():
        headcount = scenario.group[group_id].headcount
        most = released_days(scenario, shares[group_id], headcount, period)
        if shares_together((parts.sets.seats[seat], each) for seat, each in taken) > most:
            terms = [(parts.variables.participants[seat], each) for seat, each in taken]
            yield whole_row((group_id, period), terms, most)
