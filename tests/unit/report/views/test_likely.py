"""What is certain is not said as a range."""

from __future__ import annotations

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import adopt
from planner.report.material import Material
from planner.report.terminal import summary_rows
from planner.report.views.basis import basis
from planner.report.views.heading import Heading
from planner.report.views.likely import expected_in_words, likely_in_short
from planner.report.views.summary import summary
from planner.report.wording.formats import Formats
from tests.scenarios.hand import scenario


def test_a_range_without_width_is_not_called_a_range() -> None:
    """One programme that closes for certain: no range, and no share between 100% and 100%."""
    read = Scenario.model_validate(scenario())
    with speaking("id"):
        material = Material(read, adopt(read, Decisions({("a", "bimtek", "TW1"): 3})), Formats("id"))
        assert expected_in_words(material, "3", "30%") == (
            "3 dari 10 kesenjangan kompetensi tertutup (30%): menurut skenario, pelatihannya menutup setiap kesenjangan"
            " itu."
        )
        assert not any("antara 100%" in sentence for sentence in basis(material, Heading("a", 1, "")).method)


def test_gaps_closed_have_one_name_whatever_the_programmes_close() -> None:
    for share in (1, 0.5):
        data = scenario()
        data["programmes"][0]["closes"] = {"keu": share}
        read = Scenario.model_validate(data)
        plan = adopt(read, Decisions({("a", "bimtek", "TW1"): 4}))
        for language, word in (("en", "expected"), ("id", "perkiraan")):
            with speaking(language):
                page = summary(Material(read, plan, Formats(language)), Heading("a", 1, ""))
                told = [summary_rows(read, plan)[1][0], page.tiles[0].label, page.sentences[0]]
            assert all(word in words for words in told)


def test_what_was_measured_is_not_said_to_be_closed_for_certain() -> None:
    row = {"programme": "bimtek", "period": "TW1", "group": "a", "participants": 4, "closed": {"keu": 2}}
    read = Scenario.model_validate(scenario() | {"actuals": {"through": "TW1", "attended": [row]}})
    with speaking("id"):
        material = Material(read, adopt(read, Decisions({("a", "bimtek", "TW1"): 4})), Formats("id"))
        assert likely_in_short(material) == "tanpa rentang: semuanya sudah diukur"
        assert "semuanya sudah diukur" in expected_in_words(material, "2", "20%")
