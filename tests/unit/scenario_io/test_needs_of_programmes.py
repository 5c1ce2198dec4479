"""Errors and warnings about resources and what programmes use of them, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.scenario_io import read_scenario
from tests.unit.scenario_io.minimal import write

FULL = """
format: 1
scenario: {id: s, fiscal_year: 2027}
periods: [TW1, TW2]
competencies:
  - {id: keu, kind: technical}
groups:
  - {id: analis, headcount: 40, gaps: {keu: 30}}
resources:
  - {id: asrama, unit: orang-malam, amount: {TW1: 300, TW2: 120}}
  - {id: wi, name: Widyaiswara, amount: 900}
programmes:
  - id: bimtek
    closes: {keu: 80%}
    class_size: {max: 30}
    uses: {asrama: {per: participant, amount: 3}, wi: {per: class, each_period: 24}}
  - {id: dasar, closes: {keu: 10%}}
  - id: mandiri
    closes: {keu: 50%}
    requires: [dasar, {any: [dasar, bimtek]}]
    uses: {wi: {per: programme, amount: 10}}
choices:
  together: [[bimtek, mandiri]]
  only_if: {mandiri: bimtek}
funds:
  - {id: apbd, kind: own, amount: 2_500_000_000}
"""

FAULTS = [
    # (old, new with the place marked §, path, words)
    ("{TW1: 300", "{§TW9: 300", "resources[0].amount.TW9", "unknown period: 'TW9'"),
    (
        "uses: {asrama:",
        "uses: {§asram:",
        "programmes[0].uses.asram",
        "unknown resource: 'asram'. Did you mean 'asrama'?",
    ),
    ("amount: 900}", "amount: 900}\n  - {id: §Asrama, amount: 1}", "resources[2].id", "differ only"),
    ("amount: 900", "amount: §banyak", "resources[1].amount", "'banyak'"),
    ("TW2: 120", "TW2: §-1", "resources[0].amount.TW2", "-1"),
    (
        "{per: participant, amount: 3}",
        "{per: §peserta, amount: 3}",
        "programmes[0].uses.asrama.per",
        "'participant', 'class'",
    ),
    ("{per: participant, amount: 3}", "§{per: participant}", "programmes[0].uses.asrama", "both or neither of amount"),
    ("each_period: 24", "each_period: 24, amount: 1", "programmes[0].uses.wi", "both or neither of amount"),
    ("{per: programme, amount: 10}", "{per: §class, amount: 10}", "programmes[2].uses.wi.per", "no class_size"),
    ("[[bimtek, mandiri]]", "[[bimtek, §mandri]]", "choices.together[0][1]", "unknown programme: 'mandri'"),
    ("[[bimtek, mandiri]]", "[§[bimtek]]", "choices.together[0]", "such as together: [[a, b]]"),
    ("{mandiri: bimtek}", "{§mandri: bimtek}", "choices.only_if.mandri", "unknown programme: 'mandri'"),
    ("{mandiri: bimtek}", "{mandiri: §bimtk}", "choices.only_if.mandiri", "unknown programme: 'bimtk'"),
    ("{mandiri: bimtek}", "{mandiri: §mandiri}", "choices.only_if.mandiri", "only if it runs itself"),
    ("[dasar, bimtek]", "[dasar, §bimtk]", "programmes[2].requires[1].any[1]", "unknown programme: 'bimtk'"),
    ("[dasar, bimtek]", "[dasar, §mandiri]", "programmes[2].requires[1].any[1]", "requires itself"),
]


@pytest.mark.parametrize(("old", "new", "path", "words"), FAULTS)
def test_a_fault_is_told_at_its_place(old: str, new: str, path: str, words: str, tmp_path: Path) -> None:
    assert FULL.count(old) == 1
    text = FULL.replace(old, new.replace("§", ""))
    with pytest.raises(InputError) as caught:
        read_scenario(write(tmp_path, text))
    (problem,) = caught.value.problems
    assert problem.path == path
    assert words in f"{problem.message} {problem.remedy}"
    marked = FULL.replace(old, new)
    if "§" in marked:
        before = marked[: marked.index("§")]
        assert (problem.line, problem.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def test_a_change_merges_resources_by_id_and_settings_reach_one_period(tmp_path: Path) -> None:
    write(tmp_path, FULL, "dasar.yaml")
    text = "extends: dasar.yaml\nresources: [{id: wi, amount: {TW1: 5}}, {id: lab, amount: 1}]\n"
    read = read_scenario(
        write(tmp_path, text), ["resources.asrama.amount.TW2=7", "programmes.bimtek.uses.asrama.amount=2"]
    )
    assert list(read.resource) == ["asrama", "wi", "lab"]
    assert [read.resource["wi"].in_period(t) for t in read.horizon] == [5, 0]
    assert [read.resource["asrama"].in_period(t) for t in read.horizon] == [300, 7]
    assert read.programme["bimtek"].uses["asrama"].amount == 2


def test_what_is_there_for_nothing_is_told(tmp_path: Path) -> None:
    from planner.domain.checks.warnings import dubious

    text = FULL.replace("- {id: wi,", "- {id: kosong, amount: 1}\n  - {id: wi,").replace("amount: 900", "amount: 0")
    told = [doubt.message for doubt in dubious(read_scenario(write(tmp_path, text)))]
    assert any("'kosong'" in message for message in told)
    assert any("'wi'" in message and "'bimtek', 'mandiri'" in message for message in told)
