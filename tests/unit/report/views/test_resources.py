"""The table of places, trainers and rooms: what is used of what there is, and its name where it is used up."""

from __future__ import annotations

from typing import Any

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.causes import Cause
from planner.report.material import Material
from planner.report.views.cause_words import cause_words
from planner.report.views.resources import resource_table
from planner.report.wording.formats import Formats
from tests.scenarios.builders import plan_from
from tests.scenarios.hand import scenario

USES: dict[str, Any] = {
    "asrama": {"per": "participant", "amount": 2.5},
    "wi": {"per": "class", "amount": 6},
    "ruang": {"per": "programme", "each_period": 1},
}


def material() -> Material:
    """A plan of 4 people in one class of the first period, and 3 in one of the second."""
    plain = scenario(
        resources=[
            {"id": "asrama", "name": "Asrama BPSDM", "unit": "orang-malam", "amount": {"TW1": 12, "TW2": 9}},
            {"id": "wi", "amount": 6},
            {"id": "ruang", "amount": 1},
        ],
        programmes={"class_size": {"max": 4}, "uses": USES},
    )
    read = Scenario.model_validate(plain)
    people = {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3}
    plan = plan_from(read, Decisions(people, {("bimtek", "TW1"): 1, ("bimtek", "TW2"): 1}))
    return Material(read, plan, Formats("id"))


def test_each_period_shows_what_is_used_of_what_there_is() -> None:
    with speaking("en"):
        table = resource_table(material())
    assert [row.cells for row in table.rows] == [
        ("Asrama BPSDM", "orang-malam", "10 of 12", "7,5 of 9"),
        ("wi", table.rows[1].cells[1], "6 of 6", "6 of 6"),
        ("ruang", table.rows[2].cells[1], "1 of 1", "1 of 1"),
    ]


def test_what_is_used_up_is_called_by_its_name() -> None:
    # one more in the first period needs a second class, and one in the second too many nights
    shown = material()
    assert shown.open_gaps.used_up == ("asrama", "wi")
    with speaking("en"):
        assert cause_words(shown, Cause.RESOURCES) == "Used up: Asrama BPSDM; wi"
