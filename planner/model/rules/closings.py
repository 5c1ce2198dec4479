"""Closings: gaps are closed by training, each person's gap at most once, and only for willing people who have it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.chances import binding_circles
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def closings_by_training(parts: Parts) -> Iterator[Row]:
    """Expected gaps closed are at most what the training given closes.

    For each group g and competency c:

        k[g,c]  <=  sum over p, t of closes[p,c] * x[g,p,t]          [expected people]

    A participant closes a gap with probability closes[p,c]. Where w[g,p,c] of them have their chance in p:

        k[g,c]    <=  sum over p of closes[p,c] * w[g,p,c]            [expected people]
        w[g,p,c]  <=  sum over t of x[g,p,t]                          [people]
    """
    v = parts.variables
    for (group, competency), k in v.closed.items():
        row: list[Term] = [(k, 1.0)]
        for programme, effect in parts.effects.get((group, competency), ()):
            tried = v.tried.get((group, programme, competency))
            if tried is not None:
                row.append((tried, -float(effect)))
            else:
                tried_by = parts.tried_by(group, programme, competency)
                row += [(v.participants[seat], -float(effect)) for seat in tried_by]
        yield Row((group, competency), row, "<=", parts.measured((group, competency)))
    for (group, programme, competency), tried in v.tried.items():
        people = [(v.participants[seat], -1.0) for seat in parts.tried_by(group, programme, competency)]
        yield Row((group, programme, competency), [(tried, 1.0), *people], "<=", 0)


def closings_by_need(parts: Parts) -> Iterator[Row]:
    """Each person's gap has one chance: participants beyond the willing with the gap close nothing.

    For each group g and competency c, with r[g] = uptake + (raises_uptake_to - uptake) * s[g] and each share d among
    the closes[p,c] of the programmes offered to g:

        k[g,c]  <=  sum over p, t of max(0, closes[p,c] - d) * x[g,p,t]  +  d * gap[g,c] * r[g]      [expected people]

    Of all rows together the smallest says what the best use of the chances closes: those of the best programme first.
    gap * r is rounded up where other groups of the agency may be trained too (`closings_by_agency` limits them
    together). For the largest d this is the upper bound of k[g,c] where no socialization can change r[g], and needs no
    row. Where w[g,p,c] of them have their chance in p:

        sum over p of w[g,p,c]  <=  gap[g,c] * r[g]                   [people]

    gap[g,c] is the gap that exists by the end of the plan; `closings_by_year` has those of earlier years.
    """
    v, scenario = parts.variables, parts.scenario
    for (group_id, competency), k in v.closed.items():
        fed = parts.effects.get((group_id, competency))
        if not fed:
            continue  # what was measured is all that can close it
        today = scenario.willingness.chances_of(group_id, competency, socialized=False)
        more = scenario.willingness.chances_of(group_id, competency, socialized=True) - today
        socialized = v.socialized.get(group_id) if more else None
        if socialized is None:
            today += more
        measured = parts.measured((group_id, competency))
        if (group_id, fed[0][0], competency) in v.tried:
            row: list[Term] = [(v.tried[group_id, p, competency], 1.0) for p, _ in fed]
            if socialized is not None:
                row.append((socialized, -float(more)))
            yield Row((group_id, competency), row, "<=", float(today))
            continue
        shares = sorted({effect for _, effect in fed})
        for share in shares if socialized is not None else shares[:-1]:
            row = [(k, 1.0)]
            for programme, effect in fed:
                if effect > share:
                    tried_by = parts.tried_by(group_id, programme, competency)
                    row += [(v.participants[seat], -float(effect - share)) for seat in tried_by]
            if socialized is not None:
                row.append((socialized, -float(share * more)))
            yield Row((group_id, competency, share), row, "<=", measured + float(share * today))


def closings_by_agency(parts: Parts) -> Iterator[Row]:
    """The chances of an agency in a competency are those of its willing people with the gap, exactly.

    For each competency c and agency A several of whose groups may be trained in c, w[g,c] being the sum over p of
    w[g,p,c], or k[g,c] / d where all programmes offered to g close the same share d:

        sum over g in A of w[g,c]  <=  sum over g in A of gap[g,c] * r[g]      [people]

    No row is needed where nothing is rounded. Chances that measured closings used are taken off, here and in the
    other rows, and what they closed is added to k[g,c].
    """
    v, scenario = parts.variables, parts.scenario
    for competency, circle in binding_circles(scenario):
        terms: list[Term] = []
        most, used, done = 0, 0, 0.0
        for g in circle.people:
            fed = parts.effects.get((g, competency))
            if not fed:
                used += scenario.facts.chances.get((g, competency), 0)
                continue
            used += scenario.facts.chances.get((g, competency), 0)
            most += int(circle.most(scenario.group[g], socialized=True))
            if (g, fed[0][0], competency) in v.tried:
                terms += [(v.tried[g, p, competency], 1.0) for p, _ in fed]
            else:
                terms.append((v.closed[g, competency], float(1 / fed[0][1])))
                done -= parts.measured((g, competency)) / float(fed[0][1])
        today = circle.together(scenario, socialized=False)
        if terms and most + used > today:
            members = next(iter(circle.people))
            yield Row((competency, members), [*terms, *parts.raised(circle)], "<=", float(today), used + done)


def closings_by_year(parts: Parts) -> Iterator[Row]:
    """What has been closed by the end of a year counts at most up to the gap that exists by then.

    Where people of a group or of its agency fall below the standard in a later year, of the w[g,p,c] those whose
    course ends in or before a year Y after which there are more gaps are q[g,p,c,Y'], Y' being the first such year of
    their end. For each g, p, c and Y, with gap[g,c,Y] the gap that exists by the end of Y:

        q[g,p,c,Y]  <=  sum over t ending by Y, after the Y before, of x[g,p,t]                    [people]
        w[g,p,c] - sum over Y of q[g,p,c,Y]  <=  sum over t ending after every Y of x[g,p,t]       [people]
        sum over p, Y' <= Y of q[g,p,c,Y']  <=  gap[g,c,Y] * r[g]                                  [people]
        sum over g in A, p, Y' <= Y of q[g,p,c,Y']  <=  sum over g in A of gap[g,c,Y] * r[g]       [people]

    gap * r is rounded up where other groups of the agency A may be trained too. Training given beyond the gap of its
    year does not count later. Chances that measured closings used by the end of Y are taken off.
    """
    v, scenario, willing = parts.variables, parts.scenario, parts.scenario.willingness
    for competency, circles in willing.learning.items():
        for circle in circles:
            if not circle.earlier:
                continue
            tried: dict[str, list[tuple[str, Term]]] = {}
            for g in circle.people:
                if (g, competency) in v.closed:
                    tried[g] = list(_tried_by(parts, (g, competency)))
                    yield from _of_courses(parts, (g, competency))
            for year, earlier in circle.earlier:
                together: list[Term] = []
                most = 0
                for g, terms_of in tried.items():
                    terms = [term for until, term in terms_of if until <= year]
                    together += terms
                    group, socialized = scenario.group[g], v.socialized.get(g)
                    today, highest = (willing.chances_of(g, competency, s, year) for s in (False, True))
                    most += int(earlier.most(group, socialized=True))
                    if socialized is not None and highest > today:
                        terms.append((socialized, -float(highest - today)))
                    if terms:
                        yield Row((g, competency, year), terms, "<=", float(today))
                exact = earlier.together(scenario, socialized=False)
                used = willing.used_together(competency, circle, year)
                if together and earlier.binds(scenario) and most + used > exact:
                    raised = parts.raised(earlier)
                    members = next(iter(circle.people))
                    yield Row((competency, members, year, "agency"), [*together, *raised], "<=", float(exact), used)


def _tried_by(parts: Parts, key: tuple[str, str]) -> Iterator[tuple[str, Term]]:
    """Yield (year, q[g,p,c,year]) of one gap."""
    for programme, year in parts.ended_by(key):
        yield year, (parts.variables.tried_by[key[0], programme, key[1], year], 1.0)


def _of_courses(parts: Parts, key: tuple[str, str]) -> Iterator[Row]:
    """Yield rows for the chances of one gap in the courses that end by each year, and in those that end later."""
    v, ended = parts.variables, parts.ended_by(key)
    for (programme, year), seats in ended.items():
        people = [(v.participants[seat], -1.0) for seat in seats]
        q = v.tried_by[key[0], programme, key[1], year]
        yield Row((*key, programme, year), [(q, 1.0), *people], "<=", 0)
    for programme, _ in parts.effects.get(key, ()):
        early = {seat for (p, _), seats in ended.items() if p == programme for seat in seats}
        later = [seat for seat in parts.tried_by(key[0], programme, key[1]) if seat not in early]
        counted = [(v.tried_by[key[0], p, key[1], year], -1.0) for p, year in ended if p == programme]
        people = [(v.participants[seat], -1.0) for seat in later]
        tried = v.tried[key[0], programme, key[1]]
        if counted:
            yield Row((*key, programme, "later"), [(tried, 1.0), *counted, *people], "<=", 0)
