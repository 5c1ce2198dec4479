"""Random scenarios as plain data of the file format, the same for the same seed.

    tiny_scenarios(seed: int, most_plans: int = 20_000) -> dict
        One tiny scenario: at most 3 groups, 3 programmes, 2 periods and 3 funds, with few people and
        rupiah, so that the oracle can try every plan. Over the seeds every feature of the format is
        used, and budgets and classes are drawn to fit some plan exactly, or to miss it by one.

    random_scenarios(seed: int, size: tuple[int, int, int, int] = (8, 6, 3, 4)) -> dict
        One scenario of (groups, programmes, periods, funds) with realistic rupiah, for solvers to agree on.

Both pass `Scenario.model_validate`; ids are known, selectors select something, costs are whole rupiah.
"""

from __future__ import annotations

import copy
import random
from functools import cache
from math import ceil
from typing import Any

from tests.oracle.brute_force import count
from tests.oracle.generate_days import with_days, with_real_days
from tests.oracle.generate_funds import add_owners, objective, own_rules, tiny_funds
from tests.oracle.generate_hours import with_hours_before
from tests.oracle.generate_medium import medium_scenario
from tests.oracle.generate_new_gaps import with_new_gaps
from tests.oracle.generate_rules import add_divided_rule, add_smallest, add_taxes, add_years, divide_rules
from tests.oracle.generate_uses import add_choices, add_large_resources, add_resources, loosen_requirements
from tests.oracle.instance import Instance
from tests.oracle.measures import charges

Plain = dict[str, Any]


def random_scenarios(seed: int, size: tuple[int, int, int, int] = (8, 6, 3, 4)) -> Plain:
    """A scenario of (groups, programmes, periods, funds)."""
    scenario = medium_scenario(random.Random(f"medium {seed}"), size, f"acak-{seed}")
    with_real_days(random.Random(f"medium days {seed}"), scenario)
    later = random.Random(f"medium, what came later {seed}")
    add_large_resources(later, scenario, Instance(scenario).periods)
    add_choices(later, scenario, 0.25)
    divide_rules(random.Random(f"medium rules {seed}"), scenario)
    if seed >= 12:  # the first ones stay of one year, which is proven to the last gap
        with_new_gaps(random.Random(f"medium new gaps {seed}"), scenario, 0.3)
    return scenario


def tiny_scenarios(seed: int, most_plans: int = 20_000) -> Plain:
    """A tiny scenario with at most `most_plans` ways to place people; each call makes a copy of its own."""
    return copy.deepcopy(_kept(seed, most_plans))


def made_anew(seed: int, most_plans: int = 20_000) -> Plain:
    """What `tiny_scenarios` gives, made once more: several tests ask for the same ones."""
    dice = random.Random(f"tiny {seed}")
    later = random.Random(f"tiny {seed}, what came later")
    while True:
        scenario = _tiny(dice, f"kecil-{seed}")
        add_resources(later, scenario, Instance(scenario).periods)
        add_choices(later, scenario)
        loosen_requirements(later, scenario)
        divide_rules(later, scenario)
        add_divided_rule(later, scenario)
        add_years(later, scenario)
        add_taxes(later, scenario)
        add_smallest(later, scenario)
        add_owners(random.Random(f"owners {scenario['scenario']['id']}"), scenario)
        ways = count(scenario)
        if ways <= most_plans and (ways >= 8 or dice.random() < 0.05):
            return scenario


_kept = cache(made_anew)


def _tiny(dice: random.Random, name: str) -> Plain:
    scenario: Plain = {"format": 1, "scenario": {"id": name, "fiscal_year": 2027}}
    periods = dice.choice([["2027"], ["TW1"], ["TW1", "TW2"], ["TW1", "TW2"]])
    if periods != ["2027"]:
        scenario["periods"] = periods
    kinds = ["technical", "managerial", "socio_cultural"]
    scenario["competencies"] = [
        _with(dice, {"id": f"c{n}", "kind": dice.choice(kinds)}, 0.4, weight=lambda: dice.choice([1, 2, 3, 0.5, 1.25]))
        for n in range(dice.randint(1, 3))
    ]
    competencies = [c["id"] for c in scenario["competencies"]]
    scenario["groups"] = [_group(dice, n, competencies) for n in range(dice.randint(1, 3))]
    _twins(dice, scenario["groups"])
    if dice.random() < 0.4:
        scenario["mentor_pools"] = [_pool(dice, scenario["groups"])]
    scenario["programmes"] = [_programme(dice, n, scenario, periods) for n in range(dice.randint(1, 3))]
    _twins(dice, scenario["programmes"])
    _prerequisites(dice, scenario["programmes"])
    scenario["funds"] = tiny_funds(dice, scenario, periods)
    rules = own_rules(dice, scenario, periods)
    if rules:
        scenario["rules"] = rules
    levels = objective(dice)
    if levels:
        scenario["objective"] = levels
    with_days(random.Random(f"days {name}"), scenario)
    with_new_gaps(random.Random(f"new gaps {name}"), scenario, 0.3)
    with_hours_before(random.Random(f"hours before {name}"), scenario, 0.2)
    target = random.Random(f"target {name}")
    if target.random() < 0.4:
        scenario["scenario"]["hours_target"] = target.choice([0, 1, 2, 2, 3])
    _fit(dice, scenario)
    return scenario


