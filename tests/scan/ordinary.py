"""Scenarios of the scan beyond the reach of trying every plan.

ordinary(dice) -> dict      every feature of the file, prices from a rupiah to 10^12
wide(dice) -> dict          few groups and programmes whose prices and effects lie orders of magnitude apart
"""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.generate_days import with_real_days
from tests.oracle.generate_rules import add_taxes, divide_rules
from tests.scan.budgets import cost_of_some_plan

Plain = dict[str, Any]

_NAMED: Plain = {"scenario": {"id": "acak"}}

_PLACES = ["Kota Jambi", "Kerinci", "Merangin"]
_AGENCIES = ["BPKAD", "Dinkes", "Disdik"]
_FORMS = ["bimtek", "pelatihan", "e-learning", "workshop"]
_KINDS = ["technical", "managerial", "socio_cultural"]
_ACCOUNTS = ["5.1.02.01.01.0001", "5.1.02.02.01.0001", "5.1.02.04.01.0001"]
_WEIGHTS = [1, 1, 1, 1.5, 2, 0.01, 100]
_EFFECTS = [0.001, 0.01, 0.1, 0.33, 0.5, 0.6, 0.75, 0.85, 0.9, 1]


def ordinary(dice: random.Random) -> Plain:
    """Three to six groups and programmes, one to three funds, one to four periods, of moderate size together."""
    while True:
        groups, programmes, periods = dice.randint(3, 6), dice.randint(3, 6), dice.choice([1, 1, 1, 2, 2, 3, 4])
        if groups * programmes * periods <= 45:
            break
    horizon = [f"TW{n + 1}" for n in range(periods)]
    competencies = [f"k{n}" for n in range(dice.randint(2, 4))]
    scenario: Plain = {"format": 1, "periods": horizon}
    scenario["competencies"] = [
        {"id": c, "kind": dice.choice(_KINDS), "weight": dice.choice([1, 1, 1, 1.5, 2, 0.01, 100])}
        for c in competencies
    ]
    scenario["groups"] = [_group(dice, n, competencies) for n in range(groups)]
    if dice.random() < 0.4:
        scenario["mentor_pools"] = [{"id": "senior", "from": {}, "share": dice.choice(["2%", "5%", "20%"])}]
    scenario["programmes"] = [_programme(dice, n, scenario, horizon) for n in range(programmes)]
    scenario["funds"] = _funds(dice, scenario, horizon)
    rules = _rules(dice, scenario, horizon)
    if rules:
        scenario["rules"] = rules
    levels = _objective(dice)
    if levels:
        scenario["objective"] = levels
    with_real_days(dice, scenario)
    divide_rules(dice, scenario)
    add_taxes(dice, scenario)
    return scenario


def _group(dice: random.Random, n: int, competencies: list[str]) -> Plain:
    headcount = dice.choice([1, dice.randint(10, 200), dice.randint(10, 200), dice.randint(10, 60)])
    lacking = dice.sample(competencies, dice.randint(1, min(3, len(competencies))))
    group: Plain = {
        "id": f"g{n}",
        "agency": dice.choice(_AGENCIES),
        "location": dice.choice(_PLACES),
        "headcount": headcount,
        "gaps": {c: dice.randint(min(1, headcount), headcount) for c in lacking},
    }
    if dice.random() < 0.4:
        group["weight"] = dice.choice([0.5, 2, 3, 0.0001, 1_000])
    if dice.random() < 0.4:
        group["uptake"] = dice.choice(["60%", "75%", "90%"])
        if dice.random() < 0.6:
            group["socialization"] = {"raises_uptake_to": "95%", "cost": _price(dice, 3, 8)}
    if dice.random() < 0.3:
        group["max_hours"] = dice.choice([8, 20, 37.5, 60])
    if dice.random() < 0.3:
        group["release"] = dice.choice(["15%", "30%", "50%"])
    return group


def _price(dice: random.Random, low: float, high: float) -> int:
    """Log-uniform between powers of ten [rupiah], often round to three digits."""
    price = round(10 ** dice.uniform(low, high))
    return price if dice.random() < 0.5 else int(float(f"{price:.2g}"))


