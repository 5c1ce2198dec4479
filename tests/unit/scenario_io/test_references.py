"""Names and parts that do not fit together: each is told at its line, with the nearest name and the remedy."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal, get_args

import pytest

from planner.scenario_io import read_scenario
from tests.unit.scenario_io.minimal import only, problems, write

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

FULL = """\
format: 1
scenario: {id: lengkap, fiscal_year: 2027}
periods: [TW1, TW2]
competencies:
  - {id: keu, kind: technical}
  - {id: kom, kind: managerial}
groups:
  - id: analis
    agency: BPKAD
    location: Kerinci
    level: madya
    employment: pns
    headcount: 100
    gaps: {keu: 60}
    uptake: 70%
    socialization: {raises_uptake_to: 90%, cost: 5_000_000}
  - {id: guru, agency: Dinas Pendidikan, location: Bungo, headcount: 40, gaps: {kom: 40}}
mentor_pools:
  - {id: senior, from: {level: madya}, share: 20%}
programmes:
  - id: bimtek
    closes: {keu: 0.8}
    for: {agency: [BPKAD]}
    periods: [TW1]
    class_size: {min: 10, max: 30}
    classes: {min: 1, max: 4}
    requires: [dasar]
    costs:
      - {item: Honor, account: 5.1.02.01.01.0001, per: class, quantity: 24, unit: OJ, price: 900_000}
      - {item: Jalan, per: participant, price: {by: location, Kerinci: 850_000}}
  - id: dasar
    closes: {keu: 0.5, kom: 0.5}
    mentors: {pool: senior, mentees_each: 3}
    costs:
      - {item: Modul, per: participant, price: 50_000}
funds:
  - id: apbd
    kind: own
    amount: 2_500_000_000
    releases: {TW1: 40%, TW2: 100%}
  - id: unja
    kind: partner
    amount: 600_000_000
    pays: {programmes: {id: [bimtek]}, groups: {location: Kerinci}, items: {account: 5.1.02.01.01.0001}}
    match: {with: apbd, ratio: 1}
    minimum: 100_000_000
    agreement_cost: {amount: 10_000_000}
    seats: {dasar: 40}
    seats_cover: {item: Modul}
rules:
  - name: Minimal teknis
    measure: cost
    where: {programmes: {kind: technical}, funds: {kind: own}, periods: [TW1]}
    at_least: 30%
  - {name: Paling sedikit guru, measure: participants, where: {groups: {id: guru}}, at_least: 5}
objective:
  - maximize: gaps_closed
  - {maximize: smallest_coverage, by: agency}
