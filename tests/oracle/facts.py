"""The oracle for scenarios of which a part has happened already: every plan of the rest, in plain Python.

    best_of_rest(scenario: dict) -> tuple[tuple[str, ...], tuple[Fraction, ...]] | None
        Goals and exact values of the best plan over the whole horizon; None where none keeps what is asked.
    plan_of_rest(scenario: dict, sha256: str) -> dict | None
        One best plan as plan.json data.

Each upper limit is an excess, left side less right side, over facts and rest together. It is kept where it is not above
0, or not above that of the facts alone; a share of the whole plan also where nothing is added to what it limits. What
is asked for at least knows no such mercy.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from math import ceil
from typing import Any

from tests.oracle.attending import attendance_rows, attending_fits, circles
from tests.oracle.dates import opened, to_be_used
from tests.oracle.facts_closed import closed_after
from tests.oracle.facts_excesses import Held, People, excesses, parts_of_shares
from tests.oracle.facts_funding import FactPayers
from tests.oracle.funding import Funded
from tests.oracle.instance import Instance
from tests.oracle.measures import Charge, Key, OneOff, rule_readings, smallest_coverage
from tests.oracle.plain import Plain
from tests.oracle.plan_data import Decision, plan_data

Seats = dict[tuple[str, str, str, str], int]


def best_of_rest(scenario: Plain) -> tuple[tuple[str, ...], tuple[Fraction, ...]] | None:
    """Goals and values of the best plan, or None."""
    rest = Rest(scenario)
    best = rest.best()
    if best is None:
        return None
    goals = tuple(goal for goal, _by in rest.instance.levels)
    costs = ("own_cost", "total_cost")
    return goals, tuple(-v if goal in costs else v for v, goal in zip(best[0], goals, strict=True))


def plan_of_rest(scenario: Plain, sha256: str) -> Plain | None:
    """One best plan over the whole horizon, facts marked as such."""
    rest = Rest(scenario)
    best = rest.best()
    if best is None:
        return None
    _rank, decision, paid = best
    return rest.plan(decision, paid, sha256)


class Rest:
    """One scenario, what has happened of it, and what may still be decided."""

    def __init__(self, scenario: Plain) -> None:
        self.instance = i = Instance(scenario)
        facts = scenario["actuals"]
        over = i.periods.index(facts["through"]) + 1
        self.over, self.open = i.periods[:over], i.periods[over:]
        self.people: People = {
            (r["group"], r["programme"], r["period"]): r["participants"]
            for r in facts.get("attended", [])
            if r["participants"]
        }
        self.measured = [r for r in facts.get("attended", []) if r.get("closed")]
        self.classes: Held = {(r["programme"], r["period"]): r["classes"] for r in facts.get("held", [])}
        self.given: Seats = {
            (r["fund"], r["programme"], r["group"], r["period"]): r["seats"] for r in facts.get("seats", [])
        }
        self.committed: Held = {(r["programme"], r["period"]): r["classes"] for r in facts.get("committed", [])}
        self.paid: dict[tuple[str, Key], int] = {}
        self.settled: set[OneOff] = set()
        for r in facts.get("paid", []):
            key = (r.get("programme"), r.get("group"), r["item"], r.get("account"), r["period"])
            self.paid[r["fund"], key] = r["amount"]
            self.settled.add(key[:4])
        told = {g for p, g, item, _a in self.settled if p is None and g and item == "socialization"}
        self.told = frozenset(g for g in told if g and i.willing(g, True) > i.willing(g, False))
        """Groups that have received a socialization which raises their willingness."""
        self.ran = {p for _g, p, _t in self.people} | {p for p, _t in self.classes}
        self.payers = FactPayers(self.instance, self.paid)
        self.facts_alone: dict[frozenset[str], dict[Any, Fraction]] = {}
        self.parts_of_facts = parts_of_shares(i, self.people, self.classes)
        sitting = {g for those in circles(i) for g in those}
        known = all(g in sitting for g, _p, _t in self.people)
        self.taking = Instance(scenario)
        """The same with the seats of facts among those that one person may take: also when nothing was offered."""
        for g, p, t in self.people:
            if (p, t) not in self.taking.slots[g]:
                self.taking.slots[g].append((p, t))
        self.whole_attended = known and attending_fits(self.taking, self.people, self.told)
        """Whether what happened could be attended: then patterns are of the whole horizon, else of the rest alone."""
        self.later = Instance({**scenario, "groups": [self._having_attended(g) for g in scenario["groups"]]})
        """The same for those of the rest: what they attended is completed."""

    def best(self) -> tuple[tuple[Fraction, ...], Decision, Funded] | None:
        """The best rank, and the first decisions and payments that reach it."""
        best: tuple[tuple[Fraction, ...], Decision, Funded] | None = None
        for people, classes, socialized in self.placements():
            for seats in self.seats(people):
                for rank, paid in self.ranks(people, classes, socialized, seats):
                    if best is None or rank > best[0]:
                        best = rank, Decision(people, classes, socialized, {**self.given, **seats}), paid
        return best

    def plan(self, decision: Decision, paid: Funded, sha256: str) -> Plain:
        """Decisions and payments as plan.json data; where facts could not be attended, nobody's target is known."""
        rest = {seat: n for seat, n in decision.people.items() if seat[2] in self.open}
        if self.whole_attended:
            attendance = attendance_rows(self.taking, decision.people, decision.socialized)
        else:
            attendance = attendance_rows(self.later, rest, decision.socialized)
        closed_by = partial(self.closed_by, decision.people, decision.socialized)
        made = plan_data(self.instance, decision, paid.payments, sha256, attendance, closed_by, self.ran)
        if self.people and not self.whole_attended:
            made["hours_target"] = []
        for name in ("allocations", "classes", "seats", "payments"):
            made[name] = [row | ({"actual": True} if row["period"] in self.over else {}) for row in made[name]]
        return made

    def _having_attended(self, group: Plain) -> Plain:
        completed = dict(group.get("completed", {}))
        for (g, p, _t), n in self.people.items():
            if g == group["id"]:
                completed[p] = completed.get(p, 0) + n
        return {**group, "completed": completed}

    def _attended(self, whole: People, placed: People, socialized: frozenset[str]) -> bool:
        """Whether single people could attend what is placed."""
        if self.whole_attended:
            return attending_fits(self.taking, whole, socialized)
        return attending_fits(self.later, placed, socialized)

    def placements(self) -> Iterator[tuple[People, Held, frozenset[str]]]:
        """People, classes and socializations of the whole horizon that keep all rules but those about money."""
        i = self.instance
        slots = [(g, p, t) for g in i.groups for p, t in i.slots[g] if t in self.open]
        able = [g for g, group in i.groups.items() if group.get("socialization") and g not in self.told]
        able = [g for g in able if i.willing(g, True) > i.willing(g, False)]
        for count in range(len(able) + 1):
            for more in combinations(able, count):
                socialized = self.told | frozenset(more)
                tops = [i.most_taking(g, p, g in socialized) for g, p, _t in slots]
                for numbers in product(*(range(top + 1) for top in tops)):
                    placed = {seat: n for seat, n in zip(slots, numbers, strict=True) if n}
                    if any(n < i.programmes[p].get("smallest", 1) for (_g, p, _t), n in placed.items()):
                        continue
                    if not {g for g, _p, _t in placed}.issuperset(more):
                        continue  # nobody is persuaded who attends nothing from then on
                    whole = {**self.people, **placed}
                    if not self._attended(whole, placed, socialized):
                        continue
                    for classes in self._classes(placed):
                        if self._keeps(whole, {**self.classes, **classes}, socialized):
                            yield whole, {**self.classes, **classes}, socialized

    def _classes(self, placed: People) -> Iterator[Held]:
        """Every number of classes that the people of the rest allow."""
        in_class: Held = {}
        for (_g, p, t), n in placed.items():
            if self.instance.programmes[p].get("class_size"):
                in_class[p, t] = in_class.get((p, t), 0) + n
        ranges = []
        for (p, t), n in in_class.items():
            size = self.instance.programmes[p]["class_size"]
            ranges.append([((p, t), y) for y in range(max(1, ceil(n / size["max"])), n // size.get("min", 1) + 1)])
        for held in product(*ranges):
            yield dict(held)

    def _keeps(self, people: People, classes: Held, socialized: frozenset[str]) -> bool:
        """Whether all rules that are not about money are kept."""
        if socialized not in self.facts_alone:
            own = excesses(self, self.people, self.classes, self.told)
            rules = {name: excess for name, excess in own.items() if name[0] == "rule"}
            self.facts_alone[socialized] = excesses(self, self.people, self.classes, socialized) | rules
        before, done = self.facts_alone[socialized], self.parts_of_facts
        parts = parts_of_shares(self.instance, people, classes)
        for name, excess in excesses(self, people, classes, socialized).items():
            moved = before.get(name, Fraction(0))
            if name in parts and moved > 0:
                if excess > 0 and parts[name] > done[name]:
                    return False
            elif excess > max(Fraction(0), moved):
                return False
        if any(classes.get(held, 0) < n for held, n in self.committed.items()):
            return False
        i = self.instance
        runs = {p for _g, p, _t in people}
        for p in {p for p, _t in classes}:
            if sum(n for (q, _t), n in classes.items() if q == p) < i.programmes[p].get("classes", {}).get("min", 0):
                return False
        for names in i.scenario.get("choices", {}).get("together", []):
            if 0 < len(set(names) & runs) < len(set(names)):
                return False
        closed, closed_by = self.closed(people, socialized), partial(self.closed_by, people, socialized)
        return all(
            rule.penalty is not None
            or (low := (result := rule.people_result(people, classes, closed, closed_by)).at_least) is None
            or result.measure >= low
            for rule in rule_readings(i)
            if rule.measures != "cost" and rule.binds(runs | self.ran)
        )  # fmt: skip

    def closed(self, people: People, socialized: frozenset[str]) -> dict[tuple[str, str], Fraction]:
        """Gaps closed: as measured, and for the others as expected, with the chances that are left."""
        return self.closed_by(people, socialized, "")

    def closed_by(self, people: People, socialized: frozenset[str], until: str) -> dict[tuple[str, str], Fraction]:
        """The same by the end of a year."""
        return closed_after(self.instance, self.people, self.measured, people, socialized, until)

    def seats(self, people: People) -> Iterator[Seats]:
        """Every way to give free seats to those who are still to attend."""
        funds = self.instance.funds
        places = [
            (f, p, g, t) for f, q in funds.items() for g, p, t in people if t in self.open and q.get("seats", {}).get(p)
        ]
        for numbers in product(*(range(min(people[g, p, t], funds[f]["seats"][p]) + 1) for f, p, g, t in places)):
            given = {place: n for place, n in zip(places, numbers, strict=True) if n}
            whole = {**self.given, **given}
            of_fund = {(f, p) for f, p, _g, _t in given}
            if any(sum(n for s, n in whole.items() if s[:2] == fp) > funds[fp[0]]["seats"][fp[1]] for fp in of_fund):
                continue
            seated = {(p, g, t) for _f, p, g, t in given}
            if all(
                sum(n for s, n in given.items() if s[1:] == seat) <= people[seat[1], seat[0], seat[2]]
                for seat in seated
            ):
                yield given

    def ranks(
        self, people: People, classes: Held, socialized: frozenset[str], seats: Seats
    ) -> Iterator[tuple[tuple[Fraction, ...], Funded]]:
        """The values of the levels, better ones larger, and the payments, for every way to pay in time."""
        i = self.instance
        agreeing = [f for f in i.funds if i.agreement(f)]
        givers = frozenset(f for f, _p, _g, _t in seats)
        for count in range(len(agreeing) + 1):
            for agreed in map(frozenset, combinations(agreeing, count)):
                if not givers & set(agreeing) <= agreed:
                    continue
                for when in self._dates(people, socialized, seats, agreed):
                    due = [c for c in self._charges(people, classes, socialized, seats, agreed, when) if c.cost]
                    running = frozenset(p for _g, p, _t in people) | self.ran
                    to_use = to_be_used(i, seats, when)
                    made = [*self.payers.made, *due]
                    paid = self.payers.best(made, givers, agreed, self._opened(when), running, to_use)
                    if paid is not None:
                        yield self._rank(people, classes, socialized, paid), paid

    def _opened(self, when: dict[OneOff, str]) -> dict[str, int]:
        return opened(self.instance, when)

    def _due(self, people: People, socialized: frozenset[str], agreed: frozenset[str]) -> dict[OneOff, tuple[Any, ...]]:
        """What is due once and not settled: (basis, payers, {year: cost})."""
        i, found = self.instance, dict[OneOff, tuple[Any, ...]]()
        for p in (p for p in i.programmes if any(q == p for _g, q, _t in people)):
            for line in i.lines[p]:
                each = {year: unit[""] for year, unit in line.of_year.items()}
                if line.per == "programme" and any(each.values()):
                    key = p, None, line.item, line.account
                    found[key] = "programme", i.payers(p, line, None), each
        for g in socialized - self.told:
            measure = i.groups[g]["socialization"]
            each = {year: Fraction(i.grown(measure["cost"], year)) for year in i.years}
            found[None, g, "socialization", measure.get("account")] = "", i.own_of(i.groups[g]), each
        for f in agreed:
            account = i.funds[f]["agreement_cost"].get("account")
            each = {year: Fraction(i.grown(i.agreement(f), year)) for year in i.years}
            found[None, None, f"agreement:{f}", account] = "", i.own_of(i.funds[f]), each
        gone = {o[:3] for o in self.settled if o[0] is None}
        return {o: what for o, what in found.items() if o not in self.settled and not (o[0] is None and o[:3] in gone)}

    def _dates(
        self, people: People, socialized: frozenset[str], seats: Seats, agreed: frozenset[str]
    ) -> Iterator[dict[OneOff, str]]:
        """Every choice of open periods, none after the first use in the rest nor in another year than that; what was
        used before is owed, in any."""
        due = self._due(people, socialized, agreed)
        choices = []
        for p, g, item, _account in due:
            uses_in = [t for h, q, t in people if t in self.open and (q == p if p is not None else h == g)]
            if p is None and g is None:
                uses_in = [t for f, _p, _g, t in seats if f == item.removeprefix("agreement:")]
            last = self.open[-1] if p in self.ran or not uses_in else min(uses_in, key=self.open.index)
            until, year = self.open[: self.open.index(last) + 1], self.instance.year[last]
            bound = p not in self.ran and (p is not None or g is not None)
            choices.append([t for t in until if not bound or self.instance.year[t] == year])
        for chosen in product(*choices):
            yield dict(zip(due, chosen, strict=True))

    def _charges(
        self,
        people: People,
        classes: Held,
        socialized: frozenset[str],
        seats: Seats,
        agreed: frozenset[str],
        when: dict[OneOff, str],
    ) -> list[Charge]:
        i, found = self.instance, list[Charge]()
        for (g, p, t), n in people.items():
            for line in i.lines[p] if t in self.open else ():
                if line.per == "participant":
                    free = sum(v for (f, *seat), v in seats.items() if seat == [p, g, t] and i.covers(f, line))
                    cost = int(i.unit(line, g, t) * (n - free))
                    found.append(Charge((p, g, line.item, line.account, t), line.per, i.payers(p, line, g), cost))
        for (p, t), n in classes.items():
            for line in i.lines[p] if t in self.open else ():
                if line.per == "class":
                    cost = int(i.unit(line, "", t) * n)
                    found.append(Charge((p, None, line.item, line.account, t), line.per, i.payers(p, line, None), cost))
        for one_off, (per, payers, cost) in self._due(people, socialized, agreed).items():
            t = when[one_off]
            found.append(Charge((*one_off, t), per, payers, int(cost[i.year[t]])))
        return found

    def _rank(self, people: People, classes: Held, socialized: frozenset[str], paid: Funded) -> tuple[Fraction, ...]:
        closed, closed_by = self.closed(people, socialized), partial(self.closed_by, people, socialized)
        running = {p for _g, p, _t in people} | self.ran
        rules = [r for r in rule_readings(self.instance) if r.measures != "cost" and r.binds(running)]
        lost = sum(
            (rule.people_result(people, classes, closed, closed_by).missed * (rule.penalty or 0) for rule in rules),
            paid.penalty,
        )
        worth = sum((self.instance.worth(*key) * gained for key, gained in closed.items()), Fraction(0))
        costs = {"own_cost": Fraction(-paid.own), "total_cost": Fraction(-paid.total)}
        return tuple(
            worth - lost if goal == "gaps_closed"
            else smallest_coverage(self.instance, by, closed) if goal == "smallest_coverage"
            else costs[goal]
            for goal, by in self.instance.levels
        )  # fmt: skip
