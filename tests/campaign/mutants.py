"""Mutation testing: python -m tests.campaign.mutants [--seconds S] [--area NAME] [--state FOLDER]

Changes one place of the checker, the payments, the measures or the rule families at a time, and asks the oracles of
the campaign whether they notice: another verdict than that of the oracle's judge, another best plan than that of all
plans, an exception, or no end; then the tests of that part. What nobody notices is a survivor; docs/mutants.md lists
them. Changes of which nothing can be noticed are explained in `explained.json`.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.model.build import build
from planner.planning import plan
from planner.solve.levels import solve_model
from planner.solve.outcome import Ending, SearchLimits
from tests.campaign.brute_force import best_of_all, tiny
from tests.campaign.mutations import ROOT, Site, changed, sites
from tests.oracle.brute_force import solve
from tests.oracle.corrupt import corruptions, ids_of
from tests.oracle.facts import plan_of_rest
from tests.oracle.judge import Judge
from tests.properties.corrupted import second_opinion

Plain = dict[str, Any]
EXACT: Final = SearchLimits(gap=0.0)

PLANNER: Final = ROOT / "planner"
PAGE: Final = ROOT / "docs" / "mutants.md"
EXPLAINED: Final = Path(__file__).parent / "explained.json"

SCENARIOS: Final = 48
"""Tiny scenarios, of every kind of the campaign in turn."""
CORRUPTED: Final = 40
"""Corruptions of each plan that are judged."""
ENDS: Final = 30
"""Processor seconds of the oracles after which a change counts as noticed, because nothing ends."""
TESTS_END: Final = 900
"""The same of the tests of its part."""


class Area(NamedTuple):
    """Files, and what notices a change in them."""

    files: tuple[str, ...]
    noticing: Callable[[], Callable[[], bool]]
    """Prepared with the code as it is; then True where something is noticed."""
    tests: tuple[str, ...]
    """Tests that are asked about what the oracles do not notice."""


def verdicts() -> Callable[[], bool]:
    """Plans and corruptions of plans; the judge's opinion on each."""
    dice, cases = random.Random("verdicts"), []
    for number in range(SCENARIOS):
        plain = tiny(number)
        scenario = Scenario.model_validate(plain)
        begun = "actuals" in plain
        own = plan_of_rest(plain, scenario.sha256) if begun else getattr(solve(plain, scenario.sha256), "plan", None)
        if own is None:
            continue
        cases.append((scenario, own, True))
        if begun:
            continue  # the judge knows no facts
        others, judge = list(corruptions(own, ids_of(plain))), Judge(plain, scenario.sha256)
        for _what, other in dice.sample(others, min(CORRUPTED, len(others))):
            cases.append((scenario, other, second_opinion(judge, other)))

    def noticed() -> bool:
        return any(check_plan(scenario.changed(), data).passed is not passed for scenario, data, passed in cases)

    return noticed


def best_plans() -> Callable[[], bool]:
    """The best plans of tiny scenarios."""
    cases = []
    for number in range(SCENARIOS):
        plain = tiny(number)
        scenario = Scenario.model_validate(plain)
        best = best_of_all(plain, scenario.sha256)
        cases.append((scenario, None if best is None else best[0]))

    def noticed() -> bool:
        return any(_values(scenario.changed()) != best for scenario, best in cases)

    return noticed


def _values(scenario: Scenario) -> tuple[Fraction, ...] | None:
    try:
        return tuple(level.value for level in plan(scenario, EXACT, inline=True, validated=True).plan.objective)
    except InfeasibleError:
        return None


def models() -> Callable[[], bool]:
    """The best values of the model alone, where they are those of the best plan: no proof and no check mends them."""
    cases = []
    for number in range(2 * SCENARIOS):
        plain = tiny(number)
        scenario = Scenario.model_validate(plain)
        best = best_of_all(plain, scenario.sha256)
        values = None if best is None else [round(float(value), 6) for value in best[0]]
        if _of_model(scenario) == values:
            cases.append((scenario, values))

    def noticed() -> bool:
        return any(_of_model(scenario.changed()) != best for scenario, best in cases)

    return noticed


def _of_model(scenario: Scenario) -> list[float] | None:
    solution = solve_model(build(scenario), EXACT)
    if solution.ending is Ending.INFEASIBLE or solution.decisions is None:
        return None
    return [round(level.value, 6) for level in solution.levels]


AREAS: Final[dict[str, Area]] = {
    "check": Area(
        ("check/*.py",),
        verdicts,
        (
            "tests/unit/check",
            "tests/plans/test_passes.py",
            "tests/properties/test_checker_of_begun_plans.py",
            "tests/unit/people/test_names.py",
            "tests/unit/people/test_names_of_the_rest.py",
            "tests/rules",
        ),
    ),
    "payments": Area(("payments/*.py",), best_plans, ("tests/unit/payments",)),
    "measures": Area(
        tuple(f"plans/{name}.py" for name in ("measures", "closings", "evaluation", "rule_measures", "fund_measures")),
        best_plans,
        ("tests/unit/plans",),
    ),
    "rules": Area(("model/rules/*.py",), models, ("tests/rules",)),
}


