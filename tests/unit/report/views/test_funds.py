"""What the plan pays of a fund that has a limit does not read as another limit."""

from __future__ import annotations

from planner.locale import speaking
from planner.report.material import Material
from planner.report.views.funds import _money_conditions
from planner.report.wording.formats import Formats
from tests.scenarios.builders import plan, scenario


def test_the_share_that_the_plan_pays_is_said_of_the_plan() -> None:
    read = scenario()
    with speaking("id"):
        material = Material(read, plan(read), Formats("id"))
        limited = [fund for fund in read.funds if fund.max_share < 1]
        (condition, *_more) = _money_conditions(material, limited[0], used=True)
        assert "paling banyak 50%" in str(condition)
        assert "✓ rencana: " in str(condition)
        assert "✓ paling banyak" not in str(condition)
