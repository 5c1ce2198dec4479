"""Scenarios of moderate size with realistic rupiah, which use every feature but cannot be tried plan by plan."""

from __future__ import annotations

import random
from typing import Any

Plain = dict[str, Any]

_PLACES = ["Kota Jambi", "Kerinci", "Merangin", "Bungo"]
_AGENCIES = ["BPKAD", "Dinkes", "Disdik", "Bappeda", "Inspektorat"]
_FORMS = ["bimtek", "pelatihan", "e-learning", "mentoring", "workshop"]
_KINDS = ["technical", "managerial", "socio_cultural"]
_ACCOUNTS = ["5.1.02.01.01.0052", "5.1.02.02.01.0003", "5.1.02.04.01.0001"]


def medium_scenario(dice: random.Random, size: tuple[int, int, int, int], name: str) -> Plain:
    """A scenario of (groups, programmes, periods, funds)."""
    groups, programmes, periods, funds = size
    horizon = [f"TW{n + 1}" for n in range(periods)]
    competencies = [f"k{n}" for n in range(max(3, programmes - 1))]
    scenario: Plain = {
        "format": 1,
        "scenario": {"id": name, "fiscal_year": 2027},
        "periods": horizon,
        "competencies": [
            {"id": c, "kind": _KINDS[n % 3], "weight": dice.choice([1, 1, 1.5, 2])} for n, c in enumerate(competencies)
        ],
        "groups": [_group(dice, n, competencies) for n in range(groups)],
        "mentor_pools": [{"id": "senior", "from": {"level": ["madya"]}, "share": "20%"}],
        "programmes": [_programme(dice, n, competencies, horizon) for n in range(programmes)],
    }
    if all(group["level"] != "madya" for group in scenario["groups"]):
        scenario["groups"][0]["level"] = "madya"
    scenario["funds"] = _funds(dice, funds, scenario, horizon)
    scenario["rules"] = _rules(dice, scenario, horizon)
    if dice.random() < 0.3:
        fair = {"maximize": "smallest_coverage", "by": dice.choice(["agency", "location", "group", "competency"])}
        scenario["objective"] = dice.choice(
            [
                [fair, {"maximize": "gaps_closed"}, {"minimize": "own_cost"}],
                [{"maximize": "gaps_closed"}, {"minimize": "total_cost"}],
            ]
        )
    return scenario


def _group(dice: random.Random, n: int, competencies: list[str]) -> Plain:
    headcount = dice.randint(20, 250)
    lacking = dice.sample(competencies, dice.randint(1, min(3, len(competencies))))
    group: Plain = {
        "id": f"g{n}",
        "agency": dice.choice(_AGENCIES),
        "location": dice.choice(_PLACES),
        "level": dice.choice(["pertama", "muda", "madya"]),
        "employment": dice.choice(["pns", "pppk"]),
        "headcount": headcount,
        "gaps": {c: dice.randint(0, headcount) for c in lacking},
        "weight": dice.choice([1, 1, 1, 2]),
    }
    if dice.random() < 0.5:
        group["uptake"] = dice.choice(["60%", "75%", "90%"])
        if dice.random() < 0.6:
            cost = dice.randrange(2, 20) * 1_000_000
            group["socialization"] = {"raises_uptake_to": "95%", "cost": cost, "account": "5.1.02.02.12.0002"}
    if dice.random() < 0.4:
        group["max_hours"] = dice.choice([20, 40, 60])
    if dice.random() < 0.4:
        group["release"] = dice.choice(["15%", "30%", "50%"])
    return group


