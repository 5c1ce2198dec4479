from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.report.charts import text
from planner.report.charts.bars import Bar, bars
from planner.report.charts.calendar import Session, calendar
from planner.report.charts.drawing import Drawing
from planner.report.charts.heat import Heat, heat_map
from planner.report.charts.pages import pages
from planner.report.charts.palette import FUND_TONES, STEPS, TONES, contrast, ink_on, step_of
from planner.report.charts.stacked import Part, Stack, letter_of, pattern_of, stacked, tone_of
from planner.report.material import Material
from planner.report.views.document import report
from planner.report.views.table import Figure
from planner.report.wording.formats import Formats
from tests.scenarios.builders import large

LONG = "Pelatihan Penguatan Kapasitas Penyelenggaraan Urusan Pemerintahan Daerah bagi Pejabat Fungsional/Pelaksana"
UNBROKEN = "Pengadministrasian_Kepegawaian_dan_Kesejahteraan_Aparatur_Sipil_Negara_Provinsi_Jambi" * 2


def assert_nothing_is_clipped(drawing: Drawing) -> None:
    """Every label and box lies inside the drawing, by the widths of the embedded font."""
    for label in drawing.labels:
        length = text.width(label.text, label.size, label.bold)
        if label.upright:
            assert 0 <= label.x <= drawing.width
            assert label.y - length >= -0.5, label
            assert label.y <= drawing.height
            continue
        left = {"start": label.x, "middle": label.x - length / 2, "end": label.x - length}[label.anchor]
        assert left >= -0.5, label
        assert left + length <= drawing.width + 0.5, label
        assert label.size * 0.6 <= label.y <= drawing.height, label
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawing.width + 0.5
        assert box.y + box.height <= drawing.height + 0.5


def assert_labels_do_not_cover_each_other(drawing: Drawing) -> None:
    placed = []
    for label in drawing.labels:
        length = text.width(label.text, label.size, label.bold) / 1.06
        if label.upright:
            placed.append((label.x - label.size * 0.7, label.y - length, label.x + 0.2, label.y, label))
            continue
        left = {"start": label.x, "middle": label.x - length / 2, "end": label.x - length}[label.anchor]
        placed.append((left, label.y - label.size * 0.7, left + length, label.y + 0.2, label))
    for n, (left, top, right, bottom, label) in enumerate(placed):
        for other_left, other_top, other_right, other_bottom, other in placed[n + 1 :]:
            apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
            assert apart, (label, other)


def every_kind_of_chart(names: list[str]) -> Iterable[Drawing]:
    count = len(names)
    yield from bars("a", "t", "d", [Bar(n, i, count, f"{i} dari {count}") for i, n in enumerate(names)], "x", "y")
    stacks = [Stack(n, tuple(Part(f, 1.0 + f) for f in range(12)), "Rp 999,99 miliar") for n in names]
    yield from stacked("b", "t", "d", stacks, [f"{n} {i}" for i, n in enumerate((names * 12)[:12])])
    cells = {(r, c): Heat((r + c) % STEPS, "100", "") for r in range(count) for c in range(count) if (r + c) % 5}
    yield from heat_map("c", "t", "d", names, names, cells, ["0%"] * STEPS)
    sessions = {(r, t): Session("12", "1.234", 1 + t % 5, "") for r in range(count) for t in range(r % 14)}
    yield from calendar("e", "t", "d", names, [f"Triwulan {t}" for t in range(14)], sessions)


@pytest.mark.parametrize("names", [["A"], [LONG] * 3, [UNBROKEN] * 7, [LONG, "B"] * 40, [f"K{n}" for n in range(60)]])
def test_nothing_is_clipped_whatever_the_names(names: list[str]) -> None:
    for drawing in every_kind_of_chart(names):
        assert_nothing_is_clipped(drawing)
        assert_labels_do_not_cover_each_other(drawing)


def test_no_drawing_is_higher_than_a_page() -> None:
    for drawing in every_kind_of_chart([LONG, "B"] * 40):
        portrait = 658 * 1.0 / max(drawing.width, 658)
        assert drawing.height * portrait < 900


