"""Shares of people, JP and classes of which facts are ahead: shares of the whole plan, worked out by hand and against
every plan of the rest."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.certificate import verify
from planner.certificate.folder import write_certificate
from planner.check import check_plan
from planner.check.actuals import breaches, broken_by_facts
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.plans.rule_measures import breaks_a_limit, rule_results
from planner.report.material import material_of
from planner.solve.outcome import SearchLimits
from tests.oracle.facts import best_of_rest
from tests.oracle.generate_facts import with_facts, with_facts_of_years
from tests.scenarios.hand import broken, costing, planned, read, scenario

Plain = dict[str, Any]

EXACT = SearchLimits(gap=0.0)
PEOPLE = {"name": "Bagian a", "measure": "participants", "where": {"groups": {"id": ["a"]}}, "at_most": "50%"}


def made(plain: Plain) -> Plan:
    found = plan(read(plain), EXACT, inline=True).plan
    assert found.status == Status.OPTIMAL
    assert check_plan(read(plain), found.to_plain()).passed
    return found


def attended(number: int, group: str = "a", programme: str = "bimtek", period: str = "TW1") -> Plain:
    return {"programme": programme, "period": period, "group": group, "participants": number}


def quarters(*came: Plain, held: list[Plain] | None = None, rules: list[Plain], **changes: Any) -> Plain:
    """Ten people each of a and b lack one thing; half a year is over, and all who came are of a."""
    groups = [{"id": g, "headcount": 10, "gaps": {"keu": 10}} for g in "ab"]
    actuals = {"through": "TW2", "attended": list(came)} | ({"held": held} if held else {})
    periods = ["TW1", "TW2", "TW3", "TW4"]
    return scenario(**{"periods": periods, "groups": groups, "rules": rules, "actuals": actuals} | changes)


def of(found: Plan, name: str) -> int:
    """Participants of a group or programme, facts included."""
    return sum(row.participants for row in found.allocations if name in (row.group, row.programme))


@pytest.mark.parametrize("measure", ["participants", "hours"])
def test_those_who_came_first_wait_until_others_have_come(measure: str) -> None:
    # at most half of all are of a: 4 of 4 came. All 10 of b come, and 6 more of a make 10 of 20
    plain = quarters(attended(4), rules=[PEOPLE | {"measure": measure}], programmes={"hours": 8})
    found = made(plain)
    assert (of(found, "a"), of(found, "b")) == (10, 10)
    assert broken_by_facts(read(plain)) == (), "the share may be kept again in the end"
    assert material_of(read(plain), found).broken_by_facts == ()


def test_of_a_share_the_rest_does_not_keep_its_own_on_top() -> None:
    # at most half are of a: 4 of 4 came, and Rp30 are left for 6 more. 5 of a and 5 of b are half of 10; with
    # the half of the rest alone 7 of a would have come beside 3 of b
    rules: list[Plain] = [PEOPLE, {"name": "Utamakan a", "measure": "participants", "where": {"groups": {"id": ["b"]}},
                      "at_most": 0, "soft": {"penalty": 0.1}}]  # fmt: skip
    plain = quarters(attended(4), rules=rules, programmes=costing("participant", 5), funds={"amount": 30})
    assert (of(found := made(plain), "a"), of(found, "b")) == (5, 5)


def test_a_share_of_people_that_stays_exceeded_is_named_and_nobody_is_added_to_it() -> None:
    # of b only 2 lack it: 4 of a stay more than half of 6, and nobody of a comes
    plain = quarters(attended(4), rules=[PEOPLE])
    plain["groups"][1]["gaps"] = {"keu": 2}
    found = made(plain)
    assert (of(found, "a"), of(found, "b")) == (4, 2)
    assert broken_by_facts(read(plain)) == ()
    (breach,) = material_of(read(plain), found).broken_by_facts
    assert (breach.rule, "paling banyak 3;" in breach.sentence) == ("rules", True), breach.sentence


def test_a_share_of_classes_is_one_of_all_classes() -> None:
    # at most half of all classes are in bimtek: 2 of 2 were. Of 20 people 16 are left, in classes of 4 of the other
    rule = {"name": "Kelas", "measure": "classes", "where": {"programmes": {"id": ["bimtek"]}}, "at_most": "50%"}
    other = {"id": "lain", "closes": {"keu": 0.5}, "class_size": {"max": 4}, "classes": {"max": 3}}
    programmes = [{"id": "bimtek", "closes": {"keu": 1}, "class_size": {"max": 4}}, other]
    held = [{"programme": "bimtek", "period": "TW1", "classes": 2}]
    plain = quarters(attended(4), held=held, rules=[rule], programmes=programmes)
    found = made(plain)
    classes = {p: sum(row.classes for row in found.classes if row.programme == p) for p in ("bimtek", "lain")}
    assert classes == {"bimtek": 3, "lain": 3}, (
        "one more of bimtek beside three others; two more of the rest's own half"
    )
    assert found.gaps_closed == 4 + 4 + Fraction(12, 2)


def test_a_share_for_each_group_moves_for_the_group_that_is_ahead_of_it() -> None:
    # of each group at most half attend in the first half: of a 4 of 4 did
    rule = {"name": "Awal", "measure": "participants", "per": "group", "where": {"periods": ["TW1"]}, "at_most": "50%"}
    plain = quarters(attended(4), attended(2, "b", period="TW2"), rules=[rule])
    assert (of(found := made(plain), "a"), of(found, "b")) == (10, 10)
    plain["groups"][0]["gaps"] = {"keu": 7}
    plain["groups"][0]["headcount"] = 7
    (breach,) = material_of(read(plain), made(plain)).broken_by_facts
    assert breach.key.split("__")[1] == "a"


@pytest.mark.parametrize("needs", [2, 5, 10])
def test_the_certificate_holds_whether_the_share_is_kept_again_or_not(needs: int, tmp_path: Path) -> None:
    plain = quarters(attended(4), rules=[PEOPLE])
    plain["groups"][1]["gaps"] = {"keu": needs}
    found = plan(read(plain), inline=True).plan
    (tmp_path / "plan.json").write_text(found.to_json(), encoding="utf-8")
    sentences = [verify.verified(file, "en") for file, _ in write_certificate(tmp_path, read(plain), found)]
    assert sentences
    assert all(held for _, held in sentences), sentences


@pytest.mark.parametrize(("more", "others", "kept"), [(0, 0, True), (0, 3, True), (1, 5, True), (1, 4, False)])
def test_the_check_allows_more_of_a_part_only_where_the_share_is_kept_again(more: int, others: int, kept: bool) -> None:
    plain = quarters(attended(4), rules=[PEOPLE])
    rest = {("a", "bimtek", "TW3"): more, ("b", "bimtek", "TW3"): others}
    people = {("a", "bimtek", "TW1"): 4} | {seat: n for seat, n in rest.items() if n}
    stated = planned(plain, people)
    for row in stated["allocations"]:
        row["actual"] = row["period"] == "TW1"
    assert broken(plain, stated) == (set() if kept else {"rules"})
    found = read(plain)
    decisions = plan(found, EXACT, inline=True).plan.decisions(found)
    decisions = type(decisions)(people)
    assert breaks_a_limit(found, decisions, [], [], rule_results(found, decisions, [], [])) is not kept


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.more) for n in range(1, 8))])
@pytest.mark.parametrize("measure", ["participants", "hours", "classes"])
def test_no_plan_of_the_rest_is_better_with_a_share_of_which_facts_are_ahead(measure: str, part: int) -> None:
    ahead = 0
    for seed in range(60 * part, 60 * part + 60):
        plain = (with_facts if seed % 2 else with_facts_of_years)(seed // 2, 300)
        if plain is None:
            continue
        first = next((row for row in plain["actuals"].get("attended", []) if row["participants"]), None)
        if first is None:
            continue
        where: Plain = {"programmes": {"id": [first["programme"]]}}
        if measure != "classes" and seed % 3:
            where = {"groups": {"id": [first["group"]]}}
        share = ("50%", "34%", "75%")[seed % 3]
        plain["rules"] = [
            *plain.get("rules", []),
            {"name": "Di muka", "measure": measure, "where": where, "at_most": share},
        ]
        found_alone = breaches(read(plain)).verdict().findings
        ahead += any("Di muka" in finding.key for finding in found_alone)
        best = best_of_rest(plain)
        try:
            found = tuple(row.value for row in made(plain).objective)
        except InfeasibleError:
            assert best is None, seed
            continue
        assert best is not None, seed
        assert found == best[1], seed
    assert ahead > 1
