"""The front page and the short report: one page, and at most six before the budget lines, whatever the scenario."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2

from planner.analysis.budget_curve.curve import curve
from planner.analysis.cuts.cut_proof import cuts
from planner.analysis.dropout.expected import drop_out
from planner.analysis.partners.contributions import partners as partners_of
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import plan as planned
from planner.plans.plan import Plan
from planner.report import render_report
from planner.report.material import material_of
from planner.report.pdf import PdfPrinter
from planner.report.views.key_tables import MOST_ROWS
from planner.report.wording.money_left import why_left
from tests.pages.markup import Element, read
from tests.scenarios.builders import SMALL, large, plan, scenario
from tests.unit.analysis.plans import inquiry

LONG = "Kantor dengan nama yang sangat panjang dan <b>tanda</b> & 100% " * 2


def crowded() -> tuple[Scenario, Plan]:
    """Forty uncertain partners with long names, and a long description."""
    partners: list[dict[str, Any]] = [
        {"id": f"m{n}", "name": f"{LONG}{n}", "kind": "partner", "amount": 1_000_000 * (n + 1), "chance": "60%"}
        for n in range(40)
    ]
    built = scenario(funds=[*SMALL["funds"], *partners], scenario={"description": "Uraian panjang. " * 120})
    return built, planned(built, inline=True).plan


def rows_of_front(page: Element) -> dict[str, str]:
    front = page.one("section", class_="front")
    return {row.one("dt").text: row.one("dd").text for row in front.one("dl").all("div")}


def test_the_front_page_gives_the_plan_and_names_commands_for_the_rest() -> None:
    rows = rows_of_front(read(render_report(scenario(), plan())))
    assert rows["Apa yang diminta?"].startswith("Dana sendiri Rp102.700.000, dari pagu Rp400.000.000:")
    assert "Perkiraan 115,7 dari 222 kesenjangan kompetensi tertutup (52,1%)" in rows["Apa hasilnya?"]
    for question, command in (
        ("Apa hasil 10% dana yang terakhir?", "cuts"),
        ("Aturan mana yang paling mahal?", "rules"),
        ("Bagaimana bila mitra tidak datang?", "dropout"),
        ("Adakah cara yang lebih murah?", "alternatives"),
    ):
        assert rows[question].endswith(f"Belum ditanyakan; perintah yang menjawabnya: planner {command}.")
    with speaking("id"):
        material = material_of(scenario(), plan())
        why = why_left(material, material.scenario.funds[0])
    assert why
    assert rows["Mengapa ada dana tersisa?"].startswith(f"Dana sendiri tersisa Rp297.300.000. {why}")


def test_partners_that_certainly_come_are_asked_about_by_what_each_brings() -> None:
    funds = [{key: value for key, value in fund.items() if key != "chance"} for fund in SMALL["funds"]]
    certain = scenario(funds=funds)
    rows = rows_of_front(read(render_report(certain, plan(certain))))
    assert rows["Bagaimana bila mitra tidak datang?"].endswith("perintah yang menjawabnya: planner partners.")


def test_an_answer_without_the_figure_says_so_and_names_what_gives_it() -> None:
    built = scenario(funds=[{"id": "apbd", "kind": "own", "amount": 30_000_000}], rules=[])
    asked = inquiry(built)
    rows = rows_of_front(read(render_report(built, asked.plan, answers=[curve(asked, 3, first=0, step=10**9)])))
    last = rows["Apa hasil 10% dana yang terakhir?"]
    assert last.startswith("Yang ditanyakan sejauh ini tidak memuat satu angka untuk hal ini.")
    assert "perintah yang menjawabnya: planner cuts." in last
    cheaper = rows["Adakah cara yang lebih murah?"]
    assert cheaper.startswith("Tidak untuk 90% dari yang mungkin ditutup: itu memerlukan dana sendiri Rp")
    assert "lebih banyak daripada yang ada." in cheaper


def test_partners_without_whom_as_much_is_closed_are_said_to_save_own_funds() -> None:
    """Own funds have Rp297.300.000 left: without partners they pay what these paid."""
    asked = inquiry(scenario())
    question = "Bagaimana bila mitra tidak datang?"
    alone = partners_of(asked)
    rows = rows_of_front(read(render_report(scenario(), asked.plan, answers=[alone])))
    without = alone.outcomes[-1].plan
    assert without is not None
    assert without.own_cost > asked.plan.own_cost
    assert "kesenjangan yang tertutup tidak berkurang; dana sendiri lalu membayar paling banyak" in rows[question]
    rows = rows_of_front(read(render_report(scenario(), asked.plan, answers=[drop_out(asked)])))
    assert "Mitra mana pun di antara yang belum pasti tidak datang, kesenjangan yang tertutup" in rows[question]


def test_the_last_tenth_is_ten_percent() -> None:
    asked = inquiry(scenario())
    rows = rows_of_front(read(render_report(scenario(), asked.plan, answers=[cuts(asked)])))
    assert rows["Apa hasil 10% dana yang terakhir?"].startswith("Dana sendiri 10% terakhir (Rp")


def test_a_question_that_does_not_arise_is_not_on_the_front_page() -> None:
    own = [fund for fund in SMALL["funds"] if fund["kind"] == "own"]
    built = scenario(funds=own, rules=[])
    rows = rows_of_front(read(render_report(built, planned(built, inline=True).plan)))
    assert "Bagaimana bila mitra tidak datang?" not in rows
    assert "Aturan mana yang paling mahal?" not in rows


def test_a_short_report_has_few_sections_and_cuts_its_tables() -> None:
    built, answer = large(60, 24, 20)[:2]
    page = read(render_report(built, answer, length="short"))
    assert [e.attributes["id"] for e in page.all("h2")] == ["front", "summary", "key-tables", "signatures", "budget"]
    for table in page.all("table"):
        if table.attributes["id"] in ("table-competencies", "table-programmes", "table-funds", "table-rules"):
            assert len(table.one("tbody").all("tr")) <= MOST_ROWS
    assert "baris lainnya ada dalam laporan lengkap." in page.visible_text()
    assert not [e for e in page.all("a") if e.attributes["href"] == "#funds"], "a link to a section that is not there"
    text = page.visible_text()
    assert not [words for words in ("lampiran", "bagian belakang", "bagian mutu") if words in text.lower()]
    assert answer.scenario_sha256 in text, "the whole fingerprint, since no later section has it"


def test_a_short_report_is_at_most_six_pages_before_the_budget_lines(printer: PdfPrinter) -> None:
    built, answer = crowded()
    warnings = [f"Peringatan {n}: {LONG}" for n in range(60)]
    content = printer.pdf_of(render_report(built, answer, warnings, length="short"))
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(content))]
    begins = next(n for n, text in enumerate(texts) if "Rincian belanja (RKA)" in text and "Jumlah tiap baris" in text)
    assert begins <= 5
    assert "tidak ada yang ditaksir di sini" in texts[0], "the front page is one page"
