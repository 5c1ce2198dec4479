"""What a placement of one group keeps by itself: uptake, hours, release and prerequisites."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from tests.oracle.attending import attending, most_people
from tests.oracle.instance import Instance
from tests.oracle.plain import number


def keeps(i: Instance, g: str, placed: dict[tuple[str, str, str], int], socialized: bool) -> bool:
    """Whether a placement of a group keeps uptake, hours, release and prerequisites.

    Nobody is persuaded who attends nothing, nor by a measure that raises nothing.
    """
    group, willing = i.groups[g], i.willing(g, socialized)
    hours = {
        year: most * ceil(group["headcount"] * willing)
        for year in i.years
        if (most := i.most_hours(g, year)) is not None
    }
    by_programme: dict[str, int] = {}
    for (_g, p, _t), n in placed.items():
        by_programme[p] = by_programme.get(p, 0) + n
    over = any(
        sum(placed.get((g, p, t), 0) for t in i.up_to(year)) > i.most_taking(g, p, socialized, year)
        for p in by_programme
        for year in i.years
    )
    if over or not released(i, g, placed):
        return False
    if any(n < i.programmes[p].get("smallest", 1) for (_g, p, _t), n in placed.items()):
        return False
    if socialized and not (placed and i.willing(g, True) > i.willing(g, False)):
        return False
    fewest = attending(i).fewest(g, placed)
    if fewest is None or fewest > most_people(i, g, socialized):
        return False
    taken_in: dict[str, Fraction] = {}
    for (_g, p, t), n in placed.items() if hours else ():
        for year, each in i.in_years(p, t).items():
            taken_in[year] = taken_in.get(year, Fraction(0)) + each * n
    if hours and any(spent > hours[year] for year, spent in taken_in.items()):
        return False
    for p in by_programme:
        for needed in i.programmes[p].get("requires", []):
            enough = list(dict.fromkeys(needed["any"])) if isinstance(needed, dict) else [needed]
            completed = sum(group.get("completed", {}).get(q, 0) for q in enough)
            for place, t in enumerate(i.periods, start=1):
                so_far = i.years[: i.years.index(i.year[t]) + 1]
                ready = completed + max(0, *(i.need(g, p, y) - i.need(g, q, y) for q in enough for y in so_far))
                taken = sum(placed.get((g, p, u), 0) for u in i.periods[:place])
                if taken > ready + sum(placed.get((g, q, u), 0) for q in enough for u in i.finished(q, t)):
                    return False
    return True


def released(i: Instance, g: str, placed: dict[tuple[str, str, str], int]) -> bool:
    """Whether a group is away no longer than its release allows, in every period."""
    group = i.groups[g]
    if group.get("release") is None:
        return True
    days: dict[str, Fraction] = {}
    for (_g, p, start), n in placed.items():
        for t, each in i.away(p, start).items():
            days[t] = days.get(t, Fraction(0)) + each * n
    share = number(group["release"]) * group["headcount"]
    return all(spent <= share * i.working_days[t] for t, spent in days.items())
