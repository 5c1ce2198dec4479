"""The form of a plan: what is missing, unknown or of the wrong kind is found, and nothing raises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from planner.check import Finding, check_plan
from planner.locale import speaking
from tests.scenarios.hand import broken, costing, paid, planned, read, scenario

PLAIN = scenario(
    groups={"uptake": "90%", "socialization": {"raises_uptake_to": 1, "cost": 2}},
    programmes=costing("participant", 1) | {"class_size": {"max": 9}},
    funds={"seats": {"bimtek": 2}},
    rules=[{"name": "Aturan", "measure": "classes", "at_most": 5}],
    objective=[{"minimize": "total_cost"}, {"maximize": "gaps_closed"}],
)


def plan() -> dict[str, Any]:
    return planned(
        PLAIN,
        {("a", "bimtek", "TW1"): 4},
        {("bimtek", "TW1"): 1},
        [paid(3, group="a"), paid(2, programme=None, group="a", item="socialization", account=None)],
        socialized=("a",),
        seats={("apbd", "bimtek", "a", "TW1"): 1},
    )


def test_the_whole_plan_passes() -> None:
    verdict = check_plan(read(PLAIN), plan())
    assert verdict.passed
    assert verdict.findings == ()
    assert min(verdict.slack.values()) >= 0


@pytest.mark.parametrize("part", list(plan()))
def test_every_part_of_a_plan_is_needed(part: str) -> None:
    rest = {name: value for name, value in plan().items() if name != part}
    assert "form" in broken(PLAIN, rest)


def test_nothing_else_is_part_of_a_plan() -> None:
    assert broken(PLAIN, plan() | {"catatan": "tambahan"}) == {"form"}
    extra = plan()
    extra["payments"][0]["catatan"] = 1
    assert "form" in broken(PLAIN, extra)


WRONG: list[Any] = [
    *(None, True, False, -1, 0, 1.5, 4.0, float("nan"), float("inf"), -float("inf"), 10**400, -(10**5000)),
    *("", "4", "tidak ada", "\ud800", "{0}{a}", [], [[]], {}, {"a": []}),
]


def free(part: str, column: str | None, value: Any) -> bool:
    """Whether a plan may say so: texts about its making, any time, and a tolerance up to 1."""
    if part == "planner_version" or (part == "solver" and column in ("name", "version", "strategy", "second")):
        return isinstance(value, str)
    if part == "tolerance" or column == "seconds":
        if value is None:
            return column == "seconds"
        return type(value) in (int, float) and 0 <= value <= (1 if part == "tolerance" else 10**6)
    return False


def same(wrong: Any, value: Any) -> bool:
    """Whether nothing changes; 0 and 0.0 are one figure, 1 and true are not."""
    return bool(wrong == value) and isinstance(wrong, bool) == isinstance(value, bool)


@pytest.mark.parametrize("wrong", WRONG, ids=[f"wrong{n}" for n in range(len(WRONG))])
def test_a_wrong_value_anywhere_is_found_and_raises_nothing(wrong: Any) -> None:
    good = plan()
    for part, value in good.items():
        assert broken(PLAIN, good | {part: wrong}) or free(part, None, wrong) or same(wrong, value), part
        for place, column, corrupted, before in replaced(value, wrong):
            found = broken(PLAIN, good | {part: corrupted})
            assert found or free(part, column, wrong) or same(wrong, before), (part, place, column)


def replaced(value: Any, wrong: Any) -> Iterator[tuple[int, str | None, Any, Any]]:
    """`wrong` in each place of a part of the plan: (row, column, the part so corrupted, what stood there)."""
    if isinstance(value, dict):
        yield from ((0, column, value | {column: wrong}, value[column]) for column in value)
    for n, row in enumerate(value if isinstance(value, list) else []):
        yield n, None, [*value[:n], wrong, *value[n + 1 :]], row
        for _n, column, corrupted, before in replaced(row, wrong):
            yield n, column, [*value[:n], corrupted, *value[n + 1 :]], before


@pytest.mark.parametrize("wrong", WRONG, ids=[f"wrong{n}" for n in range(len(WRONG))])
def test_what_is_no_plan_at_all_is_found(wrong: Any) -> None:
    assert "form" in broken(PLAIN, wrong)


def test_a_row_that_stands_twice_is_found() -> None:
    for part in ("allocations", "classes", "socialized", "seats", "payments"):
        twice = plan()
        twice[part].append(twice[part][0])
        assert "form" in broken(PLAIN, twice), part


def test_a_deep_value_is_described_and_not_printed() -> None:
    deep: list[Any] = []
    for _n in range(100_000):
        deep = [deep]
    assert broken(PLAIN, plan() | {"status": deep, "bound": deep}) >= {"status", "bound"}
    while deep:
        deep = deep.pop()


def test_findings_name_the_rule_the_row_and_the_values_in_the_language_in_force() -> None:
    short = plan()
    short["payments"][0]["amount"] = 2
    with speaking("en"):
        findings = check_plan(read(PLAIN), short).findings
        said = str(findings[0])
    cell = "'bimtek' / 'a' / 'Butir' / '5.1.02.01.01.0001' / 'TW1'"
    assert findings[0] == Finding("cost", "bimtek__a__Butir__TW1", f"{cell} costs Rp3, and Rp2 is paid.")
    assert said == f"Payment of every cost, bimtek / a / Butir / TW1: {findings[0].sentence}"


def test_user_text_in_a_sentence_is_data() -> None:
    plain = scenario(programmes={"id": "{x}{0}%s", "requires": [], "costs": []})
    found = check_plan(read(plain), planned(plain, {("a", "{x}{0}%s", "TW1"): 11})).findings
    assert "{x}{0}%s" in found[0].sentence


def test_findings_speak_of_figures_and_claims_in_words_with_a_decimal_comma() -> None:
    """No name of plan.json where a word exists for it, and numbers as the language writes them."""
    changed = plan()
    changed |= {"gaps_closed": 0.25, "bound": changed["bound"] + 0.5, "status": "feasible", "own_cost": 29_000_000}
    changed["objective"] = [row | {"value": row["value"] + 12_345.5} for row in changed["objective"]]
    said = [str(finding) for finding in check_plan(read(PLAIN), changed).findings]
    assert any(each.startswith("Jumlah keseluruhan rencana, kesenjangan tertutup") for each in said), said
    assert any("Rencana menyebut 0,25;" in each for each in said), said
    assert any("Rencana menyebut 29.000.000;" in each for each in said), said
    assert any("Tingkat tujuan, baris 1 / biaya total: Rencana menyebut 12.350,5;" in each for each in said), said
    assert not any(word in each for each in said for word in ("'proven'", "'feasible'", "gaps_closed", "0.25")), said


def test_a_course_of_an_attendance_row_that_there_is_not_is_named_at_its_place() -> None:
    stated = plan()
    stated["attendance"][0]["programmes"][0]["programme"] = "lain"
    places = {finding.key for finding in check_plan(read(PLAIN), stated).findings}
    assert any(place.startswith("attendance[0].programmes[0]") for place in places), places