def _programme(dice: random.Random, n: int, competencies: list[str], horizon: list[str]) -> Plain:
    closed = dice.sample(competencies, dice.randint(1, 2))
    form = _FORMS[n % len(_FORMS)]
    programme: Plain = {
        "id": f"p{n}",
        "form": form,
        "hours": dice.choice([8, 16, 24, 30]),
        "closes": {c: dice.choice([0.6, 0.75, 0.85, 0.9]) for c in closed},
        "costs": [
            {
                "item": "Konsumsi",
                "account": _ACCOUNTS[0],
                "per": "participant",
                "quantity": dice.randint(1, 4),
                "price": dice.randrange(45, 120) * 1000,
            },
            {
                "item": "Perjalanan dinas",
                "account": _ACCOUNTS[2],
                "per": "participant",
                "price": {"by": "location", "default": 0, "Kerinci": 850_000, "Merangin": 600_000},
            },
            {"item": "Kurikulum", "per": "programme", "price": dice.randrange(5, 40) * 1_000_000},
        ],
    }
    if form == "mentoring":
        programme["mentors"] = {"pool": "senior", "mentees_each": dice.choice([2, 3, 5])}
    elif form != "e-learning":
        most = dice.choice([25, 30, 40])
        programme["class_size"] = {"min": dice.choice([1, 10, 20]), "max": most}
        programme["classes"] = dice.choice([{}, {"max": 5}, {"max": 6, "per_period": 2}, {"min": 2}])
        fee = {"item": "Honorarium", "account": _ACCOUNTS[1], "per": "class", "quantity": dice.choice([8, 16, 24])}
        programme["costs"].append(fee | {"price": dice.choice([300_000, 900_000, 1_000_000])})
    if n and dice.random() < 0.25:
        programme["requires"] = [f"p{n - 1}"]
    if len(horizon) > 1 and dice.random() < 0.4:
        programme["periods"] = horizon[1:]
    return programme


def _funds(dice: random.Random, funds: int, scenario: Plain, horizon: list[str]) -> list[Plain]:
    people = sum(n for group in scenario["groups"] for n in group["gaps"].values())
    own: Plain = {"id": "apbd", "kind": "own", "amount": people * dice.randrange(100, 600) * 1000}
    if dice.random() < 0.6:
        own["releases"] = {t: f"{round(100 * (n + 1) / len(horizon))}%" for n, t in enumerate(horizon)}
    made = [own]
    for n in range(1, funds):
        fund: Plain = {"id": f"mitra{n}", "kind": "partner", "amount": people * dice.randrange(20, 200) * 1000}
        programme = dice.choice(scenario["programmes"])
        extras: list[Plain] = [
            {"pays": {"programmes": {"form": dice.choice(scenario["programmes"])["form"]}}},
            {"pays": {"items": {"account": [_ACCOUNTS[1], _ACCOUNTS[2]]}}},
            {"pays": {"groups": {"location": [dice.choice(scenario["groups"])["location"]]}}},
            {"max_share": dice.choice(["30%", "50%", "75%"])},
            {"match": {"with": "apbd", "ratio": dice.choice([0.5, 1.0])}},
            {"minimum": fund["amount"] // 4},
            {"agreement_cost": {"amount": 10_000_000, "account": "5.1.02.02.12.0001"}},
            {"seats": {programme["id"]: dice.choice([10, 25, 40])}, "seats_cover": {"per": "participant"}},
        ]
        for extra in dice.sample(extras, dice.randint(1, 3)):
            fund |= extra
        made.append(fund)
    return made


def _rules(dice: random.Random, scenario: Plain, horizon: list[str]) -> list[Plain]:
    kind = dice.choice(scenario["competencies"][:3])["kind"]
    agency = dice.choice(scenario["groups"])["agency"]
    closing = {c for p in scenario["programmes"] for c in p["closes"]}
    kinds = {c["kind"] for c in scenario["competencies"] if c["id"] in closing}
    rules: list[Plain] = [
        {"name": "Peserta", "measure": "participants", "where": {"groups": {"agency": agency}}, "at_least": 20}
        | {"soft": {"penalty": 0.25}},
        {
            "name": "Kelas",
            "measure": "classes",
            "where": {"periods": [horizon[-1]]},
            "at_most": dice.choice([3, 6, "60%"]),
        },
        {"name": "Jam", "measure": "hours", "where": {"groups": {"agency": [agency]}}, "at_most": "70%"},
        {"name": "Kesenjangan", "measure": "gaps_closed", "where": {"groups": {"agency": agency}}, "at_least": "10%"}
        | {"soft": {"penalty": 1}},
    ]
    if kind in kinds:
        rules.append(
            {"name": "Biaya", "measure": "cost", "where": {"programmes": {"kind": kind}}, "at_least": "20%"}
            | {"soft": {"penalty": 0.000001}}
        )
    return dice.sample(rules, dice.randint(0, 3))
