"""Tiny scenarios with partners, and what their partners make possible, found without the program."""

from __future__ import annotations

import copy
import random
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from tests.oracle.brute_force import search_of
from tests.oracle.plain import number

Plain = dict[str, Any]
Classes = frozenset[tuple[tuple[str, str], int]]


def with_partners(seed: int, most: int = 2) -> Plain:
    """A tiny scenario in which partners pay for classes, with conditions, rules, weights and periods by chance."""
    dice = random.Random(f"partners {seed}")
    competencies = ["c0", "c1", "c2"][: dice.randint(2, 3)]
    periods = dice.choice([["TW1"], ["TW1", "TW2"]])
    groups = [_group(dice, n, competencies) for n in range(dice.randint(1, 2))]
    programmes = [_programme(dice, n, c, groups, periods) for n, c in enumerate(competencies)]
    partners = [_partner(dice, n, programmes) for n in range(dice.randint(1, most))]
    scenario: Plain = {
        "format": 1,
        "scenario": {"id": f"mitra-{seed}", "fiscal_year": 2027},
        "periods": periods,
        "competencies": [{"id": c, "kind": "technical"} for c in competencies],
        "groups": groups,
        "programmes": programmes,
        "funds": [{"id": "apbd", "kind": "own", "amount": dice.randint(3, 10)}, *partners],
    }
    if dice.random() < 0.4:
        scenario["rules"] = [_rule(dice, programmes)]
    return scenario


def _group(dice: random.Random, n: int, competencies: list[str]) -> Plain:
    headcount = dice.randint(3, 5)
    gaps = {c: dice.randint(1, min(headcount, 4)) for c in dice.sample(competencies, 2)}
    group: Plain = {"id": f"g{n}", "headcount": headcount, "gaps": gaps}
    return group | ({"weight": 2} if dice.random() < 0.3 else {})


def _programme(dice: random.Random, n: int, competency: str, groups: list[Plain], periods: list[str]) -> Plain:
    programme: Plain = {
        "id": f"p{n}",
        "closes": {competency: dice.choice([1, "80%", "50%"])},
        "class_size": {"min": dice.choice([1, 2]), "max": dice.choice([2, 3, 4])},
        "periods": [dice.choice(periods)],
        "costs": [{"item": "Kelas", "per": "class", "price": dice.randint(2, 7)}],
    }
    group = dice.choice(groups)
    if competency in group["gaps"]:
        programme["for"] = {"id": group["id"]}
    if dice.random() < 0.4:
        programme["costs"].append({"item": "Peserta", "per": "participant", "price": 1})
    if dice.random() < 0.25:
        del programme["class_size"]
        programme["costs"] = [{"item": "Peserta", "per": "participant", "price": dice.randint(1, 3)}]
    return programme


def _partner(dice: random.Random, n: int, programmes: list[Plain]) -> Plain:
    partner: Plain = {"id": f"m{n}", "kind": "partner", "amount": dice.randint(2, 7)}
    partner["chance"] = dice.choice(["30%", "50%", "60%", "80%", "100%", "0%"] if dice.random() < 0.3 else ["50%"])
    if dice.random() < 0.6:
        partner["pays"] = {"programmes": {"id": [dice.choice(programmes)["id"]]}}
    if dice.random() < 0.3:
        partner["minimum"] = dice.randint(1, partner["amount"])
    if dice.random() < 0.3:
        partner["max_share"] = dice.choice(["50%", "75%"])
    if dice.random() < 0.2:
        partner["match"] = {"with": "apbd", "ratio": dice.choice([0.5, 1])}
    if dice.random() < 0.2:
        partner["agreement_cost"] = {"amount": 1}
    if dice.random() < 0.2:
        partner |= {"amount": 0, "minimum": 0, "seats": {dice.choice(programmes)["id"]: 2}}
    return partner


def _rule(dice: random.Random, programmes: list[Plain]) -> Plain:
    first, last = programmes[0]["id"], programmes[-1]["id"]
    people: Plain = {"name": "A", "measure": "participants", "where": {"programmes": {"id": first}}}
    return dice.choice(
        [
            people | {"at_least": dice.randint(1, 2)},
            {"name": "A", "measure": "gaps_closed", "at_least": "30%"},
            {"name": "A", "measure": "cost", "where": {"programmes": {"id": first}}, "at_most": "50%"},
            people | {"where": {"programmes": {"id": last}}, "at_least": 2, "soft": {"penalty": 0.5}},
        ]
    )


def offering(plain: Plain) -> list[Plain]:
    """The partners that offer something."""
    partners = [fund for fund in plain["funds"] if fund["kind"] == "partner"]
    return [fund for fund in partners if fund["amount"] or any(fund.get("seats", {}).values())]


