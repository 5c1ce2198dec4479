"""How sure the plan is, as a planner reads it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.analysis.sure.limits import Corner
from planner.analysis.sure.worst import sure
from planner.batch.inquiry import Inquiry
from planner.locale import speaking
from planner.report import answer_texts, render_answers, render_report
from tests.pages.markup import read
from tests.scenarios.builders import SMALL
from tests.scenarios.builders import plan as plan_of
from tests.scenarios.builders import scenario as small
from tests.scenarios.languages import ENGLISH, INDONESIAN, KEYS, english_scenario
from tests.scenarios.workshop import MUST, workshop
from tests.unit.analysis.plans import inquiry

TENTH = Corner(Fraction(9, 10), Fraction(9, 10), Fraction(11, 10))
DEARER = Corner(Fraction(1), Fraction(1), Fraction(12, 10))


def said(asked: Inquiry, corner: Corner) -> tuple[str, ...]:
    with speaking("id"):
        ((_title, sentences, _tables),) = answer_texts(asked.scenario, asked.plan, [sure(asked, corner)])
    return sentences


def test_what_is_missing_and_what_must_give_is_said() -> None:
    """Rp66 for a large class that costs Rp72 now: Rp6 is missing, its ten seats go; made anew 8 are closed."""
    asked = inquiry(workshop(66))
    answer = sure(asked, DEARER)
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    assert page.one("table", id="table-sure").rows()[1] == ["Kesenjangan tertutup (perkiraan)", "10", "10", "0", "8"]
    sentences = said(asked, DEARER)
    assert "harga dikali 120%" in sentences[0]
    assert "masih menutup perkiraan 0 kesenjangan, 10 lebih sedikit daripada 10 yang diandaikan" in sentences[1]
    assert "berbiaya Rp72; dari jumlah itu kurang Rp6." in sentences[2]
    assert sentences[3] == "Yang harus dikurangi karena kurang uang: besar 10 peserta."
    assert "menutup perkiraan 8 kesenjangan di sana, 8 lebih banyak" in sentences[4]


def test_no_difference_is_said_as_none() -> None:
    """Prices that change nothing of what can be paid: both plans close as many."""
    sentences = said(inquiry(workshop(1000)), DEARER)
    assert "kesenjangan, sama banyak dengan yang diandaikan." in sentences[1]
    assert any("di sana, sama banyak dengan rencana yang dipertahankan." in sentence for sentence in sentences)
    assert not any(" 0 lebih" in sentence for sentence in sentences)


def test_a_rule_that_can_no_longer_be_kept_is_named() -> None:
    sentences = said(inquiry(workshop(66, rules=[MUST])), DEARER)
    assert "masih menutup perkiraan 0 kesenjangan" in sentences[1]
    missed = "memenuhi semua aturan; yang tidak terpenuhi: Wajib (0 dari 1)."
    assert sentences[2] == f"Bila dipertahankan, rencana ini di sana tidak {missed}"
    assert f"Di sana tidak ada rencana yang {missed}" in sentences[3:], "the plan made for the corner misses it too"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_answer_and_the_range_are_in_one_language(language: str) -> None:
    asked = inquiry(small() if language == "id" else english_scenario())
    pages = (
        render_answers(asked.scenario, asked.plan, [sure(asked, TENTH)]),
        render_report(asked.scenario, asked.plan),
    )
    other = ENGLISH if language == "id" else INDONESIAN
    for page in pages:
        assert sorted(set(other.findall(KEYS.sub("", read(page).visible_text())))) == []
    assert ("dengan keyakinan 90%" if language == "id" else "with 90%") in pages[1].lower()


def test_partners_that_may_not_come_are_named_with_the_chance_that_all_come() -> None:
    """unja at 80% is used; with the free seats at 50% both come with 40%."""
    page = read(render_report(small(), plan_of(small()))).visible_text()
    assert "seolah-olah pasti: Universitas Jambi (80%). Persentasenya peluang datangnya." in page
    assert "Peluang semuanya" not in page
    funds = [dict(fund) | ({"chance": 0.5} if fund["id"] == "komdigi" else {}) for fund in SMALL["funds"]]
    unsure = small(funds=funds)
    page = read(render_report(unsure, plan_of(unsure))).visible_text()
    assert "Universitas Jambi (80%); Kursi gratis Komdigi (50%). Peluang semuanya datang 40,0%." in page
    funds = [
        dict(fund) | {"chance": {"unja": 0.6725, "komdigi": 0.999}.get(str(fund["id"]), 1)} for fund in SMALL["funds"]
    ]
    unsure = small(funds=funds)
    page = read(render_report(unsure, plan_of(unsure))).visible_text()
    assert "(67,25%)" in page
    assert "Peluang semuanya datang 67,18%." in page


def test_partners_that_are_certain_are_not() -> None:
    certain = small(funds=[dict(fund) | {"chance": 1} for fund in SMALL["funds"]])
    assert "seolah-olah pasti" not in read(render_report(certain, plan_of(certain))).visible_text()
