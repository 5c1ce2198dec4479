"""Official forms name the periods in which training runs, and whom it is for."""

from __future__ import annotations

from typing import Any

from planner.domain.decisions import Decisions
from planner.locale import speaking
from planner.planning import adopt
from planner.report.material import Material
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart, parts_of
from planner.report.views.word.reference import terms_of_reference
from planner.report.wording.formats import Formats
from tests.scenarios.hand import read, scenario

CODE = "5.04.02.1.01.0003"


def parts(decisions: Decisions, **changes: Any) -> tuple[PlanPart, ...]:
    built = read(scenario(periods=["TW1", "TW2", "TW3"], **changes))
    return tuple(parts_of(Material(built, adopt(built, decisions), Formats("en"))))


def test_a_course_of_two_periods_is_said_to_run_in_both() -> None:
    with speaking("en"):
        (part,) = parts(Decisions({("a", "bimtek", "TW2"): 4}), programmes={"lasts": 2})
        assert part.periods == ("TW2", "TW3")
        assert part.run("bimtek", "TW2") == "TW2\u2013TW3"
        assert any("TW2, TW3" in str(entry) for entry in rka_form.entries(part))


def test_a_sub_activity_that_socializes_is_for_the_groups_socialized() -> None:
    activity = {"code": CODE, "name": "Bimtek"}
    group = {"socialization": {"cost": 7, "raises_uptake_to": "100%"}, "uptake": "50%"}
    with speaking("en"):
        found = parts(
            Decisions({("a", "bimtek", "TW2"): 8}, socialized=frozenset({"a"})),
            groups=group,
            programmes={"activity": CODE},
            activities=[activity],
        )
        (prepares,) = [part for part in found if part.prepares]
        assert prepares.periods
        said = str(terms_of_reference(prepares).sections)
    assert "Groups that are socialized: a." in said
    assert "Nobody begins" not in said