def without(plain: Plain, absent: Collection[str]) -> Plain:
    """The scenario without some partners."""
    changed = copy.deepcopy(plain)
    for fund in changed["funds"]:
        if fund["id"] in absent:
            fund |= {"amount": 0, "minimum": 0, "seats": dict.fromkeys(fund.get("seats", {}), 0)}
    return changed


def best_by_classes(plain: Plain) -> dict[Classes, Fraction]:
    """For every set of classes that some plan holds, the most weighted gaps less penalties that one of them closes."""
    search = search_of(plain)
    best: dict[Classes, Fraction] = {}
    for hope, people, socialized, classes in search.candidates():
        key = frozenset(classes.items())
        if key in best and hope[0] <= best[key]:
            continue
        for found in search.funded(people, socialized, classes):
            value = search.rank(*found)[0]
            best[key] = max(best.get(key, value), value)
    return best


def least_own_cost(plain: Plain, level: Fraction) -> int | None:
    """The least that own funds can pay for at least so many weighted gaps less penalties; None where none suffices."""
    search = search_of(plain)
    costs = []
    for hope, people, socialized, classes in search.candidates():
        if hope[0] < level:
            break
        paid = search.funded(people, socialized, classes)
        costs += [funded.own for decision, funded in paid if search.rank(decision, funded)[0] >= level]
    return min(costs, default=None)


@dataclass(frozen=True)
class Weighed:
    """What partners that may stay away leave."""

    free: Fraction
    """To be expected if all is planned anew."""
    committed: dict[Classes, Fraction]
    """To be expected of each set of classes that can be committed."""


def weighed(plain: Plain) -> Weighed:
    """The two stages, by trying every commitment in every case. The scenario's first goal is gaps closed."""
    partners = offering(plain)
    chance = {fund["id"]: number(fund.get("chance", 1)) for fund in partners}
    cases = []
    for size in range(len(partners) + 1):
        for away in combinations(chance, size):
            probability = Fraction(1)
            for partner, comes in chance.items():
                probability *= 1 - comes if partner in away else comes
            if probability:
                cases.append((probability, best_by_classes(without(plain, away))))
    free = sum((probability * max(best.values()) for probability, best in cases if best), Fraction(0))
    committed = {}
    for classes in best_by_classes(plain):
        expected = Fraction(0)
        for probability, best in cases:
            possible = [value for held, value in best.items() if _contained(held, classes)]
            expected += probability * max(possible, default=Fraction(0))
        committed[classes] = expected
    return Weighed(free, committed)


def _contained(held: Classes, committed: Classes) -> bool:
    allowed = dict(committed)
    return all(number <= allowed.get(key, 0) for key, number in held)


def stage(**changes: Any) -> Plain:
    """Own Rp5 and a partner's Rp5 together pay one large class for Rp10 that closes 10 gaps; own Rp5 alone pay a
    small one that closes 6. The partner pays for the large class only, and comes with a chance of one half."""
    return {
        "format": 1,
        "scenario": {"id": "dua-tahap", "fiscal_year": 2027},
        "competencies": [{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical"}],
        "groups": [{"id": "g", "headcount": 20, "gaps": {"a": 10, "b": 6}}],
        "programmes": [
            {"id": "besar", "closes": {"a": 1}, "class_size": {"min": 10, "max": 10},
             "costs": [{"item": "Kelas", "per": "class", "price": 10}]},
            {"id": "kecil", "closes": {"b": 1}, "class_size": {"min": 6, "max": 6},
             "costs": [{"item": "Kelas", "per": "class", "price": 5}]},
        ],
        "funds": [
            {"id": "apbd", "kind": "own", "amount": 5},
            {"id": "mitra", "kind": "partner", "amount": 5, "pays": {"programmes": {"id": "besar"}}, "chance": "50%"},
        ],
    } | changes  # fmt: skip


def training(**changes: Any) -> Plain:
    """Two like partners of Rp10 each beside own Rp10; a class for Rp10 closes 5 of 20 gaps."""
    return {
        "format": 1,
        "scenario": {"id": "mitra", "fiscal_year": 2027},
        "competencies": [{"id": "a", "kind": "technical"}],
        "groups": [{"id": "g", "headcount": 20, "gaps": {"a": 20}}],
        "programmes": [
            {"id": "kelas", "closes": {"a": 1}, "class_size": {"min": 5, "max": 5},
             "costs": [{"item": "Kelas", "per": "class", "price": 10}]},
        ],
        "funds": [
            {"id": "apbd", "kind": "own", "amount": 10},
            {"id": "satu", "kind": "partner", "amount": 10},
            {"id": "dua", "kind": "partner", "amount": 10},
        ],
    } | changes  # fmt: skip
