"""Rules in the report: a rule for each unit has a summary and its units; what looks bought is named."""

from __future__ import annotations

from typing import Any

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import plan
from planner.report.material import Material
from planner.report.views.duties import Duties, duties
from planner.report.views.heading import Heading
from planner.report.wording.formats import Formats
from planner.solve.outcome import SearchLimits
from tests.rules.small import Plain, costing, small


def section(plain: Plain) -> Duties:
    """The section on duties and rules of the plan of a scenario, in English."""
    read = Scenario.model_validate(plain)
    with speaking("en"):
        material = Material(read, plan(read, SearchLimits(gap=0.0), inline=True).plan, Formats("en"))
        return duties(material, Heading("duties", 1, ""))


def agencies(number: int, **rule: Any) -> Plain:
    """Agencies of 10, 9, 8, … people, and a rule about participants of each."""
    groups = [
        {"id": f"g{n}", "name": f"Kelompok {n}", "agency": f"OPD {n}", "headcount": 20 - n, "gaps": {"keu": 20 - n}}
        for n in range(number)
    ]
    return small(periods=["TW1"], groups=groups, rules=[{"name": "Batas", "measure": "participants"} | rule])


def test_a_rule_for_each_has_a_summary_and_the_ones_with_least_room() -> None:
    found = section(agencies(3, per="agency", at_most=19))
    assert found.rules is not None
    cells = [row.cells for row in found.rules.rows]
    assert cells[0][0] == "Batas (rule)"
    assert cells[0][1:3] == ("participants · each agency by itself", "at most 19")
    assert cells[0][4] == "✓ Holds for all: 3"
    # OPD 0 has 20 people and sends 19, OPD 1 all 19, OPD 2 all 18
    assert [(row[0], row[3]) for row in cells[1:]] == [("· OPD 0", "19"), ("· OPD 1", "19"), ("· OPD 2", "18")]


def test_a_goal_that_one_unit_misses_is_told() -> None:
    found = section(agencies(3, per="group", at_most=19, soft={"penalty": 0.5}))
    assert found.rules is not None
    summary, first, *_ = found.rules.rows
    assert summary.cells[4] == "✗ 2 of 3"
    assert summary.mark == first.mark == "missed"
    assert first.cells[0] == "· Kelompok 0"


def test_units_with_more_room_are_counted() -> None:
    found = section(agencies(15, per="agency", at_most=19))
    assert found.rules is not None
    assert len(found.rules.rows) == 1 + 12 + 1
    assert found.rules.rows[-1].cells[0] == "· 3 others with more room"


def classes(**rule: Any) -> Plain:
    course = costing("class", 7) | {"name": "Bimtek", "class_size": {"max": 5}}
    return small(periods=["TW1"], programmes=course, rules=[{"name": "Aturan", **rule}])


def test_classes_that_nobody_fills_are_named() -> None:
    # ten people fit into two classes, and Rp20 must be spent
    found = section(classes(measure="cost", at_least=20))
    assert found.bought == (
        "Bimtek holds 3 classes in TW1 for 10 participants, who fit into 2 classes. The others look bought to meet a"
        " rule about cost or classes.",
    )
    assert section(classes(measure="cost", at_least=14)).bought == ()


def test_classes_that_the_programme_asks_for_are_not_bought() -> None:
    plain = classes(measure="cost", at_least=20)
    plain["programmes"][0]["classes"] = {"min": 3}
    assert section(plain).bought == ()
