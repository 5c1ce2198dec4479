"""The budget curve and sweeps as a planner reads them: in one language, in figures that agree, and inert."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from planner.analysis.budget_curve.curve import Curve, bend, curve
from planner.analysis.budget_curve.curve_plans import CurvePoint
from planner.analysis.scenarios.scaling import with_offers, with_own_budget, with_prices
from planner.analysis.sweep.grid import Sweep, sweep
from planner.analysis.sweep.values import Value, read_values
from planner.analysis.sweep.vary import Axis, Grid, GridCell
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.report import answer_texts, render_answers
from planner.report.wording.formats import NOTHING
from tests.pages.markup import Element, read
from tests.sampled import sampled
from tests.scenarios.builders import scenario as small
from tests.scenarios.hand import costing
from tests.scenarios.hand import scenario as hand
from tests.scenarios.hostile import HOSTILE, with_text_everywhere
from tests.scenarios.languages import ENGLISH, INDONESIAN, english_scenario
from tests.scenarios.workshop import MUST, workshop
from tests.unit.analysis.failing_batch import failing
from tests.unit.analysis.plans import inquiry


def own_axis(text: str) -> Axis:
    return Axis("own-budget", read_values(text), "rupiah")


def budgets(asked: Inquiry, text: str) -> Grid:
    """The grid of these totals of own funds."""
    axis = own_axis(text)
    cells = [GridCell((n,), with_own_budget(asked.scenario, int(v.number or 0))) for n, v in enumerate(axis.values)]
    return Grid((axis,), tuple(cells))


def prices_and_partners(asked: Inquiry) -> Grid:
    down, across = (Axis(path, read_values("50%,100%"), "share") for path in ("prices", "partners"))
    partners = [fund.id for fund in asked.scenario.funds if not fund.own]
    cells = [
        GridCell(
            (r, c), with_offers(with_prices(asked.scenario, price.number or Fraction(0)), partners, Fraction(c + 1, 2))
        )
        for r, price in enumerate(down.values)
        for c in range(2)
    ]
    return Grid((down, across), tuple(cells))


def named(asked: Inquiry) -> Grid:
    """Two settings that are no quantities, and one that makes no scenario."""
    axis = Axis("periods", (Value("A", "text"), Value("B", "text"), Value("C", "text")), "text")
    cells = (
        GridCell((0,), asked.scenario),
        GridCell((1,), with_own_budget(asked.scenario, 0)),
        GridCell((2,), None, "1 < 2"),
    )
    return Grid((axis,), cells)


def answers(asked: Inquiry) -> list[object]:
    return [
        curve(asked, 5),
        sweep(asked, budgets(asked, "0;50 juta;100 juta;150 juta")),
        sweep(failing(asked, "1"), budgets(asked, "0;50 juta;100 juta")),
        sweep(asked, prices_and_partners(asked)),
        sweep(asked, named(asked)),
    ]


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    return inquiry(small())


@pytest.fixture(scope="module")
def answered(asked: Inquiry) -> list[object]:
    with speaking("id"):
        return answers(asked)


@pytest.fixture(scope="module")
def page(asked: Inquiry, answered: list[object]) -> Element:
    return read(render_answers(asked.scenario, asked.plan, answered))


def table(page: Element, id: str) -> list[list[str]]:
    return page.one("table", id=id).rows()


def said(asked: Inquiry, answer: object, language: str = "id") -> str:
    with speaking(language):
        ((_title, sentences, _tables),) = answer_texts(asked.scenario, asked.plan, [answer])
    return " ".join(sentences).replace("\u00a0", " ")


def test_pages_in_indonesian_have_no_english_word(page: Element) -> None:
    text = page.visible_text().replace("periods", "")  # a path, in the words of the scenario format
    assert sorted(set(ENGLISH.findall(text))) == []


def test_pages_in_english_have_no_indonesian_word(asked: Inquiry, answered: list[object]) -> None:
    """The same plans of the scenario with English names; only the sweep with a reason is made in English."""
    english = english_scenario()
    with speaking("en"):
        spoken = sweep(failing(replace(asked, scenario=english), "1"), budgets(asked, "0;50 juta;100 juta"))
    page = read(render_answers(english, asked.plan, [*answered[:2], spoken, *answered[3:]]))
    assert page.one("html").attributes["lang"] == "en"
    assert sorted(set(INDONESIAN.findall(page.visible_text()))) == []


def test_ids_are_unique_in_the_page_of_each_answer(asked: Inquiry, answered: list[object], page: Element) -> None:
    for answer in answered:
        alone = read(render_answers(asked.scenario, asked.plan, [answer]))
        ids = [element.attributes["id"] for element in alone if "id" in element.attributes]
        assert len(ids) == len(set(ids))
    anchors = [section.one("h2").attributes["id"] for section in page.all("section", class_="answer")]
    assert len(anchors) == len(set(anchors)) == len(answered)


def test_a_curve_by_hand() -> None:
    asked = inquiry(workshop(60))
    answer = curve(asked, 6, step=25)
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    rows = table(page, "table-curve")[1:]
    assert [row[0] for row in rows] == ["Rp0", "Rp22", "Rp44", "Rp60 (sekarang)", "Rp88", "Rp110"]
    assert [row[2] for row in rows] == ["0", "0", "4", "10", "14", "18"]
    assert [row[-2] for row in rows] == ["0", "0", "25", "60", "85", "110"]
    assert table(page, "table-curve")[0][-3:-1] == ["Jumlah biaya (Rp)", "Dibayar dana sendiri (Rp)"]
    assert table(page, "table-curve-shares")[1:] == [
        ["80% dari yang mungkin", "14,4", "Rp110", "Rp110", "+Rp50"],
        ["90% dari yang mungkin", "16,2", "Rp110", "Rp110", "+Rp50"],
        ["100% dari yang mungkin", "18,0", "Rp110", "Rp110", "+Rp50"],
    ]
    words = said(asked, answer)
    assert "Dana sendiri Rp25 berikutnya menutup perkiraan 4 kesenjangan lagi." in words
    assert "Menutup 100% dari yang mungkin memerlukan dana sendiri Rp110, Rp50 lebih banyak daripada sekarang." in words


def test_what_is_added_between_points_that_are_not_proven_is_a_range_with_its_reason() -> None:
    """From Rp44 to Rp60 six more were found; where up to 9 and up to 15 are possible it may be 1 to 11 more."""
    asked = inquiry(workshop(60))
    answer = curve(asked, 6, step=25)

    def added(bounds: dict[int, float | None]) -> tuple[list[str], str]:
        shown = [replace(point, bound=bounds.get(point.budget, point.bound)) for point in answer.points]
        found = read(render_answers(asked.scenario, asked.plan, [replace(answer, points=tuple(shown))]))
        return [row[3] for row in table(found, "table-curve")[1:]], " ".join(found.visible_text().split())

    exact, words = added({})
    assert "sampai" not in exact[3]
    assert "Rentang dipakai" not in words
    open_points, words = added({44: 9, 60: 15})
    assert open_points[3] == "0,63 sampai 6,88"
    assert open_points[1] == exact[1], "the points below are proven as before"
    assert "Rentang dipakai bila kenaikannya lebih kecil daripada yang belum terbukti dari kedua titik" in words
    nothing_known, words = added({60: None})
    assert nothing_known[3:5] == [NOTHING, NOTHING]
    assert "berarti belum ada yang terbukti tentang salah satu dari kedua titik" in words


def test_the_most_that_is_possible_never_looks_lower_than_what_is_reached() -> None:
    """A limit has the decimals of the column that it is compared with, rounded up; noise of a solver is none."""
    asked = inquiry(workshop(60))
    answer = curve(asked, 6, step=25)

    def most(bound: float) -> str:
        shown = [replace(p, bound=bound if p.budget == 60 else p.bound) for p in answer.points]
        page = render_answers(asked.scenario, asked.plan, [replace(answer, points=tuple(shown))])
        return next(row[-1] for row in table(read(page), "table-curve")[1:] if row[0].startswith("Rp60 "))

    reached = next(point.counted for point in answer.points if point.budget == 60)
    assert reached == 10
    assert [most(bound) for bound in (9.9999999, 10.0000001, 10.2)] == ["10", "10", "11"]


def test_the_most_that_money_can_close_is_what_is_proven_or_told_as_found() -> None:
    asked = inquiry(workshop(60))
    answer = curve(asked, 3)
    assert answer.most is not None
    most, need = answer.most, answer.most + 2
    proven = said(asked, replace(answer, need=need, most_proven=most), "en")
    assert "With any amount of own funds no more than" in proven
    found = said(asked, replace(answer, need=need, most_proven=most + Fraction(3, 10)), "en")
    assert "no more than" not in found
    assert "With any amount of own funds the best plan found closes" in found
    assert "By what is proven, no plan closes more than" in found
    nothing = replace(answer, most=Fraction(0), most_gaps=Fraction(0), most_proven=Fraction(0))
    assert "Nothing can be closed here" in said(asked, nothing, "en")
    assert "No plan was found that closes anything" in said(asked, replace(nothing, most_proven=Fraction(1)), "en")


def test_own_cost_that_is_not_proven_the_least_is_told_as_found(asked: Inquiry, answered: list[object]) -> None:
    """On the page of the curve, whose points a planner compares."""
    answer = next(answer for answer in answered if isinstance(answer, Curve))

    def shown(points: tuple[CurvePoint, ...]) -> str:
        page = read(render_answers(asked.scenario, asked.plan, [replace(answer, points=points)]))
        return " ".join(page.visible_text().split())

    proven = tuple(replace(point, own_cost_proven=True) for point in answer.points)
    open_one = (replace(proven[0], own_cost_proven=False), *proven[1:])
    assert "adalah yang terendah yang ditemukan" not in shown(proven)
    assert f"terbukti untuk {len(proven) - 1} dari {len(proven)} rencana di sini" in shown(open_one)


def test_a_share_that_its_plan_reaches_within_the_tolerance_only_says_so(
    asked: Inquiry, answered: list[object]
) -> None:
    answer = next(each for each in answered if isinstance(each, Curve))
    reach = next(each for each in answer.targets if each.least is not None and each.least.plan is not None)
    assert reach.least is not None
    assert reach.least.plan is not None
    closed = reach.least.plan.gaps_level.value
    for target, is_said in ((closed, False), (closed + Fraction(1, 100_000), False), (closed + Fraction(1, 10), True)):
        changed = replace(answer, targets=(replace(reach, target=target),))
        text = read(render_answers(asked.scenario, asked.plan, [changed])).visible_text()
        assert ("sampai toleransi pencarian" in " ".join(text.split())) == is_said


def test_points_and_amounts_that_are_only_found_so_far_are_told_as_limits(
    asked: Inquiry, answered: list[object]
) -> None:
    """A search ended by the time limit: the page gives its figures as limits, and no bend."""
    answer = next(answer for answer in answered if isinstance(answer, Curve))
    points = (answer.points[0], replace(answer.points[1], state="claimed"), *answer.points[2:])
    assert bend(points) is None
    targets = tuple(
        replace(reach, least=replace(reach.least, lowest=0)) if reach.least is not None else reach
        for reach in answer.targets
    )
    broken = replace(answer, points=points, targets=targets, bend=None)
    words = said(asked, broken, "en")
    assert words.startswith(f"1 of the {len(points)} points of the curve is the best plan found so far")
    assert "of the highest value possible, counted in gaps, less the penalties of missed goals, takes at most" in words
    assert "missed goals, takes Rp" not in words
    assert "no marked bend" not in words
    rows = table(read(render_answers(asked.scenario, asked.plan, [broken])), "table-curve-shares")[1:]
    assert all(row[2].startswith("paling banyak") and row[3] == NOTHING for row in rows if row[2] != "tidak mungkin")


def test_budgets_without_a_plan_have_no_figures_and_are_explained() -> None:
    asked = inquiry(workshop(85, rules=[MUST]))
    answer = curve(asked, 4, first=0, last=110)
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    first = table(page, "table-curve")[1]
    assert first[1] == "tidak ada rencana yang memenuhi semua aturan"
    assert set(first[2:]) == {NOTHING}
    assert "Di bawah dana sendiri Rp60 tidak ada rencana yang memenuhi semua aturan." in said(asked, answer)


def test_budgets_that_could_not_be_planned_are_named() -> None:
    asked = inquiry(workshop(60))
    answer = curve(asked, 3)
    first = answer.points[0]
    broken = replace(first, state="failed", counted=None, gaps_closed=None, total_cost=None, own_cost=None)
    words = said(asked, replace(answer, points=(broken, *answer.points[1:])))
    assert "tidak ditemukan rencana, walaupun mungkin ada: Rp0." in words


def test_money_that_closes_nothing_more_and_a_flat_curve_are_said_plainly() -> None:
    asked = inquiry(workshop(110))
    words = said(asked, curve(asked, 4, first=1000))
    assert "berikutnya tidak menutup kesenjangan lagi." in words
    assert "memerlukan dana sendiri Rp110, kira-kira sebanyak sekarang." in words
    assert "berbelok" not in words


def test_a_scenario_that_saves_first_is_told_apart() -> None:
    objective = [{"minimize": "own_cost"}, {"maximize": "gaps_closed"}]
    asked = inquiry(workshop(60, objective=objective))
    assert "mendahulukan penghematan" in said(asked, curve(asked, 3))


def test_counted_by_weight_both_numbers_are_given() -> None:
    competencies = [{"id": "a", "kind": "technical", "weight": 2}, {"id": "b", "kind": "technical"}]
    asked = inquiry(workshop(60, competencies=competencies))
    answer = curve(asked, 6, step=25)
    words = said(asked, answer)
    assert "menambah perkiraan 4, dihitung dalam kesenjangan berbobot. Bila setiap kesenjangan dihitung satu" in words
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    assert [row[2:4] for row in table(page, "table-curve")[1:]][-1] == ["28", "18"]


def test_with_penalties_no_figure_of_the_curve_is_called_gaps(asked: Inquiry, answered: list[object]) -> None:
    """The most that money reaches, what the next amount adds, and shares are gaps less penalties."""
    answer = next(each for each in answered if isinstance(each, Curve))
    words = said(asked, answer)
    unit = "dihitung dalam kesenjangan, dikurangi penalti sasaran yang tidak tercapai"
    assert "kesenjangan berbobot" not in words
    assert f"90% dari nilai tertinggi yang mungkin, {unit}, memerlukan dana sendiri" in words
    assert re.search(rf"berikutnya (?:menambah perkiraan [\d,]+|tidak menambah apa pun), {unit}", words)
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    assert table(page, "table-curve-shares")[1][0] == "80% dari nilai tertinggi yang mungkin"
    assert "dari yang mungkin" not in page.visible_text()


def test_a_sweep_by_hand() -> None:
    asked = inquiry(workshop(60))
    answer = sweep(asked, budgets(asked, "0;60;110"))
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    assert [(row[0], row[2], row[3]) for row in table(page, "table-sweep")[1:]] == [
        ("Rp0", "0", "0"),
        ("Rp60 (sekarang)", "10", "60"),
        ("Rp110", "18", "110"),
    ]
    assert page.one("svg", id="chart-sweep-gaps")
    words = said(asked, answer)
    assert "Dari Rp0 sampai Rp110: kesenjangan tertutup (perkiraan) dari 0 menjadi 18" in words
    assert "Perubahan terbesar dari Rp0 ke Rp60: kesenjangan tertutup bertambah perkiraan 10." in words


def test_a_grid_of_two_is_a_map_and_the_same_as_a_table(asked: Inquiry) -> None:
    answer = sweep(asked, prices_and_partners(asked))
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    grid, (heads, *rows) = table(page, "table-sweep-grid"), table(page, "table-sweep")
    assert heads[-3:-1] == ["Jumlah biaya (Rp)", "Dibayar dana sendiri (Rp)"]
    assert grid[0][1:] == ["50%", "100%"]
    assert [cell.split(",")[0] for row in grid[1:] for cell in row[1:]] == [row[3].split(",")[0] for row in rows]
    assert "pada Harga 50%; " in said(asked, answer)


def test_points_that_failed_are_told_with_their_reason(asked: Inquiry) -> None:
    with speaking("id"):
        answer = sweep(failing(asked, "1"), budgets(asked, "0;50 juta;100 juta"))
    words = said(asked, answer)
    assert "Pada 1 titik tidak ada rencana" in words
    assert "Rp50.000.000: mati" in words
    assert "mati" not in said(asked, answer, "en")  # a reason in another language than that of the page


def test_where_no_point_has_a_plan_that_is_the_answer(asked: Inquiry) -> None:
    answer = sweep(failing(asked, "0", "1"), budgets(asked, "0;50 juta"))
    assert not answer.planned
    assert said(asked, answer).startswith("Rencana yang dibahas")
    assert read(render_answers(asked.scenario, asked.plan, [answer])).one("table", id="table-sweep")


@pytest.mark.parametrize("text", sampled(HOSTILE[:3], 3))
def test_hostile_text_is_inert_in_answers(text: str, asked: Inquiry, answered: Sequence[object], page: Element) -> None:
    """The same plans of a scenario in which every name is hostile, and so is every reason."""
    built: Scenario = with_text_everywhere(text)
    hostile = read(render_answers(built, asked.plan, [_with_reason(answer, text) for answer in answered]))
    assert " ".join(text.split()) in hostile.visible_text()
    assert {e.tag for e in hostile} == {e.tag for e in page}
    assert not [name for e in hostile for name in e.attributes if name.startswith("on")]
    assert len(hostile.all("table")) == len(page.all("table"))


def _with_reason(answer: object, text: str) -> object:
    if isinstance(answer, Sweep):
        rows = tuple(replace(row, message=text) if row.message else row for row in answer.rows)
        return replace(answer, rows=rows)
    assert isinstance(answer, Curve)
    return answer


def test_own_funds_that_have_to_be_there_but_are_not_paid_are_explained() -> None:
    """Seven of ten people cost Rp70 in the first period alone; half of own funds is there by then: Rp140 for Rp70."""
    early = {"id": "bimtek", "closes": {"keu": 1}, "periods": ["TW1"], **costing("participant", 10)}
    fund = {"id": "apbd", "kind": "own", "amount": 100, "releases": {"TW1": "50%", "TW2": "100%"}}
    asked = inquiry(Scenario.model_validate(hand(programmes=[early], funds=[fund], groups={"uptake": "70%"})))
    page = read(render_answers(asked.scenario, asked.plan, [curve(asked, 3)])).visible_text()
    assert "Menutup 100% dari yang mungkin memerlukan dana sendiri Rp140, Rp40 lebih banyak daripada sekarang." in page
    assert "Rencananya membayar Rp70 dari itu; sisanya harus ada karena hanya sebagian yang cair pada waktunya." in page
    whole = inquiry(Scenario.model_validate(hand(programmes=[early], groups={"uptake": "70%"})))
    plain = read(render_answers(whole.scenario, whole.plan, [curve(whole, 3)])).visible_text()
    assert "memerlukan dana sendiri Rp70, Rp30 lebih sedikit daripada sekarang." in plain
    assert "Rencananya membayar" not in plain
