"""Who reaches the target of JP with what was done before the plan, told by groups or by a list of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner import planning
from planner.check import check_plan
from planner.plans.hours_reached import hours_reached
from planner.scenario_io import read_located

SCENARIO = """\
format: 1
scenario: {id: jp, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, kind: technical}]
programmes: [{id: bimtek, hours: 12, closes: {keu: 1}}]
funds: [{id: apbd, kind: own, amount: 1}]
"""
GROUPS = """\
groups:
  - {id: twelve, headcount: 4, gaps: {keu: 4}, max_hours: 24, hours_before: 12}
  - {id: full, headcount: 4, gaps: {keu: 4}, max_hours: 24, hours_before: 24}
"""
PEOPLE = "people: {table: people.csv, nip: false, each: [{max_hours: 24}]}\n"


@pytest.mark.parametrize(("who", "reached"), [(GROUPS, [4, 4]), (PEOPLE, [4, 4]), (GROUPS + PEOPLE, [4, 4, 4, 4])])
def test_groups_and_the_same_people_in_a_list_reach_the_same(tmp_path: Path, who: str, reached: list[int]) -> None:
    rows = "".join(f"A{n},A,{12 if n < 4 else 24},1\n" for n in range(8))
    (tmp_path / "people.csv").write_text("id,agency,hours,gap:keu\n" + rows, encoding="utf-8")
    file = tmp_path / "jp.yaml"
    file.write_text(SCENARIO + who, encoding="utf-8")
    scenario = read_located(file).scenario
    made = planning.plan(scenario, inline=True).plan
    assert [row.reached for row in made.hours_target] == reached
    assert [row.reached for row in hours_reached(scenario, made.attendance, at_most=True)] == reached
    assert check_plan(scenario, made.to_plain()).passed


def test_jp_of_a_list_are_not_counted_twice(tmp_path: Path) -> None:
    """With 8 JP before and a course of 4 JP nobody has 20; counted twice they would."""
    (tmp_path / "people.csv").write_text("id,agency,hours,gap:keu\nA1,A,8,1\n", encoding="utf-8")
    file = tmp_path / "jp.yaml"
    file.write_text(SCENARIO.replace("hours: 12", "hours: 4") + PEOPLE, encoding="utf-8")
    scenario = read_located(file).scenario
    assert scenario.groups[0].hours_before == 8
    assert [row.reached for row in planning.plan(scenario, inline=True).plan.hours_target] == [0]


TWO = """\
format: 1
scenario: {id: jp, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, kind: technical}, {id: kom, kind: technical}]
programmes:
  - {id: bimtek, hours: 10, closes: {keu: 1}, class_size: {max: 2}, classes: {max: 1}}
  - {id: kursus, hours: 10, closes: {kom: 1}, class_size: {max: 2}, classes: {max: 1}}
funds: [{id: apbd, kind: own, amount: 1}]
"""
ONE_GROUP = "groups: [{id: a, headcount: 4, gaps: {keu: 4, kom: 4}%s}]\n"
LIST = "people: {table: people.csv, nip: false%s}\n"


@pytest.mark.parametrize("limit", ["", "max_hours: 30"])
@pytest.mark.parametrize(("before", "reached"), [(0, 2), (10, 4)])
def test_patterns_are_chosen_alike_for_a_group_and_for_its_people(
    tmp_path: Path, limit: str, before: int, reached: int
) -> None:
    """Two seats of each course: those who have done 10 JP need one, others both; also where no limit makes it a group's
    own figure."""
    rows = "".join(f"A{n},A,{before},1,1\n" for n in range(4))
    (tmp_path / "people.csv").write_text("id,agency,hours,gap:keu,gap:kom\n" + rows, encoding="utf-8")
    file, found = tmp_path / "jp.yaml", []
    for who in (
        ONE_GROUP % (f", hours_before: {before}" + (f", {limit}" if limit else "")),
        LIST % (f", each: [{{{limit}}}]" if limit else ""),
    ):
        file.write_text(TWO + who, encoding="utf-8")
        scenario = read_located(file).scenario
        made = planning.plan(scenario, inline=True).plan
        assert check_plan(scenario, made.to_plain()).passed
        found.append(([row.reached for row in made.hours_target], [row.people for row in made.attendance]))
    assert found[0] == found[1]
    assert found[0][0] == [reached]
