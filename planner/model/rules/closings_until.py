"""Closings by the end of a year, where a rule counts the gaps closed in some years."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.chances import counted_until
from planner.model.closed_exactly import not_understated
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term
from planner.model.years_exact import best_use
from planner.model.years_until import chances_until, limits_until, steps_until


def closings_until(parts: Parts) -> Iterator[Row]:
    """What is closed by the end of a year is what the plan would close if it ended with that year.

    For each year Y that a rule adds or takes off, of the courses that have ended by then. W[g,p,c,Y,Y'] have their
    chance in p, Y' being the first of the years by whose end there are fewer gaps than a year later, or Y, by which the
    course has ended:

        K[g,c,Y]         =  sum over p, Y' of closes[p,c] * W[g,p,c,Y,Y']                          [expected people]
        W[g,p,c,Y,Y']   <=  sum over t ending by Y', after the Y' before, of x[g,p,t]              [people]
        sum over p, Y'' <= Y' of W[g,p,c,Y,Y'']  <=  gap[g,c,Y'] * r[g]                            [people]
        sum over g in A, p, Y'' <= Y' of W[g,p,c,Y,Y'']  <=  sum over g in A of gap[g,c,Y'] * r[g]  [people]

    gap[g,c,Y'] is the gap that exists by the end of Y', and gap * r is rounded up where other groups of the agency A
    may be trained too. What was measured in courses that ended by Y is added, and the chances it used are taken off.
    """
    v, facts = parts.variables, parts.scenario.facts
    for until in counted_until(parts.scenario):
        chances = chances_until(parts, until)
        closed: dict[str, list[Term]] = {}
        for each in chances:
            yield Row(each.key, [*each.used, *each.people], "<=", 0)
            g, p, c = each.key[:3]
            effect = parts.scenario.programme[p].closes[c]
            closed.setdefault(g, []).extend((w, -float(effect)) for w, _ in each.used)
        for limit in limits_until(parts, until, chances) if chances else ():
            yield Row((*limit.key, "limit"), [*limit.used, *limit.raised], "<=", float(limit.today))
        for g in until.circle.people:
            key = g, until.competency
            if (*key, until.year) in v.closed_by:
                terms = [(v.closed_by[*key, until.year], 1.0), *closed.get(g, ())]
                yield Row((*key, until.year), terms, "==", float(facts.measured_by(until.year).get(key, 0)))


def until_exact(parts: Parts) -> Iterator[Row]:
    """What is closed by the end of a year is neither understated nor dealt out otherwise than plans report.

    Where a rule is easier to keep if K[g,c,Y] is less (it caps gaps closed in years up to Y, or asks for some in years
    after Y), or counts some groups of an agency only, or groups of unlike weight, the W[g,p,c,Y,Y'] are a best use of
    all that the limits of `closings_until` allow:

        sum over W of weight[g] * closes[p,c] * W[g,p,c,Y,Y']  =  the most within the limits       [weighted gaps]

    Rows as those of `closings_exact` say so for a group whose chances are its own and of one step of years, and as
    those of `years_exact` for others, with W for w. Where limits are nested, in one step of years or for a group by
    itself, a best use only depends on the order of the courses, and their place in it, counted from the last, stands
    for their worth.
    """
    v = parts.variables
    for until in counted_until(parts.scenario):
        chances = chances_until(parts, until) if until.exact else []
        if until.apart:
            for g in dict.fromkeys(each.key[0] for each in chances):
                yield from not_understated(parts, (g, until.competency), until.year)
        elif chances:
            yield from best_use(v, steps_until(until), chances, limits_until(parts, until, chances))
