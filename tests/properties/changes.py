"""Changes to scenarios given as plain data, whose effect on the best plan is known beforehand.

Each returns a changed copy. Those that only widen or only narrow what is possible say so.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.instance import Instance
from tests.oracle.plain import limit, selects
from tests.oracle.plain import number as exactly

Plain = dict[str, Any]


def renamed(plain: Plain, new: Callable[[str], str]) -> Plain:
    """Every id, and the name of every rule, replaced by new(id)."""
    ids = {record["id"] for part in _RECORDS for record in plain.get(part, [])}
    names = {name: new(name) for name in ids} | {f"agreement:{name}": f"agreement:{new(name)}" for name in ids}

    def walk(value: Any, free: bool) -> Any:
        if isinstance(value, dict):
            return {names.get(key, key): walk(inner, free or key in _TEXTS) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, free) for inner in value]
        return names.get(value, value) if isinstance(value, str) and not free else value

    changed = {part: walk(value, False) if part != "scenario" else value for part, value in plain.items()}
    for number, rule in enumerate(changed.get("rules", [])):
        rule["name"] = new(f"aturan {number}")
    return changed


_RECORDS = ("competencies", "groups", "mentor_pools", "resources", "programmes", "funds")
_TEXTS = ("form", "tags", "location", "agency", "level", "employment", "kind", "account", "unit")


def permuted(plain: Plain, seed: int) -> Plain:
    """All lists of records, cost lines and rules in another order."""
    dice, changed = random.Random(seed), copy.deepcopy(plain)
    for part in (*_RECORDS, "rules"):
        dice.shuffle(changed.get(part, []))
    for programme in changed["programmes"]:
        dice.shuffle(programme.get("costs", []))
    return changed


def money_times(plain: Plain, factor: int) -> Plain:
    """Every price, cost and amount of money times `factor`; prices of missed goals divided by it."""
    changed = copy.deepcopy(plain)
    for group in changed["groups"]:
        if "socialization" in group:
            group["socialization"]["cost"] *= factor
    for line in _lines(changed):
        price = line["price"]
        if isinstance(price, dict):
            line["price"] = {key: value if key == "by" else value * factor for key, value in price.items()}
        else:
            line["price"] = price * factor
    for fund in changed["funds"]:
        fund["amount"] *= factor
        if "minimum" in fund:
            fund["minimum"] *= factor
        if "agreement_cost" in fund:
            fund["agreement_cost"]["amount"] *= factor
    for rule in changed.get("rules", []):
        if rule["measure"] == "cost":
            for side in ("at_least", "at_most"):
                if side in rule and not limit(rule[side])[1]:
                    rule[side] *= factor
            if "soft" in rule:
                rule["soft"]["penalty"] = _decimal(Fraction(str(rule["soft"]["penalty"])) / factor)
    return changed


def _lines(plain: Plain) -> Iterator[Plain]:
    for programme in plain["programmes"]:
        yield from programme.get("costs", [])


def _decimal(value: Fraction) -> float:
    """A decimal number that is exactly `value`."""
    written = float(value)
    assert Fraction(Decimal(repr(written))) == value
    return written


def with_programme(plain: Plain, programme: Plain) -> Plain:
    """One more programme; widens what is possible."""
    return copy.deepcopy(plain) | {"programmes": [*copy.deepcopy(plain["programmes"]), programme]}


def unaffordable(plain: Plain) -> Plain:
    """A programme that would surely close what the first one may close, for the same people, and costs one rupiah more
    than there is. Open to others it would change whose willingness counts together."""
    first = plain["programmes"][0]
    wealth = sum(fund["amount"] for fund in plain["funds"])
    lines = [{"item": "Terlalu mahal", "per": "programme", "price": wealth + 1}]
    whom = {"for": copy.deepcopy(first["for"])} if "for" in first else {}
    return {"id": "mahal", "closes": dict.fromkeys(first["closes"], 1), "costs": lines} | whom


def wider(plain: Plain) -> Iterator[tuple[str, Plain]]:
    """(what, scenario) with more of something, in ways that leave every plan possible."""

    def changed(part: str, change: Callable[[Plain], Any]) -> Plain:
        copied = copy.deepcopy(plain)
        for record in copied[part]:
            change(record)
        return copied

    yield "money", changed("funds", lambda fund: fund.update(amount=fund["amount"] + 2))
    yield "free seats", changed("funds", lambda f: f.update(seats={p: n + 1 for p, n in f.get("seats", {}).items()}))
    yield "room in classes", changed("programmes", _roomier)
    yield "time", changed("groups", _freer)
    cheap = copy.deepcopy(plain["programmes"][0]) | {"id": "murah", "costs": [], "requires": []}
    yield "programmes", with_programme(plain, cheap)


def _roomier(programme: Plain) -> None:
    if "class_size" in programme:
        programme["class_size"]["max"] += 1
    for key in ("max", "per_period"):
        if key in programme.get("classes", {}):
            programme["classes"][key] += 1


def _freer(group: Plain) -> None:
    group.pop("release", None)
    group.pop("max_hours", None)


def narrower(plain: Plain, dice: random.Random) -> Iterator[tuple[str, Plain]]:
    """(what, scenario) with one more condition, in ways that make no new plan possible."""
    measure = dice.choice(["cost", "participants", "hours", "classes", "gaps_closed"])
    bound = dice.choice([{"at_most": dice.randint(0, 6)}, {"at_least": dice.randint(0, 3)}])
    rule = {"name": "Aturan baru", "measure": measure} | bound
    yield "a hard rule", copy.deepcopy(plain) | {"rules": [*plain.get("rules", []), rule]}
    raised = copy.deepcopy(plain)
    for fund in raised["funds"]:
        fund["minimum"] = min(fund["amount"], fund.get("minimum", 0) + 2)
    yield "higher minimums", raised


def dearer(plain: Plain) -> Plain:
    """Every cost line one rupiah dearer, or the few that keep cost and tax whole rupiah."""
    changed = copy.deepcopy(plain)
    for line in _lines(changed):
        price = line["price"]
        if isinstance(price, dict):
            line["price"] = {key: value if key == "by" else value + 1 for key, value in price.items()}
        else:
            quantity = line.get("quantity", 1)
            half = not isinstance(quantity, dict) and Fraction(str(quantity)).denominator != 1
            line["price"] = price + (2 if half else 1) * exactly(line.get("tax", 0)).denominator
    return changed


def weights_times(plain: Plain, factor: int) -> Plain:
    """Every group `factor` times as important; penalties of goals too."""
    changed = copy.deepcopy(plain)
    for group in changed["groups"]:
        group["weight"] = _decimal(Fraction(str(group.get("weight", 1))) * factor)
    for rule in changed.get("rules", []):
        if "soft" in rule:
            rule["soft"]["penalty"] = _decimal(Fraction(str(rule["soft"]["penalty"])) * factor)
    return changed


def together(one: Plain, other: Plain) -> Plain:
    """Two regions in one scenario, each with its own people, programmes and funds."""
    parts = [_apart(region, f"w{number}") for number, region in enumerate((one, other))]
    whole: Plain = {"format": 1, "scenario": one["scenario"]}
    whole |= {key: one[key] for key in ("periods", "hours_per_day") if key in one}
    for part in _RECORDS:
        whole[part] = [record for region in parts for record in region.get(part, [])]
    choices = [region.get("choices", {}) for region in parts]
    related = {kind: [some for of in choices for some in of.get(kind, [])] for kind in ("together", "at_most_one_of")}
    only_if = {name: needed for of in choices for name, needed in of.get("only_if", {}).items()}
    whole["choices"] = {kind: some for kind, some in {**related, "only_if": only_if}.items() if some}
    return {key: value for key, value in whole.items() if value}


def _apart(plain: Plain, prefix: str) -> Plain:
    """The scenario with ids of its own and its selectors written out in them, so that nothing outside is selected."""
    changed, instance = copy.deepcopy(plain), Instance(plain)
    groups = list(instance.groups)
    for pool in changed.get("mentor_pools", []):
        pool["from"] = {"id": [g for g in groups if selects(pool["from"], instance.seen_group(g))]}
    for fund in changed["funds"]:
        pays = fund.setdefault("pays", {})
        chosen = [p for p in instance.programmes if selects(pays.get("programmes"), instance.seen_programme(p))]
        pays["programmes"] = {"id": chosen}
    return renamed(changed, lambda name: f"{prefix}-{name}")