"""


def test_the_full_scenario_is_right(tmp_path: Path) -> None:
    assert read_scenario(write(tmp_path, FULL)).horizon == ("TW1", "TW2")


FAULTS = [
    # (old, new with the place marked §, path, words)
    # unknown names, with the nearest
    ("gaps: {kom: 40}", "gaps: {§komu: 4}", "groups[1].gaps.komu", "unknown competency: 'komu'. Did you mean 'kom'?"),
    ("closes: {keu: 0.8}", "closes: {§kue: 0.8}", "programmes[0].closes.kue", "unknown competency: 'kue'"),
    ("requires: [dasar]", "requires: [§dasr]", "programmes[0].requires[0]", "Did you mean 'dasar'?"),
    ("requires: [dasar]", "requires: §dasr", "programmes[0].requires", "unknown programme: 'dasr'"),
    ("pool: senior", "pool: §junior", "programmes[1].mentors.pool", "unknown mentor pool: 'junior'"),
    ("periods: [TW1]\n", "periods: [§TW3]\n", "programmes[0].periods[0]", "unknown period: 'TW3'"),
    ("{TW1: 40%, TW2", "{TW1: 40%, §TW9", "funds[0].releases.TW9", "unknown period: 'TW9'"),
    ("with: apbd", "with: §apdb", "funds[1].match.with", "unknown fund: 'apdb'. Did you mean 'apbd'?"),
    ("seats: {dasar: 40}", "seats: {§dasr: 40}", "funds[1].seats.dasr", "unknown programme: 'dasr'"),
    ("{id: [bimtek]}", "{id: [§bimtk]}", "funds[1].pays.programmes.id[0]", "Did you mean 'bimtek'?"),
    ("groups: {id: guru}", "groups: {id: §gru}", "rules[1].where.groups.id", "unknown group: 'gru'"),
    ("kind: technical}, f", "kind: §tecnical}, f", "rules[0].where.programmes.kind", "Did you mean 'technical'?"),
    ("funds: {kind: own}", "funds: {kind: §ours}", "rules[0].where.funds.kind", "unknown kind of fund: 'ours'"),
    ("periods: [TW1]}", "periods: [§TW0]}", "rules[0].where.periods[0]", "unknown period: 'TW0'"),
    ("{item: Modul}", "{per: §peserta}", "funds[1].seats_cover.per", "unknown basis of cost: 'peserta'"),
    (
        "{by: location, Kerinci: 850_000}",
        "{by: id, §anlis: 850_000}",
        "programmes[0].costs[1].price.anlis",
        "'analis'?",
    ),
    # selectors that select nothing
    ("for: {agency: [BPKAD]}", "for: §{agency: [BPKD]}", "programmes[0].for", "'BPKD'. Did you mean 'BPKAD'?"),
    ("groups: {location: Kerinci}", "groups: §{location: Tebo}", "funds[1].pays.groups", "picks no group"),
    (
        "items: {account: 5.1.02.01.01.0001}",
        "items: §{account: 5.1.03.01.01.0001}",
        "funds[1].pays.items",
        "picks no cost item",
    ),
    ("from: {level: madya}", "from: §{level: utama}", "mentor_pools[0].from", "Nothing has the level 'utama'."),
    ("{item: Modul}", "§{item: Modul, per: class}", "funds[1].seats_cover", "nothing has all of them"),
    ("for: {agency: [BPKAD]}", "for: §{agency: []}", "programmes[0].for", "picks no group"),
    # twins
    ("- {id: kom,", "- {id: §Keu,", "competencies[1].id", "'Keu' and 'keu' differ only"),
    ("- {id: guru,", "- {id: §' analis',", "groups[1].id", "'analis' is defined twice"),
    ("- {id: guru,", "- {id: §ana lis,", "groups[1].id", "'ana lis' and 'analis' differ only"),
    ("- id: dasar", "- id: §bimtek", "programmes[1].id", "'bimtek' is defined twice"),
    ("name: Paling sedikit guru", "name: §minimal  Teknis", "rules[1].name", "differ only"),
    ("periods: [TW1, TW2]", "periods: [TW1, TW2, §tw1]", "periods[2]", "'tw1' and 'TW1' differ only"),
    (
        "{item: Jalan, per: participant, price: {by: location, Kerinci: 850_000}}",
        "{item: §honor, account: 5.1.02.01.01.0001, per: programme, price: 5}",
        "programmes[0].costs[1].item",
        "same account",
    ),
    # circles
    ("requires: [dasar]", "requires: [dasar, §dasar2]", "programmes[0].requires[1]", "Did you mean 'dasar'?"),
    ("requires: [dasar]", "requires: [§bimtek]", "programmes[0].requires[0]", "'bimtek' requires itself"),
    ("with: apbd", "with: §unja", "funds[1].match.with", "matched with itself"),
    # minimum > maximum
    (
        "{min: 10, max: 30",
        "§{min: 40, max: 30",
        "programmes[0].class_size",
        "needs at least 40 people but takes at most 30. Lower 'min' or raise 'max'.",
    ),
    ("{min: 1, max: 4}", "§{min: 5, max: 4}", "programmes[0].classes", "at least 5 classes but may hold at most 4"),
    ("gaps: {keu: 60}", "gaps: {keu: §160}", "groups[0].gaps.keu", "160 people with a gap in 'keu' but only 100"),
    ("raises_uptake_to: 90%", "raises_uptake_to: §60%", "groups[0].socialization.raises_uptake_to", "uptake of 70%"),
    ("minimum: 100_000_000", "minimum: §700_000_000", "funds[1].minimum", "at least Rp700,000,000"),
    ("at_least: 30%", "at_least: §30%\n    at_most: 20%", "rules[0].at_least", "at least 30% and at most 20%"),
    ("at_least: 30%", "at_least: §130%", "rules[0].at_least", "between 0 and 1"),
    ("{TW1: 40%, TW2: 100%}", "{TW1: 40%, TW2: §30%}", "funds[0].releases.TW2", "30% by TW2, less than 40% by TW1"),
    # what does not go together
    ("class_size: {min: 10, max: 30}\n    classes: ", "classes: §", "programmes[0].classes", "no class_size"),
    (
        "per: class, quantity: 24, unit: OJ, price: 900",
        "per: class, quantity: 0.000001, unit: OJ, price: §900",
        "programmes[0].costs[0].price",
        "= 0.9",
    ),
    (
        "price: {by: location, Kerinci: 850_000}",
        "price: §{by: location, Bungo: 850_000}",
        "programmes[0].costs[1].price",
        "no price for the location 'Kerinci' of 'analis'",
    ),
    (
        "price: {by: location, Kerinci: 850_000}",
        "price: {by: §tags, Kerinci: 8}",
        "programmes[0].costs[1].price.by",
        "'tags' is not one of: 'id', 'agency', 'location', 'level', 'employment'",
    ),
    (
        "per: participant, price: {by",
        "per: programme, price: §{by",
        "programmes[0].costs[1].price",
        "belongs to no group",
    ),
    (
        "{name: Paling sedikit guru, measure: participants, where: {groups: {id: guru}}, at_least: 5}",
        "§{name: Paling sedikit guru, measure: participants, where: {groups: {id: guru}}}",
        "rules[1]",
        "has no bound",
    ),
    (
        "measure: participants, where: {groups: {id: guru}}",
        "measure: classes, where: {§groups: {id: guru}}",
        "rules[1].where.groups",
        "For classes one may select: programmes, periods, years.",
    ),
    (
        "  - maximize: gaps_closed",
        "  - §{maximize: gaps_closed, minimize: own_cost}",
        "objective[0]",
        "exactly one of",
    ),
    ("  - maximize: gaps_closed", "  - §{}", "objective[0]", "exactly one of"),
    ("{maximize: smallest_coverage, by: agency}", "§{maximize: smallest_coverage}", "objective[1]", "needs 'by'"),
    (
        "{maximize: smallest_coverage, by: agency}",
        "{minimize: own_cost, §by: agency}",
        "objective[1].by",
        "belongs to smallest_coverage",
    ),
    ("{maximize: smallest_coverage, by: agency}", "§maximize: gaps_closed", "objective[1]", "is defined twice"),
    ("id: lengkap", "id: §con", "scenario.id", "cannot name a folder"),
    ("id: lengkap", "id: §../x", "scenario.id", "lower-case letters"),
    ("periods: [TW1]\n", "periods: §[]\n", "programmes[0].periods", "lists no period in which it may start"),
    ("periods: [TW1]}", "periods: §[]}", "rules[0].where.periods", "measures no period"),
]


@pytest.mark.parametrize(
    ("old", "new", "path", "words"), FAULTS, ids=[f"{fault[2]} {fault[3][:30]}" for fault in FAULTS]
)
def test_a_fault_is_told_where_it_stands(tmp_path: Path, old: str, new: str, path: str, words: str) -> None:
    assert FULL.count(old) == 1, old
    marked = FULL.replace(old, new)
    before = marked[: marked.index("§")].split("\n")
    found = problems(write(tmp_path, marked.replace("§", "")))
    told = [str(problem) for problem in found if (problem.line, problem.column) == (len(before), len(before[-1]) + 1)]

    assert [text for text in told if f": {path}: " in text and words in text], "\n".join(map(str, found))
    assert len(found) <= 4, "\n".join(map(str, found))


def test_programmes_that_require_one_another_in_a_circle_show_the_loop(tmp_path: Path) -> None:
    problem = only(write(tmp_path, FULL.replace("    mentors:", "    requires: [bimtek]\n    mentors:")))

    assert (problem.line, problem.column, problem.path) == (27, 15, "programmes[0].requires")
    assert "bimtek -> dasar -> bimtek" in problem.message


def test_a_circle_is_told_also_where_a_record_cannot_be_read(tmp_path: Path) -> None:
    text = FULL.replace("    mentors:", "    requires: [bimtek]\n    mentors:")
    found = problems(write(tmp_path, text.replace("headcount: 100", "headcount: seratus")))

    assert [(problem.line, problem.path) for problem in found] == [
        (13, "groups[0].headcount"),
        (27, "programmes[0].requires"),
    ]


def test_a_price_by_location_needs_the_location_of_each_eligible_group(tmp_path: Path) -> None:
    text = FULL.replace("    location: Kerinci\n", "").replace(", groups: {location: Kerinci}", "")
    problem = only(write(tmp_path, text))

    assert (problem.line, problem.column, problem.path) == (29, 48, "programmes[0].costs[1].price")
    assert "no price for 'analis', which have no location" in problem.message


def test_own_funds_are_needed_where_only_they_may_pay(tmp_path: Path) -> None:
    found = problems(
        write(tmp_path, FULL.replace("kind: own\n", "kind: partner\n").replace("{kind: own}", "{id: apbd}"))
    )

    assert [(problem.line, problem.path) for problem in found] == [
        (16, "groups[0].socialization.cost"),
        (47, "funds[1].agreement_cost"),
    ]


@pytest.mark.parametrize("form", get_args(Form))
def test_names_that_differ_only_in_their_form_of_letters_are_twins(tmp_path: Path, form: Form) -> None:
    first = "Dinas Kesehatan Café \ufb01"
    second = unicodedata.normalize(form, "dinas kesehatan café \ufb01")
    text = FULL.replace("- id: analis", f"- id: {first}").replace("- {id: guru,", f"- {{id: {second},")
    path = write(
        tmp_path, text.replace("groups: {id: guru}", "groups: {id: []}").replace("{id: []}", "{agency: BPKAD}")
    )
    problem = only(path)

    assert (problem.line, problem.column) == (17, 10)
    assert f"The other is at {path}:8:9." in problem.remedy


def test_equal_names_in_two_forms_are_one_name(tmp_path: Path) -> None:
    text = FULL.replace("{id: kom,", "{id: Café,").replace(
        "{kom: 40}", f"{{{unicodedata.normalize('NFD', 'Café')}: 40}}"
    )
    scenario = read_scenario(write(tmp_path, text.replace("kom: 0.5", "Café: 0.5")))

    assert scenario.group["guru"].gaps == {"Café": 40}


def test_references_are_checked_even_where_records_are_broken(tmp_path: Path) -> None:
    text = FULL.replace("headcount: 100", "headcount: seratus").replace("gaps: {keu: 60}", "gaps: {kue: 60}")
    text = text.replace("kind: own\n", "kind: ours\n").replace("with: apbd", "with: apdb")
    found = problems(write(tmp_path, text))

    assert [(problem.line, problem.path) for problem in found] == [
        (13, "groups[0].headcount"),
        (14, "groups[0].gaps.kue"),
        (38, "funds[0].kind"),
        (45, "funds[1].match.with"),
    ]


def test_names_of_a_list_that_cannot_be_read_are_not_missed(tmp_path: Path) -> None:
    text = FULL.replace("  - {id: keu, kind: technical}\n", "  - {id: no, kind: technical}\n")

    assert [problem.line for problem in problems(write(tmp_path, text))] == [5]


def test_a_missing_list_is_told_once(tmp_path: Path) -> None:
    text = FULL[: FULL.index("competencies:")] + FULL[FULL.index("groups:") :]

    assert [problem.path for problem in problems(write(tmp_path, text))] == ["competencies"]
