"""The legal basis that terms of reference name by themselves: what was read in a source, said in our own words.

Every sentence has the source in which it was read; docs/word.md lists both. Laws change: the document says until when
they were looked up, and the agency's own sentences may replace them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from planner.domain.scenario import Scenario
from planner.locale import N_, _

LOOKED_UP: Final = N_("Legal basis looked up until November 2026; check what has changed since.")


@dataclass(frozen=True, slots=True)
class Law:
    """One legal basis."""

    sentence: str
    """What it says, as printed."""
    source: str
    """Where that was read."""
    year: int
    """When it was made or, as it is cited, amended."""
    of: Literal["all", "pns", "pppk"] = "all"
    """Whom it is about."""


LAWS: Final = (
    Law(
        N_("Law 20/2023 on the state civil apparatus, article 49: every ASN must develop competence continuously."),
        "LAN, paparan 3 September 2024 (scribd.com/document/789257541)",
        2023,
    ),
    Law(
        N_(
            "Government Regulation 11/2017 on civil servants as amended by 17/2020, article 203(4): at least 20 JP of"
            " competency development a year for each PNS."
        ),
        "github.com/mfasza/S20JP; bkd.trenggalekkab.go.id/2019/02/21/bagaimana-potensi-pns-dikembangkan",
        2020,
        "pns",
    ),
    Law(
        N_(
            "Government Regulation 11/2017, articles 205 to 207: a plan of one year, made from the analysis of"
            " competency and performance gaps and paid from the agency's annual work plan and budget."
        ),
        "dirbkpsdm.parigimoutongkab.go.id (kebutuhan dan rencana pengembangan kompetensi)",
        2017,
        "pns",
    ),
    Law(
        N_("Government Regulation 49/2018, article 40(1): at most 24 JP a year for each PPPK."),
        "PP 49/2018 Pasal 40 ayat (1)",
        2018,
        "pppk",
    ),
    Law(
        N_("LAN Regulation 10/2018: needs, plan, implementation and evaluation of competency development of PNS."),
        "bkd.trenggalekkab.go.id/2019/02/21/bagaimana-potensi-pns-dikembangkan",
        2018,
        "pns",
    ),
    Law(
        N_("LAN Regulation 15/2020: competency development of PPPK."),
        "kerjapns.com/2023/03/peraturan-lan-no-15-tahun-2020-tentang-pengembangan-kompetensi-pppk.html",
        2020,
        "pppk",
    ),
    Law(N_("LAN Regulation 6/2023: the ASN Corporate University."), "Peraturan LAN 6/2023", 2023),
    Law(
        N_("PANRB Ministerial Regulation 38/2017: the competency standards of ASN posts."),
        "slideshare.net/punyasiapa/permenpan-nomor-38-tahun-2023-17pdf",
        2017,
    ),
    Law(
        N_(
            "Government Regulation 12/2019, article 51: regional spending follows regional unit prices, standard"
            " spending analysis or technical standards."
        ),
        "Peraturan Bupati Sumedang 124/2020 (123dok.com)",
        2019,
    ),
    Law(
        N_(
            "Presidential Regulation 72/2025 on regional unit prices: in planning a price is a ceiling that may not be"
            " exceeded."
        ),
        "inforegulasi.com/2025/08/perpres-nomor-72-tahun-2025-tentang.html",
        2025,
    ),
)


PRESUMED: Final = N_("Groups that are not said to be PNS or PPPK count as PNS here; strike what does not hold.")


def presumes_pns(scenario: Scenario) -> bool:
    """Return whether laws for PNS stand in the document only because groups do not say what they are."""
    kinds = {group.employment for group in scenario.groups}
    return None in kinds and "pns" not in kinds


def laws(scenario: Scenario) -> Iterator[str]:
    """Yield what concerns those whom the scenario trains, and what there was in its year; groups that do not say what
    they are count as PNS, which the document says."""
    kinds = {group.employment for group in scenario.groups}
    planned = scenario.scenario.fiscal_year
    for law in LAWS:
        if planned is not None and law.year > planned:
            continue
        if law.of == "all" or law.of in kinds or (law.of == "pns" and None in kinds):
            yield _(law.sentence)
    for year, floor in scenario.floors.items():
        if floor.citation:
            yield _("Least share of regional spending for competency development, {year}: {citation}").format(
                year=year, citation=floor.citation
            )
