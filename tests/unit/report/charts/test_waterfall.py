"""The waterfall: each bar begins where the one before ended, and lengths are true."""

from __future__ import annotations

import pytest

from planner.report.charts.waterfall import Step, waterfall

WORDS = ("menutup", "bertambah", "hilang")


def drawn(*rows: Step):  # type: ignore[no-untyped-def]
    (drawing,) = waterfall("chart", "Judul", "Uraian", rows, WORDS)
    return drawing, [box for box in drawing.boxes if box.height == 15.0]


def test_steps_join_and_whole_bars_begin_at_nothing() -> None:
    rows = [
        Step("awal", 0, 100, "100", whole=True),
        Step("turun", 100, 40, "-60"),
        Step("naik", 40, 70, "+30"),
        Step("akhir", 0, 70, "70", whole=True),
    ]
    _drawing, (first, down, up, last) = drawn(*rows)
    assert first.x == last.x
    assert down.x + down.width == pytest.approx(first.x + first.width, abs=0.1)
    assert up.x == pytest.approx(down.x, abs=0.1)
    assert up.x + up.width == pytest.approx(last.x + last.width, abs=0.1)
    assert (first.width / 100, down.width / 60) == (pytest.approx(up.width / 30, abs=0.02),) * 2
    assert (down.tone, down.pattern) != (up.tone, up.pattern)


def test_small_steps_are_drawn_on_a_scale_of_their_own_on_which_whole_values_are_marks() -> None:
    rows = [Step("awal", 0, 10_000, "10.000", whole=True), Step("turun", 10_000, 9_990, "-10"),
            Step("akhir", 0, 9_990, "9.990", whole=True)]  # fmt: skip
    _drawing, (first, down, last) = drawn(*rows)
    assert first.width == last.width == 3
    assert down.width > 100


def test_no_steps_and_no_values_are_drawn_too() -> None:
    drawing, boxes = drawn(Step("awal", 0, 0, "0", whole=True), Step("akhir", 0, 0, "0", whole=True))
    assert len(boxes) == 2
    assert drawing.height > 0


def test_many_steps_go_to_several_drawings() -> None:
    rows = [Step(f"langkah {n}", n, n + 1, "+1") for n in range(60)]
    drawings = list(waterfall("chart", "Judul", "Uraian", rows, WORDS))
    assert len(drawings) > 1
    assert len({drawing.id for drawing in drawings}) == len(drawings)
