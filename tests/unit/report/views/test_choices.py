"""The table of choices between programmes: what is asked, and which of them run."""

from __future__ import annotations

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.report.material import Material
from planner.report.views.choices import choices_table
from planner.report.wording.formats import Formats
from tests.scenarios.builders import plan_from
from tests.scenarios.hand import scenario


def material(**more: object) -> Material:
    """A plan in which `bimtek` runs and `lain` does not."""
    plain = scenario(**more)
    plain["programmes"].append({**plain["programmes"][0], "id": "lain", "name": "Lokakarya lain"})
    read = Scenario.model_validate(plain)
    return Material(read, plan_from(read, Decisions({("a", "bimtek", "TW1"): 4})), Formats("id"))


def test_each_relation_is_a_row_with_what_the_plan_does() -> None:
    shown = material(choices={"only_if": {"lain": "bimtek"}, "at_most_one_of": [["bimtek", "lain"]]})
    label = shown.scenario.programme["bimtek"].label
    with speaking("en"):
        table = choices_table(shown)
    assert table is not None
    assert [column.label for column in table.columns] == ["What is asked", "In the plan"]
    with speaking("id"):
        indonesian = choices_table(shown)
    assert indonesian is not None
    assert [column.label for column in indonesian.columns] == ["Yang diminta", "Dalam rencana"]
    assert [row.cells for row in table.rows] == [
        (f"Lokakarya lain only if {label} runs", f"Lokakarya lain does not run; {label} runs"),
        ("At most one of these", f"{label} runs; Lokakarya lain does not run"),
    ]


def test_a_scenario_without_choices_has_no_table() -> None:
    assert choices_table(material()) is None
