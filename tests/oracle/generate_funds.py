"""The funds, rules and objectives of tiny scenarios."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Plain = dict[str, Any]


def tiny_funds(dice: random.Random, scenario: Plain, periods: list[str]) -> list[Plain]:
    """One to three funds, the first mostly own."""
    funds: list[Plain] = []
    for n in range(dice.randint(1, 3)):
        kind = dice.choice(["own", "partner"]) if n else dice.choice(["own", "own", "own", "partner"])
        fund: Plain = {"id": f"f{n}", "kind": kind, "amount": dice.choice([0, 3, 5, 6, 8, 10, 12])}
        if dice.random() < 0.25:
            steps = sorted(dice.choice([0, 20, 50, 75, 100, 100]) for _ in periods)
            named = [t for t in periods if dice.random() < 0.8] or periods
            fund["releases"] = {t: f"{step}%" for t, step in zip(periods, steps, strict=True) if t in named}
        if dice.random() < (0.5 if n else 0.1):
            fund["pays"] = _pays(dice, scenario)
        if dice.random() < (0.35 if n else 0.08):
            fund["max_share"] = dice.choice(["25%", "50%", "50%", "75%", 0.34] + ["0%"] * (dice.random() < 0.2))
        if dice.random() < 0.2:
            fund["minimum"] = dice.randint(
                0, dice.choice([3, fund["amount"]]) if fund["amount"] > 3 else fund["amount"]
            )
        if dice.random() < 0.2:
            fund["agreement_cost"] = {"amount": dice.choice([0, 1, 1, 2, 3])}
            if dice.random() < 0.5:
                fund["agreement_cost"]["account"] = "5.1.02.02.12.0001"
        if dice.random() < 0.3:
            offered = dice.sample(scenario["programmes"], 1)
            fund["seats"] = {p["id"]: dice.choice([0, 1, 1, 2]) for p in offered}
            if dice.random() < 0.4:
                fund["seats_cover"] = dice.choice([{}, _of_items(dice, scenario, "participant")])
        if dice.random() < 0.1:
            fund["chance"] = "80%"
        funds.append(fund)
    if len(funds) > 1:
        for fund in funds:
            if dice.random() < 0.15:
                other = dice.choice([f for f in funds if f is not fund])
                fund["match"] = {
                    "with": other["id"],
                    "ratio": dice.choice([0.5, 1, 1.0, 1.5, 2] + [0] * (dice.random() < 0.2)),
                }
    if all(fund["kind"] == "partner" for fund in funds):
        _nothing_for_own_funds(scenario, funds)
    return funds


def add_owners(dice: random.Random, scenario: Plain) -> None:
    """Sometimes money belongs to an agency, mostly to one that there is."""
    there = [group["agency"] for group in scenario["groups"] if "agency" in group]
    if dice.random() < 0.2:
        for fund in scenario["funds"]:
            if dice.random() < 0.6:
                fund["agency"] = dice.choice([*there, *there, "BPKAD"])


def _nothing_for_own_funds(scenario: Plain, funds: list[Plain]) -> None:
    """Without own funds nobody could pay socialization and agreements: they cost nothing."""
    for fund in funds:
        if "agreement_cost" in fund:
            fund["agreement_cost"]["amount"] = 0
    for group in scenario["groups"]:
        if "socialization" in group:
            group["socialization"]["cost"] = 0


def _pays(dice: random.Random, scenario: Plain) -> Plain:
    pays: Plain = {}
    if dice.random() < 0.5:
        pays["programmes"] = _of_programmes(dice, scenario)
    if dice.random() < 0.4:
        pays["groups"] = _of_groups(dice, scenario)
    if dice.random() < 0.5:
        pays["items"] = _of_items(dice, scenario)
    return pays


def _of_programmes(dice: random.Random, scenario: Plain) -> Plain:
    programme = dice.choice(scenario["programmes"])
    c = dice.choice(list(programme["closes"]))
    kind = next(k["kind"] for k in scenario["competencies"] if k["id"] == c)
    choices: list[Plain] = [{"id": [programme["id"]]}, {"closes": c}, {"kind": [kind]}, {"kind": kind, "closes": [c]}]
    choices += [{name: programme[name]} for name in ("form", "tags") if name in programme]
    return dice.choice(choices)


def _of_groups(dice: random.Random, scenario: Plain) -> Plain:
    group = dice.choice(scenario["groups"])
    names = ("agency", "location", "level", "employment", "tags")
    return dice.choice([{"id": [group["id"]]}, *({name: group[name]} for name in names if name in group)])


def _of_items(dice: random.Random, scenario: Plain, per: str = "") -> Plain:
    """A selector of cost items, of those due per `per` if given."""
    lines = [line for p in scenario["programmes"] for line in p.get("costs", []) if per in ("", line["per"])]
    if not lines:
        return {}
    line = dice.choice(lines)
    choices: list[Plain] = [{"item": [line["item"]]}, {"per": line["per"]}]
    if "account" in line:
        choices.append({"account": [line["account"]]})
    return dice.choice(choices)


def own_rules(dice: random.Random, scenario: Plain, periods: list[str]) -> list[Plain]:
    """Up to two rules of the planner, of all measures, hard and soft, with numbers and shares."""
    measures = ["cost", "cost", "participants", "hours", "classes", "gaps_closed"]
    rules = []
    for n in range(dice.choice([0, 0, 1, 1, 2])):
        measure = dice.choice(measures)
        rule: Plain = {"name": f"Aturan {n}", "measure": measure}
        where = _where(dice, scenario, periods, measure)
        if where:
            rule["where"] = where
        rule |= _bounds(dice)
        if dice.random() < 0.5:
            rule["soft"] = {"penalty": dice.choice([0, 0.25, 0.5, 1, 2])}
        rules.append(rule)
    return rules


def _where(dice: random.Random, scenario: Plain, periods: list[str], measure: str) -> Plain:
    def competencies() -> Plain:
        c = dice.choice(scenario["competencies"])
        return dice.choice([{"id": c["id"]}, {"kind": [c["kind"]]}])

    def funds() -> Plain:
        fund = dice.choice(scenario["funds"])
        return dice.choice([{"id": [fund["id"]]}, {"kind": fund["kind"]}])

    def items() -> Plain:
        extra: list[Plain] = [{"item": f"agreement:{f['id']}"} for f in scenario["funds"] if "agreement_cost" in f]
        extra += [{"item": ["socialization"]} for g in scenario["groups"] if "socialization" in g]
        return dice.choice([_of_items(dice, scenario), _of_items(dice, scenario), *extra])

    make: dict[str, Callable[[], Plain]] = {
        "programmes": lambda: _of_programmes(dice, scenario),
        "groups": lambda: _of_groups(dice, scenario),
        "competencies": competencies,
        "funds": funds,
        "items": items,
    }
    names = {
        "cost": ("programmes", "groups", "funds", "items"),
        "participants": ("programmes", "groups"),
        "hours": ("programmes", "groups"),
        "classes": ("programmes",),
        "gaps_closed": ("groups", "competencies"),
    }[measure]
    where: Plain = {name: make[name]() for name in names if dice.random() < 0.35}
    if measure != "gaps_closed" and dice.random() < 0.35:
        where["periods"] = [dice.choice(periods)]
    return where


def _bounds(dice: random.Random) -> Plain:
    numbers, shares = [0, 1, 2, 3, 4, 6], ["0%", "20%", "50%", 0.5, "75%", "100%"]
    side = dice.choice(["at_least", "at_most", "at_most", "both"])
    if side == "both":
        low, high = sorted(dice.sample(numbers, 2))
        return {"at_least": low, "at_most": high}
    return {side: dice.choice(numbers if dice.random() < 0.5 else shares)}


def objective(dice: random.Random) -> list[Plain]:
    """The levels, or none for the default."""
    gaps, own = {"maximize": "gaps_closed"}, {"minimize": "own_cost"}
    total = {"minimize": "total_cost"}
    fair = {"maximize": "smallest_coverage", "by": dice.choice(["agency", "location", "group", "competency"])}
    return dice.choice([[], [], [], [gaps], [gaps, total], [fair, gaps, own], [gaps, fair, own], [fair, total], [fair]])
