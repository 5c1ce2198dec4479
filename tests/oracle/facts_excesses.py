"""By how much plans of the rest, or facts, exceed each upper limit on people and classes."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.instance import Instance
from tests.oracle.measures import rule_readings
from tests.oracle.plain import number
from tests.oracle.supplies import there, uses

if TYPE_CHECKING:
    from tests.oracle.facts import Rest

People = dict[tuple[str, str, str], int]
Held = dict[tuple[str, str], int]


def excesses(rest: Rest, people: People, classes: Held, socialized: frozenset[str]) -> dict[Any, Fraction]:
    """Left side less right side of every upper limit on people and classes, by its name."""
    i = rest.instance
    found: dict[Any, Fraction] = {}

    def willing(g: str) -> Fraction:
        return i.willing(g, g in socialized)

    taking = dict.fromkeys((g, p) for g, p, _t in people)
    for year in i.years:
        sent: dict[tuple[str, str], int] = {}
        for (g, p, t), n in people.items():
            sent[g, p] = sent.get((g, p), 0) + (n if i.year[t] <= year else 0)
        for (g, p), n in sent.items():
            most_of_group = i.most_taking(g, p, g in socialized, year) if i.may_take(g, p) else 0
            found["uptake", g, p, year] = Fraction(n - most_of_group)
        for p in i.programmes:
            for those in i.attending(p):
                most = sum(i.need(g, p, year) * willing(g) for g in those)
                found["agency", p, those[0], year] = Fraction(sum(sent.get((g, p), 0) for g in those)) - most
    for g, group in i.groups.items():
        hours: dict[str, Fraction] = {}
        for (h, p, t), n in people.items():
            for year, each in i.in_years(p, t).items() if h == g else ():
                hours[year] = hours.get(year, Fraction(0)) + each * n
        for year, spent in hours.items():
            if (allowed := i.most_hours(g, year)) is not None:
                found["hours", g, year] = spent - allowed * group["headcount"] * willing(g)
        for t in i.periods if group.get("release") is not None else ():
            away = sum((i.away(p, u).get(t, Fraction(0)) * n for (h, p, u), n in people.items() if h == g), Fraction(0))
            found["release", g, t] = away - number(group["release"]) * group["headcount"] * i.working_days[t]
    for g, p in taking:
        for needed in i.programmes[p].get("requires", []):
            enough = list(dict.fromkeys(needed["any"])) if isinstance(needed, dict) else [needed]
            completed = sum(i.groups[g].get("completed", {}).get(q, 0) for q in enough)
            for n, t in enumerate(i.periods, start=1):  # also later ones: what facts lack then, too
                so_far = i.years[: i.years.index(i.year[t]) + 1]
                ready = completed + max(0, *(i.need(g, p, y) - i.need(g, q, y) for q in enough for y in so_far))
                taken = sum(people.get((g, p, u), 0) for u in i.periods[:n])
                done = sum(people.get((g, q, u), 0) for q in enough for u in i.finished(q, t))
                found["requires", g, p, str(needed), t] = Fraction(taken - done - ready)
    for pool in i.scenario.get("mentor_pools", []):
        for t in i.periods:
            busy, mentored = Fraction(0), dict[str, int]()
            for (g, p, u), n in people.items():
                mentors = i.programmes[p].get("mentors")
                if mentors and t in i.running(p, u):
                    mentored[g] = mentored.get(g, 0) + n
                    busy += Fraction(n, mentors["mentees_each"]) if mentors["pool"] == pool["id"] else 0
            found["mentors", pool["id"], t] = busy - i.mentors(pool, mentored) if mentored else Fraction(0)
            if not busy and not mentored:
                found["mentors", pool["id"], t] = Fraction(0)
    used = {p["mentors"]["pool"] for p in i.programmes.values() if p.get("mentors")}
    found = {k: e for k, e in found.items() if k[0] != "mentors" or k[1] in used}
    in_class: Held = {}
    for (_g, p, t), n in people.items():
        in_class[p, t] = in_class.get((p, t), 0) + n
    for resource in i.scenario.get("resources", []):
        for t in i.periods:
            taken_of = uses(i, in_class, classes).get((resource["id"], t), Fraction(0))
            found["resources", resource["id"], t] = taken_of - there(resource, t)
    for p, programme in i.programmes.items():
        limits = programme.get("classes", {})
        held = sum(n for (q, _t), n in classes.items() if q == p)
        if "max" in limits:
            promised = sum(n for (q, _t), n in (*rest.classes.items(), *rest.committed.items()) if q == p)
            found["classes", p] = Fraction(held - max(limits["max"], promised))
        for t in i.periods if "per_period" in limits else ():
            room = max(limits["per_period"], rest.committed.get((p, t), 0))
            found["classes", p, t] = Fraction(classes.get((p, t), 0) - room)
    runs = {p for _g, p, _t in people}
    choices = i.scenario.get("choices", {})
    for name, needed in choices.get("only_if", {}).items():
        found["only_if", name] = Fraction(int(name in runs) - int(needed in runs))
    for n, names in enumerate(choices.get("at_most_one_of", [])):
        found["one_of", n] = Fraction(len(runs & set(names)) - 1)
    closed, closed_by = rest.closed(people, socialized), partial(rest.closed_by, people, socialized)
    for rule in rule_readings(i):
        if rule.measures != "cost" and rule.penalty is None:
            result = rule.people_result(people, classes, closed, closed_by)
            if result.at_most is not None:
                found["rule", rule.name, rule.of] = result.measure - result.at_most
    return found


def parts_of_shares(i: Instance, people: People, classes: Held) -> dict[Any, Fraction]:
    """What upper shares of all people, hours or classes limit, by the name of the limit."""
    rules = (r for r in rule_readings(i) if r.measures not in ("cost", "gaps_closed") and r.penalty is None)
    shares = (rule for rule in rules if "at_most" in rule.bounds and rule.bounds["at_most"][1])
    return {
        ("rule", rule.name, rule.of): rule.people_result(people, classes, {}, lambda _year: {}).measure
        for rule in shares
    }
