"""The small picture of a search: from the first plan on, with the name of what it shows."""

from __future__ import annotations

from planner.locale import speaking
from planner.scenario_io import read_located
from planner.solve.outcome import Progress, Stage
from planner.web.plan_run import PlanRun
from planner.web.search_picture import WIDTH, search_picture
from planner.web.sections import of_run
from tests.unit.web.conftest import SHIPPED


def test_a_search_that_takes_long_to_find_a_plan_fills_the_picture_all_the_same() -> None:
    picture = search_picture([(18.0, 100.0, 104.0), (19.0, 101.0, 103.0), (20.0, 102.0, 102.5)])
    assert picture is not None
    across = [float(point.partition(",")[0]) for point in picture.best.split()]
    assert across == [4, WIDTH / 2, WIDTH - 4]


def test_there_is_none_of_one_point() -> None:
    assert search_picture([(1.0, 2.0, 3.0)]) is None


def test_what_it_shows_has_the_name_of_the_figure_that_is_sought() -> None:
    run = PlanRun("jambi-2027.yaml", read_located(SHIPPED / "jambi-2027.yaml"), "en")
    run.progress = Progress(Stage.GAPS_CLOSED, best=2.0, bound=3.0, seconds=1.0)
    with speaking("en"):
        shown = of_run(run, "en")["shown"]
    assert shown.name == "Weighted gaps closed (expected), net of penalties"
    assert shown.sentence.startswith("weighted gaps closed (expected), net of penalties: ")
