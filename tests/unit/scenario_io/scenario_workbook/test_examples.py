"""Example rows never slip into a scenario: they are passed over and told, or refused where they were changed."""

from __future__ import annotations

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import LANGUAGES, speaking
from planner.scenario_io.reading import LoadedScenario
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from tests.unit.scenario_io.scenario_workbook.books import Change, appending, book, setting

OWN = (
    setting("Scenario!C3", "jambi"),
    appending("Competencies", "keu", "Keuangan", "technical"),
    appending("Groups", "bpkad", "Analis", "BPKAD", None, None, None, None, 50),
    appending("Programmes", "bimtek", "Bimtek", "bimtek", None, None, 8),
    appending("Funds", "apbd", "APBD", "own", 1_000_000),
    setting("Gaps!D2", "keu"),
    setting("Gaps!A4", "bpkad"),
    setting("Gaps!D4", 40),
    setting("Closes!D2", "keu"),
    setting("Closes!A5", "bimtek"),
    setting("Closes!D5", 0.8),
)
"""Rows of a planner below those of the example."""


def read(*changes: Change) -> LoadedScenario:
    return imported(book(*changes), "b.xlsx", examples=False)


def told(*changes: Change) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(*changes)
    return [str(problem) for problem in caught.value.problems]


def names_of(scenario: Scenario) -> set[str]:
    """Every text of a scenario."""

    def texts(value: object) -> set[str]:
        if isinstance(value, dict):
            return set().union(*(texts(key) | texts(inner) for key, inner in value.items()), set())
        if isinstance(value, list | tuple):
            return set().union(*map(texts, value), set())
        return {value} if isinstance(value, str) else set()

    return texts(scenario.to_plain())


def test_rows_of_the_example_below_which_others_stand_are_passed_over_and_told() -> None:
    loaded = read(*OWN)
    scenario = loaded.scenario
    assert (list(scenario.group), list(scenario.programme), list(scenario.fund)) == (["bpkad"], ["bimtek"], ["apbd"])
    assert not any("contoh" in text or "xample" in text for text in names_of(scenario))
    assert scenario.rules == ()
    assert scenario.resources == ()
    assert scenario.scenario.agency is None
    passed = [str(notice) for notice in loaded.noticed if "passed over" in notice.message]
    assert passed[0].startswith(
        "b.xlsx: 25 example rows of the template were passed over: Scenario (3), Competencies (1), Groups (1), "
    )
    assert len(passed) == 1
    assert "Costs (3), " in passed[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_alone_is_refused(language: str) -> None:
    with speaking(language):
        data = workbook_bytes()
    with speaking("en"), pytest.raises(InputError, match=r"none of your own.*planner import b\.xlsx --example"):
        imported(data, "b.xlsx", examples=False)
    assert imported(data, "b.xlsx").scenario.id == "contoh"


def test_an_example_row_that_was_changed_is_refused_at_its_id() -> None:
    problems = told(*OWN, setting("Groups!H3", 121))
    assert any("Groups!A3" in problem and "'contoh-analis' is the id of an example" in problem for problem in problems)


def test_the_id_of_the_example_is_refused() -> None:
    problems = told(*(change for change in OWN[1:]))
    assert any("Scenario!C3" in problem and "'contoh' is the id of the example" in problem for problem in problems)


def test_rows_that_rest_on_the_example_are_refused() -> None:
    problems = told(*OWN, appending("Costs", "contoh-bimtek", "Modul", None, "participant", None, None, 5))
    assert any("Costs!A6" in problem and "contoh-bimtek" in problem for problem in problems)


def test_a_scenario_without_example_rows_is_read_as_ever() -> None:
    plain = imported(book(*OWN), "b.xlsx", examples=False).scenario
    data = workbook_bytes(plain)
    again = imported(data, "b.xlsx", examples=False)
    assert again.scenario == plain
    assert not [notice for notice in again.noticed if "example" in notice.message]
