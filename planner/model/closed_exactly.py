"""Rows that keep k from being understated for groups whose chances are their own and of one year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain.rule_years import ends_counted
from planner.domain.running import year_of_end
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term
from planner.model.rules.rules import counted_gaps
from planner.model.sets import Seat


def capped_gaps(parts: Parts) -> list[tuple[str, str]]:
    """Return the (group, competency) with chances of their own whose gaps closed by the end of the plan a rule caps."""
    v, scenario = parts.variables, parts.scenario
    found: dict[tuple[str, str], None] = {}
    for rule in scenario.rules:
        capped = rule.measure == "gaps_closed" and rule.at_most is not None
        if capped and (None, 1) in ends_counted(scenario, rule):
            for key in counted_gaps(parts, rule.where):
                fed = parts.effects.get(key)
                if fed and (key[0], fed[0][0], key[1]) not in v.tried:
                    found[key] = None
    return list(found)


def seats_by(parts: Parts, key: tuple[str, str], programme: str, until: str | None) -> list[Seat]:
    """Return the seats whose participants may close a gap of (group, competency) by the end of a year, or of the
    plan."""
    scenario, seats = parts.scenario, parts.tried_by(key[0], programme, key[1])
    if until is None:
        return seats
    return [seat for seat in seats if year_of_end(scenario, scenario.programme[programme], seat[2]) <= until]


def most_by(parts: Parts, group: str, programme: str, until: str | None) -> int:
    """Return the most participants of a group in a programme by the end of a year, or of the plan [people]."""
    circle = parts.scenario.willingness.attending.get((group, programme))
    most = parts.sets.trainable[group, programme]
    if until is None or circle is None:
        return most
    willing = circle.by(until).most_whole(parts.scenario.group[group], socialized=True)
    return min(most, max(willing, parts.scenario.facts.people.get((group, programme), 0)))


def beyond(parts: Parts, key: tuple[str, str], low: Fraction, high: Fraction, until: str | None) -> Fraction:
    """Return by how much the bound of k[g,c] for share `low` can exceed the one for `high` at most [expected
    people]."""
    today = parts.scenario.willingness.chances_of(*key, socialized=False, until=until)
    people = ((effect, most_by(parts, key[0], p, until)) for p, effect in parts.effects[key])
    over = sum((max(Fraction(0), min(high, effect) - low) * n for effect, n in people), Fraction(0))
    return max(Fraction(0), over - (high - low) * today)


def limiting_shares(parts: Parts, key: tuple[str, str], until: str | None = None) -> list[Fraction]:
    """Return the shares whose bound of k[g,c] may be less than all participants would close, the smallest first."""
    shares = sorted({effect for _, effect in parts.effects[key]})
    return [share for share in shares if beyond(parts, key, Fraction(0), share, until)]


def not_understated(parts: Parts, key: tuple[str, str], until: str | None = None) -> Iterator[Row]:
    """Yield rows by which k[g,c], or K[g,c,Y], reaches the smallest of its upper bounds (see `closings_exact`)."""
    v, scenario, tail = parts.variables, parts.scenario, () if until is None else (until,)
    k = v.closed[key] if until is None else v.closed_by[*key, until]
    socialized, fed, shares = v.socialized.get(key[0]), parts.effects[key], limiting_shares(parts, key, until)
    today, highest = (scenario.willingness.chances_of(*key, s, until) for s in (False, True))
    measured = float(scenario.facts.measured_by(until).get(key, 0))
    for share in [Fraction(0), *shares]:
        terms: list[Term] = [(k, 1.0)]
        for p, effect in fed:
            if effect > share:
                terms += [(v.participants[seat], -float(effect - share)) for seat in seats_by(parts, key, p, until)]
        if not share:
            terms += [(v.full[*key, d, *tail], float(beyond(parts, key, share, d, until))) for d in shares]
            yield Row((*key, "trained", *tail), terms, ">=", measured)
            continue
        most = max([share * highest, *(beyond(parts, key, share, d, until) for d in shares if d > share)])
        terms.append((v.full[*key, share, *tail], -float(most)))
        if socialized is not None and highest > today:
            terms.append((socialized, -float(share * (highest - today))))
        yield Row((*key, "willing", share, *tail), terms, ">=", measured + float(share * today - most))
    if len(shares) > 1:
        yield Row((*key, "one", *tail), [(v.full[*key, share, *tail], 1.0) for share in shares], "<=", 1)
