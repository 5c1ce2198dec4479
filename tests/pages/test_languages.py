"""An Indonesian report has no English in it, and an English one no Indonesian."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.claim import Claim
from planner.plans.comparison import compare
from planner.plans.plan import Status
from planner.report import comparison_table, render_comparison, render_report, summary_table
from tests.builders import SMALL, plan, scenario
from tests.contract import catalog
from tests.pages.comparisons import HALF, small_comparison
from tests.pages.markup import read

IN_ENGLISH = {
    "Rencana Bangkom Contoh TA 2027": "Sample plan 2027",
    "BPSDM Provinsi Jambi": "Jambi Training Agency",
    "Rencana kecil untuk menguji laporan.": "A small plan to test reports.",
    "Data ilustratif untuk pengujian.": "Illustrative data.",
    "Harga satuan bersifat ilustratif.": "Unit prices are illustrative.",
    "Pedoman penyusunan APBD TA 2019": "Budget guideline 2019",
    "PP 11/2017 pasal 203 ayat (4)": "Regulation 11/2017 article 203",
    "Pengelolaan keuangan daerah": "Public finance",
    "Komunikasi": "Communication",
    "Perekat bangsa": "Cohesion",
    "Analis keuangan BPKAD": "Finance analysts",
    "BPKAD": "Treasury",
    "Perencana Dinas Kesehatan Kerinci": "Health planners",
    "Dinas Kesehatan": "Health Office",
    "fungsional": "expert",
    "Bimtek pengelolaan keuangan daerah": "Finance workshop",
    "Pelatihan komunikasi efektif": "Communication course",
    "Honorarium narasumber": "Fees",
    "Konsumsi": "Meals",
    "Perjalanan dinas": "Travel",
    "Penyusunan kurikulum": "Curriculum",
    "Lisensi": "Licence",
    "APBD Provinsi Jambi": "Provincial budget",
    "Universitas Jambi": "Jambi University",
    "Kursi gratis Komdigi": "Ministry seats",
    "Sedikitnya 30% biaya untuk kompetensi teknis": "30% for technical skills",
    "Kerinci sedikitnya 40 peserta": "Forty from Kerinci",
    "Kota Jambi": "Jambi City",
}
ENGLISH = re.compile(
    r"\b(the|of|and|are|is|not|for|with|by|to|from|in|at|most|least|plan|plans|fund|funds|gap|gaps|closed|needed|left|"
    r"open|class|classes|participants?|programmes?|groups?|agency|agencies|costs?|paid|pays|spent|rule|rules|goal|"
    r"held|missed|holds|met|share|total|amount|people|person|period|page|proven|best|found|seats|free|each|which|that|"
    r"added|removed|changed|base|input|inputs|rows?|part)\b",
    re.IGNORECASE,
)
INDONESIAN = re.compile(
    r"\b(yang|dan|dari|untuk|dengan|tidak|pada|ini|itu|atau|oleh|dalam|adalah|kesenjangan|biaya|peserta|angkatan|kelompok|"
    r"sumber|dana|aturan|sasaran|rencana|jumlah|kursi|tertutup|terbuka|kebutuhan|perangkat|daerah|halaman|terpenuhi|"
    r"terpakai|sisa|pagu|orang|periode|masukan|dasar|terbukti|terbaik|sebab|belum|juta|miliar|baris|bagian)\b",
    re.IGNORECASE,
)
KEYS = re.compile(r"\bfunds\.[\w.-]+")
"""Paths of inputs, which are written in the words of the scenario format in every language."""


def english_scenario() -> Scenario:
    """The small scenario with English names, in English."""
    text = json.dumps(SMALL)
    for indonesian, english in sorted(IN_ENGLISH.items(), key=lambda entry: -len(entry[0])):
        text = text.replace(json.dumps(indonesian)[1:-1], json.dumps(english)[1:-1])
    plain = json.loads(text)
    plain["scenario"]["language"] = "en"
    return Scenario.model_validate(plain)


@pytest.fixture(params=["proven", "found", "gaps first alone"])
def changes(request: pytest.FixtureRequest) -> dict[str, Any]:
    cases: dict[str, dict[str, Any]] = {
        "proven": {},
        "found": {"status": Status.FEASIBLE, "claim": Claim.CLAIMED, "bound": 130.0, "relative_gap": 0.12},
        "gaps first alone": {"status": Status.FEASIBLE, "claim": Claim.CLAIMED},
        "agreed": {"claim": Claim.AGREED},
    }
    return cases[request.param]


def test_an_indonesian_report_has_no_english_word(changes: dict[str, Any]) -> None:
    text = read(render_report(scenario(), plan(**changes), ["Dana tidak dapat dipakai."])).visible_text()
    assert sorted(set(ENGLISH.findall(text))) == []


def test_an_english_report_has_no_indonesian_word(changes: dict[str, Any]) -> None:
    built = english_scenario()
    page = read(render_report(built, plan(built, **changes), ["A fund is of no use."]))
    assert page.one("html").attributes["lang"] == "en"
    assert sorted(set(INDONESIAN.findall(page.visible_text()))) == []


def test_comparisons_keep_to_one_language() -> None:
    text = KEYS.sub("", read(render_comparison(small_comparison())).visible_text())
    assert sorted(set(ENGLISH.findall(text))) == []
    built = english_scenario()
    other = Scenario.model_validate(
        {**built.to_plain(), "scenario": {**built.to_plain()["scenario"], "id": "b", "name": "Other"}, "rules": []}
    )
    text = read(render_comparison(compare([(built, plan(built)), (other, plan(other, HALF))]))).visible_text()
    assert sorted(set(INDONESIAN.findall(text))) == []


def test_terminal_tables_speak_the_language_in_force() -> None:
    with speaking("id"):
        rows = [*summary_table(scenario(), plan()), *comparison_table(small_comparison())]
        text = KEYS.sub("", " ".join(" ".join(row) for row in rows))
        assert sorted(set(ENGLISH.findall(text))) == []
    with speaking("en"):
        built = english_scenario()
        assert (
            sorted(set(INDONESIAN.findall(" ".join(" ".join(row) for row in summary_table(built, plan(built)))))) == []
        )


def test_the_language_may_be_chosen_against_the_scenario() -> None:
    page = read(render_report(scenario(), plan(), language="en", made_on=date(2027, 8, 17)))
    assert page.one("html").attributes["lang"] == "en"
    assert "Budget: where the money goes" in page.visible_text()
    assert "17 August 2027" in render_report(
        scenario(), plan(), language="en", made_on=__import__("datetime").date(2027, 8, 17)
    )


def test_every_message_of_reports_has_its_indonesian() -> None:
    known = catalog.compiled("planner")
    said = catalog.messages_of_planner()
    missing = [key for key, place in said.items() if place.startswith(("report/", "plan/")) and not known.get(key)]
    assert missing == []
