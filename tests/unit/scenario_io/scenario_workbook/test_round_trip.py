"""A scenario exported and imported is the identical scenario: every key, every text, every digit."""

from __future__ import annotations

import copy
import io
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from planner.domain.named_keys import KEYS_OF
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import LANGUAGES, speaking
from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from planner.scenario_io.scenario_workbook.contents import MOST_TEXT
from planner.scenario_io.scenario_workbook.layout import SHEETS
from planner.scenario_io.scenario_workbook.lists import joined, separated
from planner.scenario_io.scenario_workbook.writing import written_and_read
from planner.scenario_io.tables.numbers import cell_number, long_number
from planner.units.texts import name_key
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.sampled import few, sampled, some
from tests.unit.scenario_io.scenario_workbook.full import FULL, made

SHIPPED = sorted((Path(__file__).parents[4] / "scenarios").glob("*.yaml"))


def assert_same_again(scenario: Scenario) -> None:
    """Writing reads the workbook back; what it read is looked at here, not read once more."""
    _data, again = written_and_read(scenario)
    assert again.to_plain() == scenario.to_plain()
    assert again.sha256 == scenario.sha256
    assert again == scenario


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", sampled(LANGUAGES, 2))
def test_every_shipped_scenario_comes_back_identical(path: Path, language: str) -> None:
    with speaking(language):
        assert_same_again(read_scenario(path))


def test_a_scenario_with_every_key_of_the_format_comes_back_identical() -> None:
    assert_same_again(made(FULL))


def test_a_workbook_made_in_one_language_is_read_in_the_other() -> None:
    scenario = made(FULL)
    for writing, reading in (("id", "en"), ("en", "id")):
        with speaking(writing):
            data = workbook_bytes(scenario)
        with speaking(reading):
            assert imported(data, "buku.xlsx").scenario.sha256 == scenario.sha256


@pytest.mark.parametrize(
    "seeds", sampled([range(start, start + 20) for start in range(0, 200, 20)], 10), ids=lambda r: f"from {r[0]}"
)
def test_hundreds_of_random_scenarios_come_back_identical(seeds: range) -> None:
    for seed in some(seeds, 2):
        assert_same_again(made(tiny_scenarios(seed, most_plans=2_000)))


def test_random_scenarios_with_realistic_figures_come_back_identical() -> None:
    for seed in some(range(40), 10):
        assert_same_again(made(random_scenarios(seed, (9, 6, 4, 5))))


NASTY = [
    "=1+1", "+62 812", "-5", "@SUM(A1)", "'kutip", '"kutip"', 'a "b" c', "a; b", ";", "*", "#catatan", "gap:x",
    "closes:x", "00123", "1e5", "12:30", "2027-01-31", "TRUE", "no", "null", "~", "3", "0.5", "30%", "Rp5",
    "https://contoh.id/a?b=c", "mailto:x@y.id", "C:\\a\\b", "../a", "<b>&amp;</b>", "_x0041_", "日本語 テスト",
    "é e\u0301 ﬁ", "ملف", "id dengan spasi", "a.b.c", "a +2", "default", "group", "programme", "id", "name", "🙂",
    "{=1}", "[x]", "semua", "\u00a0tepi\u00a0", "\\n", "x" * 200,
]  # fmt: skip


CODES = ("account", "accounts", "activity")
"""Keys whose values are codes, not any text."""

NAMING = {key for key, lists in KEYS_OF.items() if lists[0] not in ("years", "activities")} | {"price", "prices"}
"""Keys below which names of the scenario stand."""