def _with(dice: random.Random, record: Plain, chance: float, **fields: Any) -> Plain:
    """The record with each of `fields`, made by a call, added with some chance."""
    return record | {name: make() for name, make in fields.items() if dice.random() < chance}


def _group(dice: random.Random, n: int, competencies: list[str]) -> Plain:
    headcount = dice.choice([0, 1, 2, 3, 3, 4, 4, 5, 6])
    lacking = dice.sample(competencies, dice.randint(1, min(2, len(competencies))))
    group: Plain = {
        "id": f"g{n}",
        "headcount": headcount,
        "gaps": {c: min(headcount, dice.choice([0, 1, 2, 2, 3, 3, 4])) for c in lacking},
    }
    group = _with(
        dice,
        group,
        0.35,
        agency=lambda: dice.choice(["BPKAD", "Dinkes"]),
        location=lambda: dice.choice(["Kota Jambi", "Kerinci"]),
        level=lambda: dice.choice(["muda", "madya"]),
        employment=lambda: dice.choice(["pns", "pppk"]),
        tags=lambda: dice.choice([["garda"], ["garda", "baru"], "baru"]),
        weight=lambda: dice.choice([1, 2, 0.5, 1.5]),
        uptake=lambda: dice.choice([1, 0.5, "70%", 0.75, "34%", "90%", "100%"] + ["0%"] * (dice.random() < 0.2)),
        max_hours=lambda: dice.choice([1, 2, 3, 2.5, 6] + [0] * (dice.random() < 0.2)),
        release=lambda: dice.choice(["100%", "50%", 0.34, 0.67] + ["0%"] * (dice.random() < 0.2)),
    )
    if dice.random() < 0.35:
        today = str(group.get("uptake", 1))
        higher = [share for share in ("50%", "70%", "80%", "90%", "100%") if _percent(share) >= _percent(today)]
        measure = {"raises_uptake_to": dice.choice(higher), "cost": dice.choice([0, 1, 1, 2, 3])}
        group["socialization"] = _with(dice, measure, 0.5, account=lambda: "5.1.02.02.12.0002")
    return group


def _percent(share: str) -> float:
    return float(share[:-1]) if share.endswith("%") else float(share) * 100


def _pool(dice: random.Random, groups: list[Plain]) -> Plain:
    chosen = dice.choice([{}, {"id": [g["id"] for g in groups]}, _audience(dice, groups)])
    return {"id": "senior", "from": chosen, "share": dice.choice(["20%", "34%", 0.5, 0.5, "100%", "100%", 0])}


def _programme(dice: random.Random, n: int, scenario: Plain, periods: list[str]) -> Plain:
    competencies = [c["id"] for c in scenario["competencies"]]
    closed = dice.sample(competencies, dice.randint(1, min(2, len(competencies))))
    programme: Plain = {"id": f"p{n}", "closes": {c: dice.choice([1, 1, 0.5, "85%", 0.25, 0.8]) for c in closed}}
    programme = _with(
        dice,
        programme,
        0.4,
        form=lambda: dice.choice(["bimtek", "e-learning", "mentoring"]),
        hours=lambda: dice.choice([1, 2, 3, 1.5, 0]),
        tags=lambda: [dice.choice(["wajib", "baru"])],
        periods=lambda: dice.choice([periods, periods[:1], periods[-1:], periods[::-1]]),
    )
    if dice.random() < 0.3:
        programme["for"] = _audience(dice, scenario["groups"])
    if dice.random() < 0.5:
        people = sum(max((g["gaps"].get(c, 0) for c in closed), default=0) for g in scenario["groups"])
        programme |= _classes(dice, people)
    if dice.random() < 0.88:
        programme["costs"] = _costs(dice, "class_size" in programme)
    if "mentor_pools" in scenario and dice.random() < 0.6:
        programme["mentors"] = {"pool": "senior", "mentees_each": dice.choice([1, 2, 3])}
    return programme


