"""Exact closings: gaps closed are not understated where a rule caps them, and are distributed as plans report them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.chances import exact_over_years, exactly_counted
from planner.model.closed_exactly import capped_gaps, not_understated
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term
from planner.model.years_exact import best_use, chances_in, limits_of, years_of


def closings_exact(parts: Parts) -> Iterator[Row]:
    """Where a rule caps gaps closed, k[g,c] must be what training closes and not less.

    The smallest of the bounds of `closings_by_training` (d = 0) and `closings_by_need` (each share d) is reached. With
    b[g,c,d] = 1 for one d > 0 or for none, M the most by which the bound can exceed the one that is reached then, for
    the (g,c) such a rule counts:

        k[g,c]  >=  bound for 0  -  sum over d of M[d] * b[g,c,d]              [expected people]
        k[g,c]  >=  bound for d  -  M * (1 - b[g,c,d])                         [expected people]

    There is b[g,c,d] only where more people may attend than have chances. Elsewhere the objective and lower bounds pull
    k up, and it may be left below.
    """
    for key in capped_gaps(parts):
        yield from not_understated(parts, key)


def chances_exact(parts: Parts) -> Iterator[Row]:
    """Chances that an agency shares go to its best programmes first, where they are counted group by group.

    For the (g,p,c) of an agency in the order of weight[g] * closes[p,c], highest first, then in file order, one of
    three limits is reached: everybody in p has a chance (at = seats), all of g (group), or all of the agency (agency).
    With e[g,p,c] the chances left after it (before the first: all of the agency), M the largest that the limit can be,
    and j[g,p,c,at] = 1 for one of the limits:

        w[g,p,c]                   >=  sum over t of x[g,p,t]  -  M * (1 - j[g,p,c,seats])     [people]
        sum up to p of w[g,q,c]    >=  gap[g,c] * r[g]  -  M * (1 - j[g,p,c,group])            [people]
        e[g,p,c]                   <=  M * (1 - j[g,p,c,agency])                               [people]
        e[g,p,c]                    =  chances left before it  -  w[g,p,c]                     [people]
        sum over at of j[g,p,c,at] >=  1                                                       [limits]
        k[g,c]                     >=  sum over p of closes[p,c] * w[g,p,c]                    [expected people]
    """
    v, scenario = parts.variables, parts.scenario
    for c, circle in exactly_counted(scenario):
        together = scenario.willingness.chances_together(c, circle, scenario.facts.socialized)
        most_together = scenario.willingness.chances_together(c, circle, circle.people)
        place = {g: n for n, g in enumerate(circle.people)}
        among = [(g, p, effect) for g in circle.people for p, effect in parts.effects.get((g, c), ())]
        among.sort(key=lambda chance: (-scenario.group[chance[0]].weight * chance[2], place[chance[0]]))
        raised = [(s, factor) for s, factor in parts.raised(circle) if s.name not in v.facts]
        before: tuple[list[Term], float] = raised, float(together)
        of_group: dict[str, list[Term]] = {}
        for g, p, _ in among:
            tried = (v.tried[g, p, c], 1.0)
            left = v.left[g, p, c]
            yield Row((g, p, c, "left"), [(left, 1.0), tried, *before[0]], "==", before[1])
            before = [(left, -1.0)], 0.0
            of_group.setdefault(g, []).append(tried)
            people = [(v.participants[seat], -1.0) for seat in parts.tried_by(g, p, c)]
            most = float(parts.sets.trainable[g, p])
            seats, group, agency = (v.tight[g, p, c, at] for at in ("seats", "group", "agency"))
            yield Row((g, p, c, "seats"), [tried, *people, (seats, -most)], ">=", -most)
            today, highest = (scenario.willingness.chances_of(g, c, socialized=s) for s in (False, True))
            terms = [*of_group[g], (group, -float(highest))]
            if highest > today:
                terms.append((v.socialized[g], -float(highest - today)))
            yield Row((g, p, c, "group"), terms, ">=", float(today - highest))
            yield Row((g, p, c, "agency"), [(left, 1.0), (agency, float(most_together))], "<=", float(most_together))
            yield Row((g, p, c), [(seats, 1.0), (group, 1.0), (agency, 1.0)], ">=", 1)
        for g in dict.fromkeys(g for g, _, _ in among):
            worth = [(v.tried[g, p, c], -float(effect)) for p, effect in parts.effects[g, c]]
            yield Row((g, c), [(v.closed[g, c], 1.0), *worth], ">=", parts.measured((g, c)))


def years_exact(parts: Parts) -> Iterator[Row]:
    """Chances over several years are a best use of all, where they are counted group by group or capped.

    The chances w[e] of the courses e = (g,p,Y') of an agency in a competency close the most weighted gaps under the
    limits L of `closings_by_year` (of each group, and of all, up to the end of each year) exactly if prices l for these
    limits, and for the seats of each course, say so. With worth[e] = weight[g] * closes[p,c], i = 1 for what is reached
    or used, L the limits that count e, and M the most that can be:

        l[e,seats] + sum over L of l[L]             >=  worth[e]                                  [weighted gaps]
        l[e,seats] + sum over L of l[L] - worth[e]  <=  M * (1 - i[e,used])                       [weighted gaps]
        w[e]                                        <=  M * i[e,used]                             [people]
        l[e,seats]                                  <=  worth[e] * i[e,seats]                     [weighted gaps]
        sum over t of x[g,p,t] - w[e]               <=  M * (1 - i[e,seats])                      [people]
        l[L]                                        <=  M * i[L]                                  [weighted gaps]
        limit of L - sum of w in L                  <=  M * (1 - i[L])                            [people]
        k[g,c]      >=  sum over e of closes[p,c] * w[e]                                          [expected people]

    This is complementary slackness of the linear programme that `closed` is the value of. The first few courses are
    worth a little more in the order in which plans prefer them, so that equal ones are told apart as plans do.
    """
    v = parts.variables
    for c, circle in exact_over_years(parts.scenario):
        chances = chances_in(parts, c, circle)
        steps = [year for year, _ in years_of(circle)]
        yield from best_use(v, steps, chances, list(limits_of(parts, c, circle, chances)))
        for g in dict.fromkeys(each.key[0] for each in chances):
            closed = [(v.tried[g, p, c], -float(effect)) for p, effect in parts.effects[g, c]]
            yield Row((g, c, "closed"), [(v.closed[g, c], 1.0), *closed], ">=", parts.measured((g, c)))
