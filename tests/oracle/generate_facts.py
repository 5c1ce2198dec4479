"""What may have happened of a tiny scenario, drawn at random: also what no plan would have done.

with_facts(seed: int) -> dict | None
    A tiny scenario whose first period is over, so small that every plan of the rest can be tried; None where the
    seed gives none of several periods.

with_facts_of_years(seed: int) -> dict | None
    The same for a scenario of two years, of which a part of the first, all of it or some of the second is over.
"""

from __future__ import annotations

import random
from math import prod
from typing import Any

from tests.oracle.brute_force import count
from tests.oracle.generate import tiny_scenarios
from tests.oracle.generate_years import scenarios_of_years
from tests.oracle.instance import Instance

Plain = dict[str, Any]


def with_facts(seed: int, most_plans: int = 3_000) -> Plain | None:
    """A tiny scenario with actuals."""
    scenario = tiny_scenarios(seed)
    instance = Instance(scenario)
    if len(instance.periods) < 2 or len(instance.years) > 1 or count(scenario) > most_plans:
        return None
    dice = random.Random(f"facts {seed}")
    facts: Plain = {"through": instance.periods[0], "attended": [], "held": [], "paid": [], "seats": []}
    for p in instance.programmes:
        _attended(dice, instance, p, facts, facts["through"])
    _once(dice, instance, facts)
    _committed(dice, instance, facts)
    scenario["actuals"] = {name: rows for name, rows in facts.items() if rows}
    return scenario


def with_facts_of_years(seed: int, most_plans: int = 1_500) -> Plain | None:
    """A tiny scenario of two years with actuals: of a part of the first, of all of it, or into the second."""
    dice = random.Random(f"facts of years {seed}")
    for _ in range(8):
        scenario = scenarios_of_years(dice.randrange(10**6), 20 * most_plans)
        if len(scenario["periods"]) > 2 or dice.random() < 0.2:
            break
    if dice.random() < 0.5:
        more_gaps(dice, scenario)
    instance = Instance(scenario)
    over = instance.periods[: dice.randint(1, len(instance.periods) - 1)]
    if _ways(instance, over) > most_plans:
        return None
    facts: Plain = {"through": over[-1], "attended": [], "held": [], "paid": [], "seats": []}
    for t in over:
        for p in instance.programmes:
            if dice.random() < (0.9 if len(over) == 1 else 0.6):
                _attended(dice, instance, p, facts, t)
    _once(dice, instance, facts, dice.choice(over))
    _committed(dice, instance, facts, (1, 1, 2))
    scenario["actuals"] = {name: rows for name, rows in facts.items() if rows}
    return scenario


def more_gaps(dice: random.Random, scenario: Plain) -> None:
    """More people of some groups fall below the standard in the second year; some groups share an agency."""
    agency = next((g["agency"] for g in scenario["groups"] if "agency" in g), "BPKAD")
    shared = dice.random() < 0.5
    for group in scenario["groups"]:
        if shared:
            group.setdefault("agency", agency)
        known = dict(group["gaps"])
        for more in group.get("new_gaps", {}).values():
            known = {c: known.get(c, 0) + more.get(c, 0) for c in {**known, **more}}
        room = {c: int(group["headcount"]) - n for c, n in known.items() if group["headcount"] > n}
        if room and "2028" not in group.get("new_gaps", {}):
            c = dice.choice(list(room))
            group.setdefault("new_gaps", {})["2028"] = {c: dice.randint(1, min(2, room[c]))}


def _ways(i: Instance, over: list[str]) -> int:
    """An upper bound of the ways to place people in the rest, to socialize and to give free seats."""
    ways = 1
    for g, group in i.groups.items():
        told = bool(group.get("socialization"))
        ways *= prod(i.most_taking(g, p, told) + 1 for p, t in i.slots[g] if t not in over) * (1 + told)
    return ways * prod(int(n) + 1 for fund in i.funds.values() for n in fund.get("seats", {}).values())


def _committed(dice: random.Random, i: Instance, facts: Plain, numbers: tuple[int, ...] = ()) -> None:
    """Classes of a later period are promised: one, or one of `numbers`."""
    over = i.periods[: i.periods.index(facts["through"]) + 1]
    for p, programme in i.programmes.items():
        later = [t for t in i.allowed[p] if t not in over]
        if programme.get("class_size") and later and dice.random() < 0.25:
            number = dice.choice(numbers) if numbers else 1
            facts.setdefault("committed", []).append({"programme": p, "period": later[0], "classes": number})


def _attended(dice: random.Random, i: Instance, p: str, facts: Plain, t: str) -> None:
    """Somebody attended a programme, and somebody paid for it; now and then people it is not for."""
    programme = i.programmes[p]
    if i.periods.index(t) + programme.get("lasts", 1) > len(i.periods):
        return
    seated = 0
    for g, group in i.groups.items():
        may = i.may_take(g, p) and t in i.allowed[p]
        if dice.random() > (0.6 if may else 0.05):
            continue
        people = dice.choice([1, 1, 2, 2, 3, int(group["headcount"]) or 1])
        row: Plain = {"programme": p, "period": t, "group": g, "participants": people}
        measured = {c: dice.randint(0, people) for c in i.closes[p] if dice.random() < 0.4}
        facts["attended"].append(row | ({"closed": measured} if measured else {}))
        seated += people
        for f, fund in i.funds.items():
            if fund.get("seats", {}).get(p) and dice.random() < 0.5:
                facts["seats"].append({"fund": f, "programme": p, "group": g, "period": t, "seats": 1})
                break
        _pay(dice, i, p, g, "participant", people, facts, t)
    if seated and programme.get("class_size"):
        classes = dice.choice([1, 1, 1, 2])
        facts["held"].append({"programme": p, "period": t, "classes": classes})
        _pay(dice, i, p, None, "class", classes, facts, t)
    again = any(row["programme"] == p and row["period"] != t for row in facts["attended"])
    if seated and not again and dice.random() < 0.8:
        _pay(dice, i, p, None, "programme", 1, facts, t)


def _pay(dice: random.Random, i: Instance, p: str, g: str | None, per: str, number: int, facts: Plain, t: str) -> None:
    for line in i.lines[p]:
        if line.per == per and dice.random() < 0.8:
            able = i.payers(p, line, g) or tuple(i.funds)
            amount = max(0, int(line.least[g or ""] * number) + dice.choice([0, 0, 0, -1, 1]))
            _paid(facts, dice.choice(able), p, g, line.item, line.account, amount, t)


def _paid(
    facts: Plain, f: str, p: str | None, g: str | None, item: str, account: str | None, amount: int, t: str
) -> None:
    row = {"fund": f, "programme": p, "group": g, "item": item, "account": account, "period": t}
    facts["paid"].append({key: value for key, value in row.items() if value is not None} | {"amount": amount})


def _once(dice: random.Random, i: Instance, facts: Plain, period: str = "") -> None:
    """Some socializations and agreements were paid for."""
    t = period or facts["through"]
    own = [f for f in i.funds if i.own(f)]
    for g, group in i.groups.items():
        measure = group.get("socialization")
        if measure and own and dice.random() < 0.3:
            _paid(facts, own[0], None, g, "socialization", measure.get("account"), measure["cost"], t)
    for f in i.funds:
        if i.agreement(f) and own and dice.random() < 0.4:
            account = i.funds[f]["agreement_cost"].get("account")
            _paid(facts, own[0], None, None, f"agreement:{f}", account, i.agreement(f), t)