def _classes(dice: random.Random, people: int) -> Plain:
    """Classes that hold all `people` who need them, or one more or less, and limits on their number."""
    most = max(1, dice.choice([people - 1, people, people + 1, ceil(people / 2), 2, 3]))
    least = dice.choice([1, 1, 2, ceil(most / 2), most])
    size = _with(dice, {"max": most}, 0.7, min=lambda: min(least, most))
    limits = [
        {"max": 1},
        {"max": 2, "per_period": 1},
        {"min": 2, "max": 3},
        {"min": 1},
        {"max": dice.choice([0, 2, 3])},
    ]
    return _with(dice, {"class_size": size}, 0.5, classes=lambda: dice.choice(limits))


def _audience(dice: random.Random, groups: list[Plain]) -> Plain:
    """A selector that selects at least one group."""
    group = dice.choice(groups)
    names = [name for name in ("agency", "location", "level", "employment", "tags") if name in group]
    if names and dice.random() < 0.7:
        name = dice.choice(names)
        return {name: group[name]}
    return {"id": dice.choice([group["id"], [g["id"] for g in groups]])}


def _costs(dice: random.Random, classes: bool) -> list[Plain]:
    names = dice.sample(["Honorarium", "Konsumsi", "Perjalanan", "Kurikulum"], dice.randint(1, 3))
    lines = []
    for name in names:
        per = dice.choice(["participant", "participant", "class" if classes else "participant", "programme"])
        most = {"participant": 3, "class": 5, "programme": 5}[per]
        line: Plain = {"item": name, "per": per, "price": dice.randint(0, most)}
        if per == "participant" and dice.random() < 0.25:
            places = {"Kota Jambi": dice.randint(0, 2), "Kerinci": dice.randint(0, 3)}
            line["price"] = {"by": "location", "default": dice.randint(0, 2), **places}
        elif dice.random() < 0.15:
            line |= {"quantity": 0.5, "price": 2 * int(line["price"])}
        elif dice.random() < 0.15:
            line["quantity"] = dice.choice([0, 2])
        lines.append(
            _with(
                dice,
                line,
                0.4,
                account=lambda: dice.choice(["5.1.02.01.01.0001", "5.1.02.02.01.0001"]),
                unit=lambda: "OH",
            )
        )
    if len(lines) < 3 and dice.random() < 0.15:
        lines.append(
            {"item": names[0], "account": "5.1.02.04.01.0001", "per": "programme", "price": dice.randint(1, 3)}
        )
    return lines


def _twins(dice: random.Random, records: list[Plain]) -> None:
    """Ties: the second of two groups or programmes is like the first."""
    if len(records) == 2 and dice.random() < 0.25:
        records[1] = copy.deepcopy(records[0]) | {"id": records[1]["id"]}


def _prerequisites(dice: random.Random, programmes: list[Plain]) -> None:
    """Some programmes require another; the order of the file does not matter, and there is no loop."""
    order = dice.sample(programmes, len(programmes))
    for later, earlier in zip(order[1:], order, strict=False):
        if dice.random() < 0.25:
            later["requires"] = [earlier["id"]]


def _fit(dice: random.Random, scenario: Plain) -> None:
    """Often the budgets fit the cost of some plan exactly, or miss it by one rupiah."""
    if dice.random() < 0.4:
        return
    instance = Instance(scenario)
    people = {}
    for g, slots in instance.slots.items():
        for p, t in slots:
            n = dice.randint(0, instance.need(g, p))
            if n:
                people[g, p, t] = n
    in_class: dict[tuple[str, str], int] = {}
    for (_g, p, t), n in people.items():
        size = instance.programmes[p].get("class_size")
        if size:
            in_class[p, t] = in_class.get((p, t), 0) + n
    classes = {(p, t): ceil(n / instance.programmes[p]["class_size"]["max"]) for (p, t), n in in_class.items()}
    cost = sum(c.cost for c in charges(instance, people, classes, frozenset(), {}, frozenset()))
    fund = dice.choice(scenario["funds"][:1] * 2 + scenario["funds"])
    others = sum(other["amount"] for other in scenario["funds"] if other is not fund)
    fitted = cost - dice.choice([0, 0, others]) + dice.choice([-1, 0, 0, 1])
    if 0 <= fitted <= 20:
        fund["amount"] = fitted
        if fund.get("minimum", 0) > fitted:
            fund["minimum"] = fitted
