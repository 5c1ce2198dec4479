"""The line of progress: what was found and bounded stays."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.domain.objectives import DEFAULT_LEVELS, Level
from planner.solve.outcome import Progress, Stage
from planner.solve.steady import SteadyProgress

GAPS, OWN, PROOF = Stage.GAPS_CLOSED, Stage.OWN_COST, Stage.PROOF


def told(news: list[Progress], levels: tuple[Level, ...] = DEFAULT_LEVELS) -> list[Progress]:
    heard: list[Progress] = []
    steady = SteadyProgress(levels, heard.append)
    for each in news:
        steady(each)
    return heard


def seen(news: Sequence[tuple[Stage, float | None, float | None]]) -> list[tuple[float | None, float | None]]:
    return [(each.best, each.bound) for each in told([Progress(*each, 0.0) for each in news])]


def test_neither_the_bound_nor_the_best_plan_goes_back() -> None:
    """A search in stages, then a second one that begins with a loose bound and a poor plan."""
    stages = [(GAPS, None, 120.0), (GAPS, 99.0, 100.01), (GAPS, 90.0, 100.08), (GAPS, 99.5, None), (GAPS, None, 130.0)]
    assert seen(stages) == [(None, 120), (99, 100.01), (99, 100.01), (99.5, 100.01), (99.5, 100.01)]


def test_the_gap_shown_never_grows() -> None:
    """0.0012%, then 0.079% from the next search: 0.0012% stays."""
    first, second = told([Progress(GAPS, 14_034.0, 14_034.17, 1.0), Progress(GAPS, 14_034.0, 14_045.1, 2.0)])
    assert first.gap == second.gap


def test_a_lower_level_begins_anew_with_each_search() -> None:
    """Own money at 40 closed is another figure than at 50 closed."""
    stages = [(GAPS, 40.0, 60.0), (OWN, 7.0, 5.0), (OWN, 8.0, 4.0), (GAPS, 50.0, 55.0), (OWN, 9.0, 3.0)]
    assert seen(stages) == [(40, 60), (7, 5), (7, 5), (50, 55), (9, 3)]


def test_a_bound_that_a_plan_passes_is_forgotten() -> None:
    assert seen([(GAPS, 5.0, 6.0), (GAPS, 8.0, 9.0)]) == [(5, 6), (8, 9)]


def test_a_best_that_no_plan_reaches_is_not_shown() -> None:
    """The point of 533.8 asks more of one person than there are hours; the search that has learnt that bounds all."""
    stages = [(GAPS, 533.8, 534.0), (GAPS, None, 533.2), (GAPS, 532.0, 533.2), (GAPS, 533.04, 533.1)]
    assert seen(stages) == [(533.8, 534), (None, 533.2), (532, 533.2), (533.04, 533.1)]
    assert seen([(GAPS, 40.0, 60.0), (OWN, 7.0, 5.0), (OWN, None, 8.0), (OWN, 9.0, 6.0)])[1:] == [
        (7, 5),
        (None, 8),
        (9, 8),
    ]
    exact: list[Progress] = []
    steady = SteadyProgress(DEFAULT_LEVELS, exact.append, lambda: [Fraction(533)])
    for best in (533.8, 532.5, 533.001):
        steady(Progress(GAPS, best, 540.0, 0.0))
    assert [(news.best, news.bound) for news in exact] == [(None, 533), (532.5, 533), (533.001, 533)]
    levels = (
        Level(maximize="smallest_coverage", by="agency"),
        Level(maximize="smallest_coverage", by="group"),
        Level(maximize="gaps_closed"),
    )
    assert told([Progress(Stage.SMALLEST_COVERAGE, 0.7, 0.6, 0.0)], levels)[0].best is None


def test_other_stages_are_passed_on_as_they_are() -> None:
    assert seen([(GAPS, 5.0, 6.0), (PROOF, None, None), (GAPS, 5.0, 7.0)]) == [(5, 6), (None, None), (5, 6)]


def test_what_was_proven_exactly_counts_too_and_bounds_of_other_scenarios_do_not() -> None:
    heard: list[Progress] = []
    proven: list[Fraction] = []
    steady = SteadyProgress(DEFAULT_LEVELS, heard.append, lambda: proven)
    steady(Progress(GAPS, 5.0, 9.0, 0.0))
    steady.without_bounds(Progress(GAPS, 5.5, 5.6, 0.0))
    proven += [Fraction(8), Fraction(7)]
    steady(Progress(GAPS, 6.0, 8.5, 0.0))
    assert [(news.best, news.bound) for news in heard] == [(5, 9), (5.5, 9), (6, 7)]


def test_two_levels_of_one_goal_are_not_mixed() -> None:
    levels = (
        Level(maximize="smallest_coverage", by="agency"),
        Level(maximize="smallest_coverage", by="group"),
        Level(maximize="gaps_closed"),
    )
    coverage = Stage.SMALLEST_COVERAGE
    found = told([Progress(coverage, 0.5, 0.6, 0.0), Progress(coverage, 0.2, 0.9, 0.0)], levels)
    assert [(news.best, news.bound) for news in found] == [(0.5, 0.6), (0.2, 0.9)]
