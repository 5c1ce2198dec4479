"""Certificates of plans: a verifier without the planner accepts them, and nothing else."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest

from planner.certificate import verify
from planner.certificate.folder import FOLDER, VERIFIER, certificates, examined, write_certificate
from planner.certificate.words import name
from planner.domain.rule_families import RULE_FAMILIES
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan as planned
from planner.plans.plan import Plan, Status
from planner.scenario_io import read_scenario
from planner.solve.outcome import SearchLimits
from planner.store.results import CERTIFICATE, OURS
from tests.oracle.generate import tiny_scenarios
from tests.oracle.generate_facts import with_facts
from tests.oracle.generate_years import scenarios_of_years
from tests.sampled import sampled, some
from tests.unit.certificate.tampering import branched, sealed, survivors

CONTOH = Path(__file__).parents[3] / "scenarios" / "contoh-kecil.yaml"
MOST_LINES = 300


def of(plain: Any) -> tuple[Scenario, Plan]:
    scenario = Scenario.model_validate(plain)
    return scenario, planned(scenario, inline=True).plan


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scenario, Plan]:
    """A stored plan with its certificate."""
    scenario = read_scenario(CONTOH)
    plan = planned(scenario, inline=True).plan
    folder = tmp_path_factory.mktemp("results")
    (folder / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    write_certificate(folder, scenario, plan)
    return folder, scenario, plan


@pytest.mark.parametrize(
    "plain",
    sampled([*map(tiny_scenarios, range(12)), *map(scenarios_of_years, range(6)), *map(with_facts, (4, 6, 40, 74))], 5),
    ids=lambda plain: None if plain is None else plain["scenario"]["id"],
)
def test_a_certificate_is_verified_and_bounds_the_plan(plain: Any, tmp_path: Path) -> None:
    scenario, plan = of(plain)
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    for file, certificate in write_certificate(tmp_path, scenario, plan):
        sentences, held = verify.verified(file, "en")
        assert held, sentences
        level = plan.objective[int(verify.CertificateFile(certificate.text).identity["level"])]
        assert float(certificate.value) == float(level.value)
    assert examined(tmp_path, scenario, plan)[0] == []


def test_the_check_and_the_verifier_agree_on_what_a_certificate_proves(tmp_path: Path) -> None:
    """Of plans within no gap at all, a certificate leaves a millionth open where its bound is not whole."""
    judged: Counter[bool] = Counter()
    for seed in some(range(60), 4):
        scenario = Scenario.model_validate(tiny_scenarios(seed))
        try:
            plan = planned(scenario, SearchLimits(gap=0.0), inline=True).plan
        except InfeasibleError:
            continue
        stated = [plan, replace(plan, status=Status.FEASIBLE), replace(plan, tolerance=0.5)]
        for each in stated:
            (tmp_path / "plan.json").write_text(each.to_json(), encoding="utf-8")
            files = [file for file, _ in write_certificate(tmp_path, scenario, each)]
            found = examined(tmp_path, scenario, each)
            assert found.wrong == []
            short = [file.name for file in sorted(files) if not verify.verified(file, "en")[1]]
            assert found.short == short, seed
            judged.update(file.name in short for file in files)
    assert set(judged) == {False, True}, judged


def test_the_verifier_runs_alone_and_says_what_is_proven(made: tuple[Path, Scenario, Plan]) -> None:
    folder, _, _ = made
    run = subprocess.run(
        [sys.executable, "-I", "-S", folder / FOLDER / VERIFIER], capture_output=True, text=True, check=False, cwd="/"
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "terbukti: optimal" in run.stdout


def test_what_lies_beside_the_verifier_is_no_part_of_it(made: tuple[Path, Scenario, Plan], tmp_path: Path) -> None:
    """A file that bears the name of a module of Python would be run in its place, and could say anything."""
    whole, scenario, plan = made
    folder = tmp_path / "results"
    shutil.copytree(whole, folder)
    for other in ("json.py", "fractions.py", "hashlib.pyc", "catatan.txt"):
        (folder / FOLDER / other).write_text("print('REPLACED')\nraise SystemExit(0)\n")
    (folder / FOLDER / "re").mkdir()
    (folder / FOLDER / "re" / "__init__.py").write_text("print('REPLACED')\nraise SystemExit(0)\n")
    run = [sys.executable, str(folder / FOLDER / VERIFIER)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd="/")
    assert (done.returncode, "REPLACED" in done.stdout, "terbukti: optimal" in done.stdout) == (0, False, True)
    named = ["catatan.txt", "fractions.py", "hashlib.pyc", "json.py", "re"]
    assert [sentence.partition(":")[0] for sentence in examined(folder, scenario, plan)[0]] == named


def test_the_verifier_is_short_and_needs_the_standard_library_alone() -> None:
    text = Path(verify.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]  # type: ignore[union-attr]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported <= set(sys.stdlib_module_names)


def test_a_certificate_of_another_plan_is_refused(made: tuple[Path, Scenario, Plan], tmp_path: Path) -> None:
    folder, _, plan = made
    file = next((folder / FOLDER).glob("*.vipr"))
    (tmp_path / file.name).write_bytes(file.read_bytes())
    data = json.loads(plan.to_json())
    data["payments"][0]["amount"] += 1
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    (sentence,), held = verify.verified(tmp_path / file.name, "en")
    assert not held
    assert "REFUSED" in sentence


ROWS = [
    ("allocations", {"participants": 7}),
    ("classes", {"classes": 3}),
    ("closings", {"closed": 1.5}),
    ("funds", {"spent": 5}),
]


@pytest.mark.parametrize(("table", "other"), [*ROWS, ("", {})])
def test_a_plan_that_can_be_read_in_two_ways_is_refused(
    made: tuple[Path, Scenario, Plan], tmp_path: Path, table: str, other: dict[str, Any]
) -> None:
    """A row that stands twice, with another figure first, and a key that does, under a new seal."""
    folder, _, plan = made
    text = plan.to_json()
    if table:
        data = json.loads(text)
        data[table] = [data[table][0] | other, *data[table]]
        text = json.dumps(data)
    else:
        text = text.replace('"total_cost":', '"total_cost": 1, "total_cost":', 1)
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    content = (folder / FOLDER / "gaps_closed.vipr").read_text(encoding="utf-8").partition("\n")[2]
    seals = sha256(plan.to_json().encode()).hexdigest(), sha256(text.encode()).hexdigest()
    file = tmp_path / "gaps_closed.vipr"
    file.write_text(sealed(content.replace(*seals)), encoding="utf-8")
    (sentence,), held = verify.verified(file, "en")
    assert not held
    assert "plan.json is not the plan of the certificate" in sentence


@pytest.mark.parametrize(
    "form", ["\u0661", "\uff11", "+1", "1_0", "0x1", "1.0", "1e0", "1/0", "nan", "9" * 5_000, "\u00b9"]
)
def test_a_number_that_other_verifiers_may_read_otherwise_is_refused(
    made: tuple[Path, Scenario, Plan], tmp_path: Path, form: str
) -> None:
    """In place of each 1: a count, a column, a factor, a row, a part of a fraction."""
    folder, _, _plan = made
    (tmp_path / "plan.json").write_bytes((folder / "plan.json").read_bytes())
    file = tmp_path / "gaps_closed.vipr"
    content = (folder / FOLDER / file.name).read_text(encoding="utf-8").partition("\n")[2]
    places = list(re.finditer(r"(?<=[ /\n])1(?=[ /\n])", content[content.index("INT ") :]))
    assert len(places) > 20
    for place in places[:: max(1, len(places) // 40)]:
        start = content.index("INT ") + place.start()
        file.write_text(sealed(content[:start] + form + content[start + 1 :]), encoding="utf-8")
        assert not verify.verified(file, "en")[1], content[start - 40 : start + 20]


def _refused(folder: Path, scenario: Scenario, plan: Plan, content: str) -> bool:
    """Whether a certificate with this content, under a new seal, is refused with a sentence."""
    (folder / FOLDER / "gaps_closed.vipr").write_text(sealed(content), encoding="utf-8")
    found = examined(folder, scenario, plan).wrong
    return bool(found) and all(sentence.startswith("gaps_closed.vipr: ") for sentence in found)


def test_a_forged_certificate_is_refused_with_a_sentence(made: tuple[Path, Scenario, Plan], tmp_path: Path) -> None:
    """Rows exchanged, a row or a bound made weaker, columns of one name, a file that ends early, another scenario."""
    whole, scenario, plan = made
    folder = tmp_path / "results"
    shutil.copytree(whole, folder)
    content = (folder / FOLDER / "gaps_closed.vipr").read_text(encoding="utf-8").partition("\n")[2]
    assert not _refused(folder, scenario, plan, content)
    lines = content.split("\n")
    rows = [n for n, line in enumerate(lines) if line.startswith(("uptake[", "fund_amount[", "most:"))]
    for one, other in pairwise(rows):
        lines[one], lines[other] = lines[other], lines[one]
        assert _refused(folder, scenario, plan, "\n".join(lines)), lines[one]
        lines[one], lines[other] = lines[other], lines[one]
    for place in rows:
        row, sense, side, *rest = lines[place].split()
        weaker = [*lines[:place], " ".join([row, sense, str(int(side) + 1), *rest]), *lines[place + 1 :]]
        assert _refused(folder, scenario, plan, "\n".join(weaker)), row
    names = [line.split()[0] for line in lines if line.startswith("closed[")]
    assert _refused(folder, scenario, plan, content.replace(names[0], names[1], 1))
    for part in range(1, 12):
        assert _refused(folder, scenario, plan, content[: len(content) * part // 12]), part
    dearer = scenario.changed(funds=tuple(f.model_copy(update={"amount": f.amount + 1}) for f in scenario.funds))
    assert _refused(folder, dearer, plan, content)


def test_a_certificate_of_another_level_does_not_stand_for_the_one_it_is_named_after(tmp_path: Path) -> None:
    plain = tiny_scenarios(3) | {"objective": [{"minimize": "own_cost"}, {"maximize": "gaps_closed"}]}
    scenario, plan = of(plain)
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    (cost, _), (closed, _) = write_certificate(tmp_path, scenario, plan)
    assert examined(tmp_path, scenario, plan)[0] == []
    closed.write_bytes(cost.read_bytes())
    assert [sentence.partition(":")[0] for sentence in examined(tmp_path, scenario, plan)[0]] == [closed.name]
    refusal = "REFUSED. it is about own_cost, not what its file is named for"
    assert verify.verified(closed, "en") == ([f"{closed.name}: {refusal}"], False)
    renamed = cost.rename(cost.with_name("sertifikat.vipr"))
    assert not verify.verified(renamed, "en")[1], "a name that is no goal stands for none"


def test_certificates_of_one_goal_twice_stand_for_their_own_level_alone(tmp_path: Path) -> None:
    """The level in a file counts from 0, that in its name from 1; a level below 0 counts from the end."""
    by_group = {"maximize": "smallest_coverage", "by": "group"}
    goals = [by_group, {"maximize": "smallest_coverage", "by": "competency"}, {"maximize": "gaps_closed"}]
    scenario, plan = of(tiny_scenarios(3) | {"objective": goals})
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    files = [file for file, _certificate in write_certificate(tmp_path, scenario, plan)]
    assert [file.name for file in files] == ["smallest_coverage-1.vipr", "smallest_coverage-2.vipr", "gaps_closed.vipr"]
    assert all(verify.verified(file, "en")[1] for file in files)
    first, second, closed = (file.read_text(encoding="utf-8") for file in files)
    for file, text in ((files[0], second), (files[1], first), (files[2], first), (files[0], closed)):
        kept = file.read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        assert not verify.verified(file, "en")[1]
        file.write_text(kept, encoding="utf-8")
    below = closed.partition("\n")[2].replace("% level 2", "% level -1", 1)
    files[2].write_text(sealed(below), encoding="utf-8")
    assert not verify.verified(files[2], "en")[1]


@pytest.mark.parametrize("content", [b"", b"\xff", b"% planner-certificate 1 x\n", b"VER 1.0\n" * 9])
def test_whatever_a_file_holds_the_answer_is_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.vipr").write_bytes(content)
    (sentence,), held = verify.verified(tmp_path / "a.vipr", "id")
    assert not held
    assert "DITOLAK" in sentence


BRANCHING: list[tuple[Callable[[int], Any], int]] = [
    (tiny_scenarios, 31), (tiny_scenarios, 75), (tiny_scenarios, 57), (tiny_scenarios, 19), (scenarios_of_years, 47),
    (scenarios_of_years, 124),
]  # fmt: skip


@pytest.mark.parametrize("case", sampled(BRANCHING, 6), ids=lambda case: f"{case[0].__name__}-{case[1]}")
def test_nothing_in_a_tree_of_branches_can_be_another(case: tuple[Callable[[int], Any], int]) -> None:
    make, seed = case
    tried, found = branched(make(seed))
    assert found == []
    assert tried > 1_000


def test_no_changed_number_and_no_missing_line_passes() -> None:
    assert [found for seed in (3, 24) for found in survivors(seed, 25)] == []


def test_rows_bear_the_names_of_rules() -> None:
    scenario, plan = of(scenarios_of_years(2))
    families = {family.name for family in RULE_FAMILIES} | {"least", "most", "defines", "held"}
    for _, certificate in certificates(scenario, plan, b""):
        checked = verify.CertificateFile(certificate.text)
        checked.check()
        rows = list(checked.rows.values())[: checked.model_rows]
        named = {row[3].partition("[")[0].partition(":")[0] for row in rows}
        assert named <= families


def test_names_are_told_apart_whatever_is_in_them() -> None:
    assert name("closed", "a,b", "c d") == "closed[a%2Cb,c%20d]" == f"closed[{verify.word('a,b')},{verify.word('c d')}]"


def test_the_certificate_is_removed_with_its_plan() -> None:
    assert CERTIFICATE == FOLDER
    assert FOLDER in OURS


def test_what_is_open_is_the_distance_of_the_bound(made: tuple[Path, Scenario, Plan]) -> None:
    _, scenario, plan = made
    ((_, certificate),) = certificates(scenario, plan, b"")
    assert certificate.open == certificate.bound - certificate.value < Fraction(1, 100)


def test_what_is_said_is_in_the_language_asked_for(made: tuple[Path, Scenario, Plan], tmp_path: Path) -> None:
    folder, _, _ = made
    file = next((folder / FOLDER).glob("*.vipr"))
    sentences, _ = verify.verified(file, "id")
    assert sentences[2].endswith("terbukti: optimal, selisih paling banyak 0,01%.")
    assert not any("e-" in sentence for sentence in sentences)
    (tmp_path / file.name).write_bytes(file.read_bytes())
    assert verify.verified(tmp_path / file.name, "id")[0] == [f"{file.name}: DITOLAK. plan.json tidak dapat dibaca"]
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    (refused,), _ = verify.verified(tmp_path / file.name, "id")
    assert refused.endswith("DITOLAK. plan.json bukan rencana sertifikat ini (SHA-256)")


def test_numbers_have_no_exponent_and_bounds_are_rounded_outwards() -> None:
    little, large = Fraction(37) + Fraction(1, 10**9), Fraction(12_345_678_901_234)
    assert verify.shown(little, "id", ceil) == "37,000001"
    assert verify.shown(little - 37, "en", ceil) == "0.000001"
    assert (verify.shown(large, "id"), verify.shown(Fraction(0), "id")) == ("12.345.678.901.234", "0")
    assert verify.shown(-little, "id", floor) == "-37,000001"


def test_without_a_certificate_the_verifier_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main([]) == 1
    assert capsys.readouterr().out == "*.vipr tidak dapat dibaca\n"
