"""Answers about partners as a planner and a partner read them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.analysis.dropout.expected import DropOut, drop_out
from planner.analysis.partners.contributions import GapChange, OwnMoney, Partners, partners
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.report import answer_texts, render_answers
from planner.report.material import Material
from planner.report.views.answers.partner_page import _elsewhere_in_all, partner_page
from planner.report.views.section import Block
from planner.report.wording.formats import NOTHING, Formats
from tests.pages.markup import Element, read
from tests.scenarios.builders import scenario as small
from tests.scenarios.hostile import HOSTILE, with_text_everywhere
from tests.scenarios.languages import ENGLISH, INDONESIAN, english_scenario
from tests.unit.analysis.partner_scenarios import stage, training
from tests.unit.analysis.plans import inquiry


def both(asked: Inquiry) -> list[object]:
    return [partners(asked), drop_out(asked)]


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    return inquiry(small())


@pytest.fixture(scope="module")
def answered(asked: Inquiry) -> list[object]:
    return both(asked)


@pytest.fixture(scope="module")
def page(asked: Inquiry, answered: list[object]) -> Element:
    return read(render_answers(asked.scenario, asked.plan, answered))


def table(page: Element, id: str) -> list[list[str]]:
    return page.one("table", id=id).rows()


def said(asked: Inquiry, answer: object) -> str:
    with speaking("id"):
        ((_title, sentences, _tables),) = answer_texts(asked.scenario, asked.plan, [answer])
    return " ".join(sentences)


def of_partner(asked: Inquiry, answer: Partners, number: int) -> tuple[Block, ...]:
    with speaking("id"):
        material = Material(asked.scenario, asked.plan, Formats("id"))
        return partner_page(material, answer, answer.contributions[number], number + 1)


def words(blocks: tuple[Block, ...]) -> str:
    return " ".join(map(words_of, blocks))


def words_of(block: Block) -> str:
    rows = [" ".join(row.cells) for each in block.tables for row in (*each.rows, *([each.total] if each.total else []))]
    return " ".join((block.title, *block.sentences, *rows, *block.notes, *(each.note for each in block.tables)))


def test_pages_in_indonesian_have_no_english_word(page: Element) -> None:
    assert sorted(set(ENGLISH.findall(page.visible_text()))) == []


def test_pages_in_english_have_no_indonesian_word(asked: Inquiry, answered: list[object]) -> None:
    """The same plans of the scenario with English names."""
    page = read(render_answers(english_scenario(), asked.plan, answered))
    assert page.one("html").attributes["lang"] == "en"
    assert sorted(set(INDONESIAN.findall(page.visible_text()))) == []


def test_shares_on_the_page_add_up_to_what_all_add_together() -> None:
    asked = inquiry(Scenario.model_validate(training()))
    page = read(render_answers(asked.scenario, asked.plan, [partners(asked)]))
    assert table(page, "table-partner-shares")[1:] == [
        ["satu", "5,00", "50,0%"],
        ["dua", "5,00", "50,0%"],
        ["Jumlah", "10,00", "100%"],
    ]
    assert [row[:3] for row in table(page, "table-partners-without")[1:]] == [
        ["satu", "10", "5"],
        ["dua", "10", "5"],
        ["Dengan semua mitra", "15", NOTHING],
    ]
    assert [row[-1] for row in table(page, "table-partners-money")[1:]] == ["10*", "10*"]
    assert [row[0] for row in table(page, "table-partner-combinations")[1:]] == [
        "semua ikut",
        "satu",
        "dua",
        "satu; dua",
    ]


def test_each_partner_has_a_page_of_its_own(page: Element, answered: list[object]) -> None:
    answer = answered[0]
    assert isinstance(answer, Partners)
    titles = [block.one("h3").text for block in page.all("div", class_="block apart")]
    assert titles == ["Untuk Universitas Jambi", "Untuk Kursi gratis Komdigi"]


def test_the_page_of_a_partner_says_what_it_makes_possible_in_its_words() -> None:
    asked = inquiry(Scenario.model_validate(training()))
    text = words(of_partner(asked, partners(asked), 0))
    assert "Anda menawarkan Rp10; rencana memakai Rp10 di antaranya." in text
    assert "dukungan Anda setara dengan pelatihan 5 peserta dalam 1 angkatan, dari 1 kelompok." in text
    assert "Dengan Anda rencana ini menutup perkiraan 15 dari 20 kesenjangan kompetensi; tanpa Anda" in text
    assert "menjadi 10: berkurang 5." in text
    assert "instansi memerlukan dana sendiri Rp10 lebih banyak daripada yang dibayarnya sekarang;" in text
    assert "Rp10 di antaranya tidak tersedia." in text
    assert "bagian Anda 50,0%" in text


def test_money_needed_is_told_from_money_that_own_funds_do_not_have() -> None:
    """Of 15 the plan pays 10; without the partner the same gaps need 20: 10 more, of which 5 are left."""
    plain = training()
    plain["funds"] = [{**fund, "amount": 15} if fund["kind"] == "own" else fund for fund in plain["funds"]]
    asked = inquiry(Scenario.model_validate(plain))
    answer = partners(asked)
    paid, own = asked.plan.own_cost, answer.contributions[0].own_money
    assert own is not None
    assert (own.beyond, paid + own.freed > 15) == (True, True)
    text = words(of_partner(asked, answer, 0))
    assert f"Rp{own.freed} lebih banyak daripada yang dibayarnya sekarang" in text
    assert f"Rp{paid + own.freed - 15} di antaranya tidak tersedia" in text
    assert "bertanda *" in said(asked, answer)


@pytest.mark.parametrize(("freed", "shown"), [(0, f"{NOTHING}†"), (7, "7†")])
def test_own_money_for_nearly_as_many_gaps_is_told_as_that(freed: int, shown: str) -> None:
    """A bare 0 beside fewer gaps would say that as many are closed for nothing."""
    asked = inquiry(Scenario.model_validate(training()))
    answer = partners(asked)
    first = replace(answer.contributions[0], own_money=OwnMoney(freed, beyond=False))
    nearly = replace(answer, contributions=(first, *answer.contributions[1:]))
    page = read(render_answers(asked.scenario, asked.plan, [nearly]))
    assert [row[-1] for row in table(page, "table-partners-money")[1:]] == [shown, "10*"]
    assert "bertanda †" in said(asked, nearly)
    assert "bertanda †" not in said(asked, answer)
    assert "Untuk menutup hampir sebanyak itu tanpa Anda" in words(of_partner(asked, nearly, 0))


def test_what_changes_where_the_partner_does_not_pay_stands_under_a_heading_of_its_own() -> None:
    """The partner pays for the first group; by its money own funds are free for the second, which alone changes."""
    both = ("pertama", "kedua")
    full = {"class_size": {"min": 5, "max": 5}, "costs": [{"item": "Kelas", "per": "class", "price": 10}]}
    plain = training(
        groups=[{"id": g, "headcount": 5, "gaps": {"a": 5}, "weight": w} for g, w in zip(both, (2, 1), strict=True)],
        programmes=[{"id": f"untuk-{g}", "closes": {"a": 1}, "for": {"id": g}, **full} for g in ("pertama", "kedua")],
        funds=[
            {"id": "apbd", "kind": "own", "amount": 10},
            {"id": "satu", "kind": "partner", "amount": 10, "pays": {"programmes": {"id": "untuk-pertama"}}},
        ],
    )
    asked = inquiry(Scenario.model_validate(plain))
    first, paid, lost, elsewhere = of_partner(asked, partners(asked), 0)
    assert first.apart
    assert paid.title == "Yang dibiayai dukungan Anda"
    assert "pertama" in words_of(paid)
    assert "kedua" not in words_of(paid)
    assert "berkurang 5" in words_of(lost)
    assert "kedua" not in words_of(lost)
    assert elsewhere.title == "Yang berpindah tempat, di luar itu"
    assert "kedua" in words_of(elsewhere)
    assert "seluruhnya berkurang perkiraan 5" in words_of(elsewhere)
    answer = partners(asked)
    change = next(each for each in answer.contributions[0].changes if each.group == "kedua")
    more = replace(change, closed_with=change.closed_without - 3)
    noise = replace(change, closed_with=change.closed_without + Fraction(1, 10**12))

    def apart(*changes: GapChange) -> str:
        changed = replace(answer, contributions=(replace(answer.contributions[0], changes=changes),))
        return words_of(of_partner(asked, changed, 0)[-1])

    assert "seluruhnya bertambah perkiraan 3" in apart(more), "never fewer by less than none"
    assert "kedua" not in apart(noise), "plans that are read from files differ by the last digit of a float"


def test_the_page_of_a_partner_keeps_silent_about_others_and_about_its_chance() -> None:
    """What others pay, who they are, and how likely the planner thinks that this partner comes."""
    funds = [
        {"id": "apbd", "name": "Kas Daerah", "kind": "own", "amount": 10},
        {"id": "satu", "name": "Universitas", "kind": "partner", "amount": 10, "match": {"with": "dua", "ratio": 2},
         "chance": "37%"},
        {"id": "dua", "name": "Perkebunan", "kind": "partner", "amount": 17, "chance": "41%"},
    ]  # fmt: skip
    asked = inquiry(Scenario.model_validate(training(funds=funds)))
    blocks = of_partner(asked, partners(asked), 0)
    text = words(blocks)
    assert [block.apart for block in blocks] == [True, *([False] * (len(blocks) - 1))]
    assert "Universitas" in text
    assert "paling banyak 2 kali yang dibayar mitra lain" in text
    for secret in ("Perkebunan", "37%", "41%", "Rp17"):
        assert secret not in text


def test_conditions_are_listed_with_how_the_plan_keeps_them(page: Element) -> None:
    rows = {row[0]: row[1] for row in table(page, "table-partner-conditions-1")[1:]}
    assert any(condition.startswith("Membiayai paling banyak 50%") for condition in rows)
    assert all(stands for stands in rows.values())
    assert not any("80%" in condition for condition in rows)


def test_groups_that_the_partner_does_not_pay_for_gain_or_lose_without_it_in_plain_numbers() -> None:
    """A number never carries a sign that turns the words beside it round."""
    formats = Formats("en")
    with speaking("en"):
        said = [_elsewhere_in_all(formats, Fraction(number, 100)) for number in (250, -7, 0)]
    assert "an expected 2.5 fewer gaps would be closed there, fewer in some groups and more in others" in said[0]
    assert "an expected 0.07 more gaps would be closed there, more in some groups and fewer in others" in said[1]
    assert "as many gaps would be closed there" in said[2]


def test_more_gaps_when_partners_stay_away_are_not_told_as_fewer() -> None:
    """With weights a case may close more gaps than the plan that counts on all."""
    asked = inquiry(Scenario.model_validate(stage()))
    answer = drop_out(asked)
    with speaking("en"):
        ((_title, usual, _tables),) = answer_texts(asked.scenario, asked.plan, [answer])
        fewer = replace(answer, plan=replace(answer.plan, gaps_closed=Fraction(0)))
        ((_title, odd, _tables),) = answer_texts(asked.scenario, asked.plan, [fewer])
    assert "5 closed gaps are to be expected, 5 fewer than if all come." in " ".join(usual)
    assert "5 closed gaps are to be expected, 5 more than if all come, because weights and goals" in " ".join(odd)


def test_what_the_plan_that_loses_least_closes_if_all_come_is_told_as_in_the_table_of_cases() -> None:
    """Its participants are chosen again in each case: the plan that its classes were found with may close less."""
    asked = inquiry(Scenario.model_validate(stage()))
    answer = drop_out(asked)
    found = replace(answer.base, plan=replace(answer.plan, gaps_closed=Fraction(1)))
    page = read(render_answers(asked.scenario, asked.plan, [replace(answer, robust=found)]))
    (of_all,) = (row[-1] for row in table(page, "table-dropout-cases")[1:] if row[0] == "semua ikut")
    assert of_all != "1"
    assert f"rencana yang paling sedikit kehilangan menutup perkiraan {of_all} kesenjangan." in page.visible_text()


def test_a_partner_without_whom_rules_cannot_be_kept_is_told_so() -> None:
    rules = [{"name": "Wajib", "measure": "classes", "at_least": 3}]
    asked = inquiry(Scenario.model_validate(training(rules=rules)))
    answer = partners(asked)
    assert "Untuk 3 gabungan mitra tidak ada rencana yang dapat mematuhi aturan" in said(asked, answer)
    assert "Tanpa Anda tidak ada rencana yang dapat mematuhi aturan" in words(of_partner(asked, answer, 0))


def test_no_partners_is_said_in_a_sentence() -> None:
    asked = inquiry(Scenario.model_validate(training(funds=[{"id": "apbd", "kind": "own", "amount": 10}])))
    for answer in both(asked):
        assert said(asked, answer) == "Skenario ini tidak mempunyai mitra: semua dananya dana sendiri."
    funds = [{"id": "apbd", "kind": "own", "amount": 10}, {"id": "kosong", "kind": "partner", "amount": 0}]
    asked = inquiry(Scenario.model_validate(training(funds=funds)))
    for answer in both(asked):
        assert "kosong" in said(asked, answer)


def test_certain_partners_leave_nothing_to_weigh() -> None:
    asked = inquiry(Scenario.model_validate(training()))
    assert said(asked, drop_out(asked)).startswith("Setiap mitra pasti datang: satu; dua.")


def test_what_to_commit_is_in_a_table() -> None:
    asked = inquiry(Scenario.model_validate(stage()))
    page = read(render_answers(asked.scenario, asked.plan, [drop_out(asked)]))
    assert table(page, "table-dropout")[1:] == [
        ["Semua direncanakan ulang", "8,00", "6,00", "6,00"],
        ["Rencana ini ditetapkan", "5,00", "0,00", "0,00"],
        ["Rencana yang paling sedikit kehilangan", "6,00", "6,00", "6,00"],
    ]
    assert table(page, "table-dropout-commitments")[1:] == [["besar", "2027", "1", "0"], ["kecil", "2027", "0", "1"]]
    assert table(page, "table-dropout-cancelled")[1:] == [["mitra", "besar", "2027", "1", "1"]]
    assert [row[2:] for row in table(page, "table-dropout-cases")[1:]] == [["10", "10", "6"], ["6", "0", "6"]]
    assert "Terbukti: tidak ada pilihan angkatan lain yang lebih baik." in page.visible_text()


def test_a_bound_that_is_not_reached_is_said() -> None:
    asked = inquiry(Scenario.model_validate(stage()))
    answer = drop_out(asked)
    assert "paling banyak 1,5 lagi" in said(asked, replace(answer, upper_bound=Fraction(15, 2)))
    assert "Terbukti" not in said(asked, replace(answer, upper_bound=None))


def test_a_case_in_which_rules_cannot_be_kept_is_said() -> None:
    rules = [{"name": "Wajib", "measure": "classes", "where": {"programmes": {"id": "besar"}}, "at_least": 1}]
    asked = inquiry(Scenario.model_validate(stage(rules=rules)))
    answer = drop_out(asked)
    assert "Dengan peluang 50,0% aturan tidak dapat dipatuhi" in said(asked, answer)
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    assert table(page, "table-dropout-cases")[2][2:] == ["aturan tidak dapat dipatuhi"] * 2


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_hostile_text_is_inert(text: str, asked: Inquiry, answered: list[object], page: Element) -> None:
    """The same plans of a scenario in which every name is hostile."""
    hostile = read(render_answers(with_text_everywhere(text), asked.plan, answered))
    assert " ".join(text.split()) in hostile.visible_text()
    assert {e.tag for e in hostile} == {e.tag for e in page}
    assert not [name for e in hostile for name in e.attributes if name.startswith("on")]
    assert len(hostile.all("table")) == len(page.all("table"))


def test_what_is_as_much_as_before_is_not_told_as_another_number(answered: list[object], asked: Inquiry) -> None:
    """Planning anew that brings no more is not "x instead of x", and no loss is not "0 fewer"."""
    answer = next(each for each in answered if isinstance(each, DropOut))
    words = said(asked, replace(answer, replanned=answer.base))
    assert "yang dapat diharapkan tidak lebih banyak: " in words
    even = replace(answer, plan=replace(answer.plan, gaps_closed=answer.base.gaps.expected))
    assert "kesenjangan tertutup, sebanyak jika semua datang." in said(asked, even)