def _programme(dice: random.Random, n: int, scenario: Plain, horizon: list[str]) -> Plain:
    competencies = [c["id"] for c in scenario["competencies"]]
    closed = dice.sample(competencies, dice.randint(1, min(2, len(competencies))))
    programme: Plain = {
        "id": f"p{n}",
        "form": dice.choice(_FORMS),
        "closes": {c: dice.choice(_EFFECTS) for c in closed},
        "hours": dice.choice([0, 4, 8, 16, 24]),
    }
    high = dice.choice([4, 7, 7, 7, 12])
    low = dice.choice([0, 3, high - 2])
    lines: list[Plain] = []
    if dice.random() < 0.7:
        place = dice.choice(_PLACES)
        price: Any = _price(dice, low, high)
        if dice.random() < 0.3:
            price = {"by": "location", "default": price, place: _price(dice, low, high)}
        line = {"item": "Konsumsi", "account": dice.choice(_ACCOUNTS), "per": "participant", "price": price}
        lines.append(line | {"quantity": dice.choice([1, 1, 2, 4])})
    if dice.random() < 0.5:
        lines.append({"item": "Kurikulum", "per": "programme", "price": _price(dice, low + 1, min(12, high + 1))})
    if dice.random() < 0.6:
        most = dice.choice([4, 12, 25, 30, 40])
        programme["class_size"] = {"min": dice.choice([1, 1, max(1, most // 2), most]), "max": most}
        limits = dice.choice([{}, {}, {"max": 3}, {"max": 6, "per_period": 2}, {"min": 2}])
        if limits:
            programme["classes"] = dict(limits)
        if dice.random() < 0.8:
            fee = {"item": "Honorarium", "account": dice.choice(_ACCOUNTS), "per": "class"}
            lines.append(fee | {"quantity": dice.choice([1, 8, 12]), "price": _price(dice, low, min(11, high))})
    elif "mentor_pools" in scenario and dice.random() < 0.5:
        programme["mentors"] = {"pool": "senior", "mentees_each": dice.choice([2, 3, 5])}
    if lines:
        programme["costs"] = lines
    if n and dice.random() < 0.2:
        programme["requires"] = [f"p{dice.randrange(n)}"]
    if len(horizon) > 1 and dice.random() < 0.3:
        programme["periods"] = horizon[1:]
    if dice.random() < 0.2:
        programme["for"] = {"agency": dice.sample(sorted({g["agency"] for g in scenario["groups"]}), 1)}
    return programme


def _funds(dice: random.Random, scenario: Plain, horizon: list[str]) -> list[Plain]:
    wish = sorted(cost_of_some_plan(dice, {**scenario, "funds": [], **_NAMED}) for _ in range(3))
    pool = dice.choice(wish[:2]) + dice.choice([-1, 0, 0, 1, dice.randrange(10**6)])
    pool = max(0, min(pool, 3 * 10**14))
    own: Plain = {"id": "apbd", "kind": "own", "amount": _part(pool, dice.choice([3, 7, 10, 10]))}
    if dice.random() < 0.4:
        own["releases"] = {t: f"{round(100 * (n + 1) / len(horizon))}%" for n, t in enumerate(horizon)}
    made = [own]
    for n in range(dice.choice([0, 1, 1, 2])):
        amount = _part(pool, dice.choice([1, 3, 5, 10]))
        fund: Plain = {"id": f"mitra{n}", "kind": dice.choice(["partner", "partner", "own"]), "amount": amount}
        programmes = dice.sample(scenario["programmes"], min(2, len(scenario["programmes"])))
        extras: list[Plain] = [
            {"pays": {"programmes": {"id": [p["id"] for p in programmes]}}},
            {"pays": {"items": {"per": "participant"}}},
            {"pays": {"groups": {"location": scenario["groups"][0]["location"]}}},
            {"max_share": dice.choice(["30%", "50%", "33.3%", "75%"])},
            {"match": {"with": "apbd", "ratio": dice.choice([0.5, 1, 0.4286, 2])}},
            {"minimum": dice.choice([1, amount // 4, amount])},
            {"agreement_cost": {"amount": _price(dice, 3, 8)}},
            {"seats": {programmes[0]["id"]: dice.choice([1, 10, 25])}},
        ]
        for extra in dice.sample(extras, dice.randint(0, 3)):
            fund |= extra
        made.append(fund)
    if len(made) > 1 and dice.random() < 0.2:
        own["max_share"], made[1]["max_share"] = dice.choice([("70%", "30%"), ("50%", "50%"), ("33%", "67%")])
    return made


def _part(pool: int, tenths: int) -> int:
    return pool * tenths // 10


def _rules(dice: random.Random, scenario: Plain, horizon: list[str]) -> list[Plain]:
    people = sum(n for g in scenario["groups"] for n in g["gaps"].values())
    money = sum(f["amount"] for f in scenario["funds"])
    group, programme = dice.choice(scenario["groups"]), dice.choice(scenario["programmes"])
    of_group, of_programme = {"groups": {"id": group["id"]}}, {"programmes": {"id": programme["id"]}}
    funds = {"funds": {"kind": "own"}}
    share = dice.choice(["10%", "33%", "50%", "70%"])
    options: list[tuple[str, Plain, Plain, list[float]]] = [
        ("participants", of_group, {"at_least": dice.choice([1, 5, 20])}, [0.25, 0.01, 2]),
        ("participants", of_programme, {"at_most": dice.choice([5, 20, share])}, [0.25, 0.01, 2]),
        ("classes", {"periods": [horizon[-1]]}, {"at_most": dice.choice([1, 3, 6, "60%"])}, [1, 0.1]),
        ("hours", of_group, {"at_most": dice.choice([100, share])}, [0.01, 0.1]),
        ("gaps_closed", of_group, {"at_least": dice.choice([1, share])}, [1, 0.5, 1_000]),
        ("gaps_closed", of_group, {"at_most": dice.choice([people // 4 + 1, share])}, [1, 0.5]),
        ("cost", of_programme, {"at_most": dice.choice([share, money // 3 + 1])}, [0.000001, 1e-9]),
        ("cost", of_programme, {"at_least": dice.choice(["5%", money // 10 + 1])}, [0.000001, 1e-9]),
        ("cost", funds, {"at_most": dice.choice([share, money // 2 + 1])}, [0.000001, 1e-9]),
    ]
    rules = []
    for n, (measure, where, bound, penalties) in enumerate(dice.sample(options, dice.choice([0, 0, 1, 1, 2]))):
        rule: Plain = {"name": f"Aturan {n}", "measure": measure, "where": where} | bound
        if dice.random() < 0.7:
            rule["soft"] = {"penalty": dice.choice(penalties)}
        rules.append(rule)
    return rules


def _objective(dice: random.Random) -> list[Plain]:
    gaps, own, total = {"maximize": "gaps_closed"}, {"minimize": "own_cost"}, {"minimize": "total_cost"}
    fair = {"maximize": "smallest_coverage", "by": dice.choice(["agency", "location", "group", "competency"])}
    choices = [[], [], [], [gaps], [gaps, total], [fair, gaps, own], [gaps, fair, own], [own, gaps], [fair]]
    return dice.choice(choices)


def wide(dice: random.Random) -> Plain:
    """Groups of about ten, and programmes of which one is out of reach, one is free and others are just in reach."""
    competencies = ["a", "b"][: dice.choice([1, 1, 2])]
    scenario: Plain = {"format": 1, "competencies": [{"id": c, "kind": "technical"} for c in competencies]}
    sizes = [dice.randint(4, 14) for _ in range(dice.choice([2, 3, 3, 4]))]
    scenario["groups"] = [
        {"id": f"g{n}", "headcount": size, "gaps": {c: dice.randint(1, size) for c in competencies}}
        for n, size in enumerate(sizes)
    ]
    for group in scenario["groups"]:
        if dice.random() < 0.15:
            group["weight"] = dice.choice([0.0001, 0.5, 10_000])

    def closing(*values: float) -> Plain:
        return {c: dice.choice(values) for c in competencies[: dice.randint(1, len(competencies))]}

    beyond = dice.choice([900_000_000, 10**12, _price(dice, 8, 12)])
    curriculum, fee, most = _price(dice, 4, 8), _price(dice, 4, 7), dice.choice([6, 10, 18])
    programmes: list[Plain] = [
        {"id": "jauh", "closes": closing(0.01, 0.001), "costs": [_line("Biaya", "participant", beyond)]},
        {"id": "gratis", "closes": closing(0.85, 0.5, 0.2)},
        {"id": "kurikulum", "closes": closing(0.6, 0.9, 1), "costs": [_line("Kurikulum", "programme", curriculum)]},
        {
            "id": "kelas",
            "closes": closing(0.5, 0.7),
            "class_size": {"min": dice.choice([1, 4, 6]), "max": most},
            "costs": [_line("Honorarium", "class", fee) | {"quantity": dice.choice([1, 12])}],
        },
        {"id": "orang", "closes": closing(0.4, 0.95), "costs": [_line("Uang saku", "participant", _price(dice, 0, 6))]},
    ]
    scenario["programmes"] = dice.sample(programmes, dice.randint(3, 5))
    prices = [curriculum, fee * 12, fee, curriculum + fee * 12, beyond]
    own = dice.choice(prices) + dice.choice([-1, 0, 1, _price(dice, 3, 7)])
    scenario["funds"] = [{"id": "apbd", "kind": "own", "amount": own}]
    if dice.random() < 0.7:
        partner: Plain = {"id": "mitra", "kind": "partner", "amount": dice.choice([_price(dice, 5, 8), own // 3])}
        if dice.random() < 0.6:
            some = dice.sample(scenario["programmes"], 2)
            partner["pays"] = {"programmes": {"id": [p["id"] for p in some]}}
        if dice.random() < 0.3:
            partner["match"] = {"with": "apbd", "ratio": dice.choice([0.5, 1, 0.3333])}
        if dice.random() < 0.3:
            partner["max_share"] = dice.choice(["50%", "30%", "66.6%"])
        if dice.random() < 0.2:
            partner["minimum"] = partner["amount"] // 2
        scenario["funds"].append(partner)
    if dice.random() < 0.3:
        scenario["objective"] = _objective(dice) or [{"maximize": "gaps_closed"}]
    return scenario


def _line(item: str, per: str, price: int) -> Plain:
    return {"item": item, "per": per, "price": price}