def of_area(area: Area) -> list[Site]:
    """The places of an area: those of the greatest functions first, of each in a random order that stays the same."""
    files = sorted(path for pattern in area.files for path in PLANNER.glob(pattern))
    found = [site for path in files for site in sites(path)]
    size = Counter((site.path, site.function) for site in found)
    random.Random("mutants").shuffle(found)
    return sorted(found, key=lambda site: (-size[site.path, site.function], site.path, site.function))


def survives(site: Site, noticed: Callable[[], bool], tests: Sequence[str]) -> bool:
    """Whether nobody notices a change: neither the oracles nor the tests."""

    def end(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, end)  # processor time: others who use the machine make nothing noticed
    signal.setitimer(signal.ITIMER_PROF, ENDS)
    try:
        with changed(site):
            if noticed():
                return False
            signal.setitimer(signal.ITIMER_PROF, TESTS_END)
            return _passing(tests)
    except Exception:
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _passing(tests: Sequence[str]) -> bool:
    """Whether tests pass in this process. Their modules are forgotten afterwards: what they made and keep would be that
    of an earlier change."""
    before = set(sys.modules)
    quiet = ["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", "--import-mode=importlib"]
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return pytest.main([*quiet, *tests]) == pytest.ExitCode.OK
    finally:
        for name in [each for each in sys.modules if each.startswith("tests.") and each not in before]:
            del sys.modules[name]


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge further changes, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.mutants", description="Mutation testing.")
    parser.add_argument("--seconds", type=float, default=1800.0, help="stop after so many for each area")
    parser.add_argument("--area", action="append", choices=list(AREAS), help="this area; may be repeated")
    parser.add_argument("--state", type=Path, default=Path(".campaign"), help="folder of what is done already")
    asked = parser.parse_args(arguments)
    asked.state.mkdir(parents=True, exist_ok=True)
    file = asked.state / "mutants.json"
    known: dict[str, bool] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for name in asked.area or AREAS:
        for site, survived in _judged(AREAS[name], known, asked.seconds):
            known[_key(site)] = survived
            file.write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf-8")
            if survived and site.name not in _explained():
                print(f"SURVIVED {site}", flush=True)
    PAGE.write_text(page(known), encoding="utf-8")
    return 0


def _judged(area: Area, known: dict[str, bool], seconds: float) -> Iterator[tuple[Site, bool]]:
    left = [site for site in of_area(area) if _key(site) not in known]
    if not left:
        return
    noticed = area.noticing()
    assert not noticed(), "noticed without a change"
    ends = time.monotonic() + seconds
    for site in left:
        if time.monotonic() >= ends:
            return
        yield site, survives(site, noticed, area.tests)


def _key(site: Site) -> str:
    """A place of a function as it is: where the function changes, it is judged anew."""
    return f"{site.name} {site.digest}"


def _explained() -> dict[str, str]:
    """Survivors of which nothing can be noticed, and why; by the names of the places."""
    found: dict[str, str] = json.loads(EXPLAINED.read_text(encoding="utf-8")) if EXPLAINED.exists() else {}
    return found


def page(known: dict[str, bool]) -> str:
    """The page as Markdown text."""
    parts = [OPENING, "| area | places | changed | noticed | survived |\n|---|--:|--:|--:|--:|\n"]
    survivors = []
    for name, area in AREAS.items():
        places = of_area(area)
        judged = [site for site in places if _key(site) in known]
        alive = [site for site in judged if known[_key(site)]]
        survivors += sorted(alive, key=str)
        parts.append(f"| {name} | {len(places):,} | {len(judged):,} | {len(judged) - len(alive):,} | {len(alive)} |\n")
    parts.append("\n## Survivors\n\n")
    explained = _explained()
    parts += [f"* `{site}`: {explained.get(site.name, 'not explained yet')}\n" for site in survivors]
    return "".join(parts) if survivors else "".join([*parts, "None.\n"])


OPENING: Final = """# Mutants

Written by `python -m tests.campaign.mutants`, not by hand. One place of the program is changed at a time: a comparison,
a sign, a number, a condition, a call left out. The oracles of the campaign, which share no code with the program, are
asked whether they notice, and then the tests of that part. Whatever nobody notices is listed: a test is missing, or
nothing can be noticed.

    make mutants                                          goes on where it was, half an hour for each area at most
    .venv/bin/python -m tests.campaign.mutants --area check --seconds 600

"""


if __name__ == "__main__":
    sys.exit(main())