def test_drawings_of_one_chart_have_ids_of_their_own() -> None:
    ids = [drawing.id for drawing in every_kind_of_chart([f"K{n}" for n in range(90)])]
    assert len(ids) == len(set(ids))


def test_drawings_of_a_report_are_whole() -> None:
    built, answer = large(40, 25, 45, funds=12)
    view = report(Material(built, answer, Formats("id")), date(2027, 1, 1))
    figures = [view.competencies.by_competency, view.competencies.heat, view.funds.figure]
    figures += [f for f in (view.schedule.calendar, view.money.by_programme) if isinstance(f, Figure)]
    for figure in figures:
        assert figure.drawings
        assert figure.tables
        for drawing in figure.drawings:
            assert_nothing_is_clipped(drawing)
            assert_labels_do_not_cover_each_other(drawing)


def test_bars_have_the_lengths_of_their_figures() -> None:
    (drawing,) = bars("a", "t", "d", [Bar("x", 30, 60, ""), Bar("y", 0, 20, "")], "x", "y")
    _key, _rest_key, closed, left, all_left = drawing.boxes
    assert closed.width == pytest.approx(left.width, abs=0.02)
    assert all_left.width == pytest.approx((closed.width + left.width) / 3, abs=0.02)


def test_a_chart_of_zeros_has_no_bars_and_no_error() -> None:
    (drawing,) = bars("a", "t", "d", [Bar("x", 0, 0, "0 dari 0")], "x", "y")
    assert len(drawing.boxes) == 2
    assert list(bars("a", "t", "d", [], "x", "y")) == []


@given(st.lists(st.floats(10, 90), max_size=60), st.floats(100, 900))
def test_rows_are_cut_into_pages_none_lost_and_none_too_high(heights: list[float], tallest: float) -> None:
    made = pages(heights, tallest)
    assert [row for page in made for row in page.rows] == list(range(len(heights)))
    for page in made:
        assert sum(heights[r] for r in page.rows) <= max(tallest, 4 * 90)
        assert (page.number, page.of) == (made.index(page) + 1, len(made))


@given(st.text(max_size=200), st.floats(20, 300))
def test_wrapped_text_keeps_every_letter_and_fits(value: str, room: float) -> None:
    lines = text.wrapped(value, room, 13)
    assert "".join("".join(lines).split()) == "".join(value.split())
    assert all(text.width(line, 13) <= room or len(line) == 1 for line in lines)


def test_steps_follow_the_printed_percentage() -> None:
    shares = [Fraction(0), Fraction(1, 1000), Fraction(24, 100), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]
    assert [step_of(share) for share in shares] == [0, 1, 1, 2, 3, 4]
    assert step_of(Fraction(999, 1000)) == 4
    assert step_of(Fraction("0.245")) == 2, "24.5% is printed 25%"
    assert step_of(Fraction(1)) == 5


def test_text_on_every_tone_is_readable_on_light_and_dark_pages() -> None:
    written_on = [f"step{n}" for n in range(STEPS)] + [f"fund{n}" for n in range(FUND_TONES)] + ["paper"]
    for tone in written_on:
        ink = TONES[ink_on(tone)]
        assert contrast(TONES[tone].light, ink.light) >= 4.5, tone
        assert contrast(TONES[tone].dark, ink.dark) >= 4.5, tone
    for tone in ("ink", "soft"):
        assert contrast(TONES[tone].light, TONES["paper"].light) >= 4.5
        assert contrast(TONES[tone].dark, TONES["paper"].dark) >= 4.5


def test_bars_stand_out_from_the_page() -> None:
    for tone in ["closed", *(f"fund{n}" for n in range(FUND_TONES))]:
        assert contrast(TONES[tone].light, TONES["paper"].light) >= 3
        assert contrast(TONES[tone].dark, TONES["paper"].dark) >= 3


def test_payers_differ_by_more_than_colour() -> None:
    looks = [(letter_of(n), tone_of(n), pattern_of(n)) for n in range(60)]
    assert len({letter for letter, _tone, _pattern in looks}) == 60
    assert len({look[1:] for look in looks[:50]}) == 50
    assert all(one[2] != other[2] for one, other in itertools.pairwise(looks))
