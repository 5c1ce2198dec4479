"""Random nations: what is planned agency by agency and what is planned as a whole contradict each other nowhere."""

from __future__ import annotations

import random
from typing import Any, Final

from planner.batch.runner import BatchRunner
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, NoPlanInTime
from planner.nation.planning import Apart, NotApart
from planner.nation.structure import structure_of
from planner.planning import plan as plan_as_a_whole
from planner.solve.outcome import SearchLimits
from tests.campaign.series import of_cases
from tests.oracle.generate import random_scenarios

Plain = dict[str, Any]

FROM: Final = 700_000
"""The generator begins with this number: the tests of the program have seen those before."""

LIMITS: Final = SearchLimits(gap=0.01, polish=False, time_limit=30.0)

STATED: Final = 1e-9
"""Relative difference that comes of stating a bound as a float."""

LISTS: Final = ("competencies", "groups", "mentor_pools", "resources", "programmes", "funds", "rules")


def made(number: int) -> Plain:
    """Four to six random scenarios as agencies, with money, and programmes with and without classes, for all."""
    dice = random.Random(f"nation {number}")
    periods = dice.choice([1, 2])
    parts = [_agency(FROM + 10 * number + k, k, periods, dice) for k in range(dice.randint(4, 6))]
    nation: Plain = {"format": 1, "scenario": {"id": f"nasional-{number}", "fiscal_year": 2027}}
    if "periods" in parts[0]:
        nation["periods"] = parts[0]["periods"]
    for name in LISTS:
        if together := [record for part in parts for record in part.get(name, [])]:
            nation[name] = together
    competencies = [c["id"] for c in nation["competencies"]]
    closes = {c: dice.choice([0.5, 0.8, 1]) for c in dice.sample(competencies, min(len(competencies), 6))}
    costs: list[Plain] = [{"item": "Perjalanan", "per": "participant", "price": dice.choice([50_000, 700_000])}]
    nation["programmes"].append({"id": "jarak-jauh", "hours": 8, "closes": closes, "costs": costs})
    classes = [*costs, {"item": "Narasumber", "per": "class", "price": dice.choice([500_000, 5_000_000])}]
    if dice.random() < 0.5:
        classes.append({"item": "Kurikulum", "per": "programme", "price": 2_000_000})
    size = {"min": dice.choice([1, 5]), "max": dice.choice([10, 30])}
    nation["programmes"].append({"id": "kelas", "hours": 8, "closes": closes, "class_size": size, "costs": classes})
    nation["funds"].append({"id": "pusat", "kind": "own", "amount": dice.choice([0, 10**7, 10**8, 10**9])})
    if dice.random() < 0.4:
        nation.setdefault("rules", []).append(dice.choice(RULES))
    return nation


CONDITIONS: Final = ("match", "minimum", "agreement_cost", "seats", "seats_cover", "max_share")

RULES: Final[tuple[Plain, ...]] = (
    {"name": "Semua", "measure": "participants", "at_most": 60},
    {"name": "Jam", "measure": "hours", "at_most": 900},
    {"name": "Tiap instansi", "measure": "participants", "per": "agency", "at_least": 1},
    {"name": "Jarak jauh", "measure": "participants", "where": {"programmes": {"id": "jarak-jauh"}}, "at_least": "10%"},
)


def _agency(seed: int, place: int, periods: int, dice: random.Random) -> Plain:
    """A random scenario as one agency: its ids have its number, its own money is its own."""
    plain = random_scenarios(seed, (2, 2, periods, 2))
    ids = {record["id"] for name in LISTS for record in plain.get(name, []) if "id" in record}
    part: Plain = _renamed(plain, {each: f"{each}-{place}" for each in ids})
    for group in part["groups"]:
        group["agency"] = f"A{place}"
    for fund in part["funds"]:
        if fund["kind"] == "own":
            fund["agency"] = f"A{place}"
        elif dice.random() < 0.5:  # else its conditions bind all agencies together
            fund["pays"] = fund.get("pays", {}) | {"programmes": {"id": [p["id"] for p in part["programmes"]]}}
        else:
            for name in CONDITIONS:
                fund.pop(name, None)
    apart = [rule for rule in part.get("rules", []) if rule["measure"] != "classes" and rule.get("per") != "location"]
    part["rules"] = apart
    for rule in apart:
        rule["name"] = f"{rule['name']} {place}"
        where = rule.setdefault("where", {})
        where.pop("groups", None)
        if rule["measure"] == "gaps_closed":
            where["groups"] = {"agency": f"A{place}"}
        else:
            where.setdefault("programmes", {"id": [programme["id"] for programme in part["programmes"]]})
    for programme in part["programmes"]:
        programme["for"] = programme.get("for", {"agency": f"A{place}"})
    return part


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """Data with other ids, wherever they stand."""
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def contradiction(plain: Plain) -> str | None:
    """What two plans of a nation, and what is said of all plans, say against each other."""
    scenario = Scenario.model_validate(plain)
    if find_problems(scenario) or (structure := structure_of(scenario)) is None:
        return None
    try:
        apart = Apart(structure, LIMITS, lambda _progress: None, BatchRunner()).answer().plan
    except (NotApart, NoPlanInTime):
        return None
    try:
        whole = plan_as_a_whole(scenario, LIMITS, inline=True, validated=True).plan
    except InfeasibleError:
        return "agency by agency there is a plan, as a whole there is none"
    except NoPlanInTime:
        return None
    for one, other in ((apart, whole), (whole, apart)):
        most = other.objective[0].bound
        value = one.objective[0].value
        if most is not None and float(value) > most + STATED * max(1.0, abs(most)):
            return f"{one.solver.strategy}: {float(value)}, but {other.solver.strategy}: at most {most}"
    return None


NATIONS: Final = of_cases(
    "nations",
    "Of random nations, plans made agency by agency and as a whole pass the check, and no bound excludes a plan.",
    made,
    contradiction,
    full=1_000,
    short=0,
)
