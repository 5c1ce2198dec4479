"""The scenario that `planner init` writes: it runs as it is, and every key it shows can be put to use."""

from __future__ import annotations

import re
from pathlib import Path

from planner.domain.base import Record
from planner.domain.scenario import Scenario
from planner.domain.words import SECTIONS
from planner.planning import plan
from planner.plans.plan import Status
from planner.scenario_io import read_located, read_scenario

STARTER = Path(__file__).parents[2] / "planner" / "cli" / "starter" / "skenario.yaml"

OPTIONAL = re.compile(r"^( *)#(?=\S)", re.MULTILINE)
"""The sign before an optional key; explanations have a space after it."""


def with_all_keys(folder: Path) -> Path:
    """The starter with every optional key put to use."""
    path = folder / "semua.yaml"
    path.write_text(OPTIONAL.sub(r"\1", STARTER.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def keys_of(record: type[Record]) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


def test_the_starter_gives_a_plan_and_no_warning() -> None:
    located = read_located(STARTER)
    answer = plan(located.scenario, inline=True)
    assert located.warnings == ()
    assert answer.status == Status.OPTIMAL
    assert 0 < answer.plan.gaps_closed < answer.plan.total_need


def test_the_starter_with_all_its_optional_keys_gives_a_plan(tmp_path: Path) -> None:
    scenario = read_scenario(with_all_keys(tmp_path))
    assert scenario.sha256 != read_scenario(STARTER).sha256
    assert plan(scenario, inline=True).status == Status.OPTIMAL


def test_the_starter_shows_every_key_of_the_format(tmp_path: Path) -> None:
    text = with_all_keys(tmp_path).read_text(encoding="utf-8")
    shown = set(re.findall(r"(?:^ *-? *|[{,] *)([a-z_]+):", text, re.MULTILINE))
    # of a plan that is begun nothing has happened yet
    later = {"Actuals", "Attended", "Held", "Paid", "CommittedClasses", "SeatsGiven"}
    later |= {"PeopleTable", "PeopleColumns", "GroupSettings", "LeftOut", "PeopleRead"}  # a list of people needs a file
    parts = (part for part in _records(Scenario) if part.__name__ not in {"Limit", *later})
    missing = {f"{part.__name__}.{key}" for part in parts for key in keys_of(part) - shown}
    # Prices stand beside `by` in a file; sections of words are named together; logos and lists of prices need files,
    # and dates of classes need periods with days.
    named = {"PriceBy.prices", "Scenario.actuals", "Identity.logo", "CostItem.listed", "CostItem.ceiling"}
    named |= {"Programme.dates", "Scenario.people"}
    told = "from, to:" in text and all(section in text for section in SECTIONS)
    assert told
    assert {
        each for each in missing if not each.startswith(("Sections.", "Narrative.", "ListedPrice.", "Period."))
    } == named


def _records(record: type[Record]) -> set[type[Record]]:
    """The record types a scenario is made of."""
    found: set[type[Record]] = set()
    waiting: list[object] = [record]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, Record):
            if part not in found:
                found.add(part)
                waiting += [field.annotation for field in part.model_fields.values()]
        else:
            waiting += getattr(part, "__args__", ())
            if (origin := getattr(part, "__value__", None)) is not None:
                waiting.append(origin)
    return found