def with_names(plain: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The full scenario with every id, name and attribute value replaced, the same by the same."""
    given = iter(names)
    renamed: dict[str, str] = {}
    fixed = {
        "scenario.id", "language", "kind", "employment", "per", "measure", "maximize", "minimize", "by", "format",
        "default", "of_years", "years", "activity", "document_date", "letter_form",
        "document_number", "document_place", "addressee",
        "from", "to", "dates",
    }  # fmt: skip

    def new(text: str) -> str:
        if text not in renamed:
            renamed[text] = next(given)
        return renamed[text]

    def walk(value: Any, path: tuple[str, ...]) -> Any:
        key = path[-1] if path else ""
        if isinstance(value, dict):
            keyed = key in NAMING or path[-2:-1] == ("new_gaps",)
            return {
                (new(name) if keyed and name not in fixed | {"prices"} else name): walk(inner, (*path, name))
                for name, inner in value.items()
            }
        if isinstance(value, list | tuple) and key not in CODES:
            return [walk(item, path) for item in value]
        if key in CODES:
            return value  # a code, not any text
        if path[-2:-1] == ("activities",) and key == "code":
            return value
        named = isinstance(value, str) and key not in fixed and ".".join(path) not in fixed
        return new(value) if named and not value.endswith("%") else value

    changed = walk(copy.deepcopy(plain), ())
    assert isinstance(changed, dict)
    return changed


@pytest.mark.parametrize("seed", sampled(range(12), 3))
def test_text_that_looks_like_anything_else_stays_text(seed: int) -> None:
    dice = random.Random(seed)
    names = NASTY + [f"{text} {n}" for n in range(2) for text in NASTY if len(text) < 190]
    seen: dict[str, str] = {}
    for name in dice.sample(names, len(names)):
        key = "".join(name.casefold().split())
        if key not in ("default",):
            seen.setdefault(key, name)
    assert_same_again(made(with_names(FULL, list(seen.values()))))


def test_grey_heads_may_be_in_capitals() -> None:
    keys = {column.key for sheet in SHEETS for column in sheet.columns}
    scenario = made(FULL)
    with speaking("en"):  # whose labels are the same words
        book = load_workbook(io.BytesIO(workbook_bytes(scenario)))
    for sheet in book.worksheets[1:]:
        for cell in (cell for row in sheet.iter_rows(max_row=6) for cell in row):
            if cell.font.italic and cell.value in keys and not (sheet.title == "Scenario" and cell.row > 2):
                cell.value = str(cell.value).upper()
    changed = io.BytesIO()
    book.save(changed)
    assert imported(changed.getvalue(), "").scenario.sha256 == scenario.sha256


texts = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]), min_size=1, max_size=30)
values = texts.map(str.strip).filter(bool)


@given(st.lists(values))
def test_a_list_in_a_cell_is_taken_apart_as_it_was_joined(names: list[str]) -> None:
    assert separated(joined(names)) == names


@settings(max_examples=few(12, 3), deadline=None)
@given(values.filter(lambda text: "\u2028" not in text and "\u2029" not in text))
def test_any_text_comes_back(text: str) -> None:
    plain = copy.deepcopy(FULL)
    assume(all(name_key(text) != name_key(rule["name"]) for rule in plain["rules"][1:]))
    plain["scenario"]["description"] = text + "\nbaris kedua\tdan tab"
    plain["scenario"]["sources"] = [text, "lain"]
    plain["rules"][0]["name"] = text
    plain["groups"][0]["tags"] = ["inti", "uang", text]
    assert_same_again(made(plain))


@given(st.decimals(min_value=0, max_value=Decimal("999999999999999"), places=4, allow_nan=False))
def test_a_number_of_a_cell_is_exactly_the_number_or_none(value: Decimal) -> None:
    number = cell_number(Fraction(value))
    if number is None:
        assert len(value.as_tuple().digits) > 15
    else:
        assert Fraction(Decimal(repr(number))) == Fraction(value)


def test_numbers_of_more_digits_than_a_cell_keeps_come_back_exactly() -> None:
    plain = copy.deepcopy(FULL)
    plain["groups"][0]["weight"] = Decimal("1.23456789012345678")
    plain["groups"][0]["uptake"] = "70.123456789012345678%"
    plain["scenario"]["floor"]["of"] = 999_999_999_999_999
    assert_same_again(made(plain))
    assert long_number("1.23456789012345678") == Decimal("1.23456789012345678")
    assert long_number("100") is None
    assert long_number("0000000000000000001") is None


def test_a_legal_floor_by_year_has_rows_for_each_year_and_comes_back() -> None:
    plain = copy.deepcopy(FULL)
    floor = plain["scenario"]["floor"]
    plain["scenario"]["floor"] = {year: floor | {"other_countable": year} for year in (2027, 2028)}
    assert_same_again(made(plain))


def test_a_list_too_long_for_a_cell_goes_on_in_further_columns() -> None:
    plain = copy.deepcopy(FULL)
    many = [f"kelompok-{n:04}-{'x' * 100}" for n in range(700)]
    plain["groups"] += [{"id": name, "headcount": 1} for name in many]
    plain["programmes"][0]["for"] = {"id": [plain["groups"][0]["id"], *many]}
    assert len(joined(many)) > 2 * MOST_TEXT
    assert_same_again(made(plain))


def test_what_a_worksheet_cannot_hold_is_refused_and_not_cut_off() -> None:
    plain = copy.deepcopy(FULL)
    plain["scenario"]["description"] = "x" * 40_000
    with pytest.raises(InputError, match="a text of this scenario has 40000 characters"):
        workbook_bytes(made(plain))
    plain["scenario"]["description"] = "_x005F_"
    with pytest.raises(InputError, match="reads back the same"):
        workbook_bytes(made(plain))
    third = made(FULL).groups[0].model_copy(update={"weight": Fraction(1, 3)})
    with pytest.raises(InputError, match="no exact decimal"):
        workbook_bytes(made(FULL).changed(groups=(third,)))


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert workbook_bytes(made(FULL)) == workbook_bytes(made(FULL))
