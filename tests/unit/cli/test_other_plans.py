"""`planner habits`, `alternatives`, `cuts`, and the causes of `planner compare`, from the command line to the page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

INLINE = ("--jobs", 0)


def page(name: str, scenario: str = "kecil") -> str:
    return Path("reports", scenario, "what-if", f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def planned(results: Path, scenario: Path, tmp_path: Path) -> Path:
    """The small scenario with its plan in reports/kecil."""
    shutil.copytree(results, tmp_path / "reports")
    return scenario


def test_habits_are_shown_beside_the_plan(run: Run, planned: Path) -> None:
    result = run("habits", planned, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Menurut jumlah pegawai: menutup kesenjangan sebanyak rencana ini (perkiraan 6)" in result.stdout
    assert "Seperti tahun lalu: tidak tersedia" in result.stdout
    assert "Dibandingkan dengan kebiasaan kantor" in page("habits")


def test_the_plan_of_last_year_may_be_a_folder_or_a_file(run: Run, planned: Path) -> None:
    for last in ("reports/kecil", "reports/kecil/plan.json"):
        result = run("habits", planned, "--last", last, *INLINE)
        assert result.exit_code == 0, result.stderr
        assert "Seperti tahun lalu: menutup kesenjangan sebanyak rencana ini (perkiraan 6)" in result.stdout


def test_alternatives_are_listed_up_to_the_number_asked_for(run: Run, planned: Path) -> None:
    result = run("alternatives", planned, "--within", "60%", "--most", 1, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Alternatif A: menutup " in result.stdout
    assert "Alternatif B" not in result.stdout
    assert "paling banyak 60% dari kesenjangan" in page("alternatives")


def test_where_there_is_no_alternative_that_is_the_answer(run: Run, planned: Path) -> None:
    result = run("alternatives", planned, "--within", 0, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Tidak ditemukan rencana lain dalam batas ini" in result.stdout


def test_the_plan_nearest_to_itself_is_kept(run: Run, planned: Path) -> None:
    result = run("alternatives", planned, "--near", "reports/kecil", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Rencana terdahulu dapat dipertahankan sebagaimana adanya." in result.stdout
    assert "Terdekat dengan rencana terdahulu" in page("near")


def test_a_plan_of_another_scenario_without_that_scenario_is_taken_as_written(run: Run, planned: Path) -> None:
    data = json.loads(Path("reports/kecil/plan.json").read_text(encoding="utf-8"))
    data["allocations"][0]["group"] = "dulu"
    Path("lama").mkdir()
    Path("lama/plan.json").write_text(json.dumps(data), encoding="utf-8")
    result = run("alternatives", planned, "--near", "lama/plan.json", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Ada di rencana terdahulu tetapi tidak di skenario ini: dulu." in result.stdout


@pytest.mark.parametrize("command", [("habits", "--last"), ("alternatives", "--near")])
def test_what_is_no_plan_is_refused(run: Run, planned: Path, command: tuple[str, str]) -> None:
    name, option = command
    assert run(name, planned, option, "tidak-ada", *INLINE).exit_code == 2
    Path("a.json").write_text('{"format": 1, "scenario": {"id": "a"}, "allocations": [{"group": "x"}], "classes": []}')
    result = run(name, planned, option, "a.json", *INLINE)
    assert result.exit_code == 2
    assert "a.json" in result.stderr
    Path("b.json").write_text(
        '{"format": 1, "scenario": {"id": "a"}, "classes": [],'
        ' "allocations": [{"group": "x", "programme": "y", "period": "z", "participants": -1}]}'
    )
    assert run(name, planned, option, "b.json", *INLINE).exit_code == 2


def test_an_earlier_plan_that_fails_the_check_of_its_scenario_is_refused(run: Run, planned: Path) -> None:
    shutil.copytree("reports/kecil", "lama")
    stored = Path("lama/plan.json")
    data = json.loads(stored.read_text(encoding="utf-8"))
    data["allocations"][0]["participants"] += 1
    stored.write_text(json.dumps(data), encoding="utf-8")
    assert run("alternatives", planned, "--near", "lama", *INLINE).exit_code == 5


def test_cuts_of_ones_own_are_listed(run: Run, planned: Path) -> None:
    result = run("cuts", planned, "--cut", "70%", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Dipotong 70%: perkiraan 0 kesenjangan tertutup, 6 lebih sedikit" in result.stdout
    assert "dicoret pada 70%" in result.stdout
    assert "Daftar tahan pemotongan" in page("cuts")


def test_cuts_of_nothing_or_of_very_many_shares_are_refused(run: Run, planned: Path) -> None:
    assert run("cuts", planned, "--cut", 0, *INLINE).exit_code == 2
    many = [part for share in range(1, 12) for part in ("--cut", f"{share}%")]
    assert run("cuts", planned, *many, *INLINE).exit_code == 2


OTHER = (
    ("kecil", "besar"),
    ("2_500_000", "3_500_000"),
    ("min: 5", "min: 1"),
    ("closes: {keu: 0.5}", "closes: {keu: 1}"),
)


def test_a_comparison_of_two_says_what_each_change_brings(run: Run, write: Write) -> None:
    result = run("compare", write(), write("besar.yaml", *OTHER), *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Sebab selisih" in result.stdout
    order = ["bimtek: menutup · Keuangan", "bimtek: ukuran angkatan · paling sedikit", "apbd: jumlah"]
    told = result.stdout[result.stdout.index("Akibat setiap masukan") :]
    assert [told.index(path) for path in order] == sorted(told.index(path) for path in order)
    assert "Sebab: Contoh besar" in Path("reports/comparison/comparison.html").read_text(encoding="utf-8")


def test_causes_may_be_left_out_and_are_for_more_than_two(run: Run, write: Write) -> None:
    third = write("tiga.yaml", ("kecil", "tiga"), ("2_500_000", "4_500_000"))
    run("plan", write(), write("besar.yaml", *OTHER), third)
    base, other, last = (f"reports/{name}" for name in ("kecil", "besar", "tiga"))
    assert "Sebab" not in run("compare", base, other, "--no-causes", *INLINE).stdout
    assert "Sebab" not in run("compare", base, other, last, *INLINE).stdout
    result = run("compare", base, other, last, "--causes", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("Sebab selisih") == 2


def test_the_answers_speak_english_too(run: Run, planned: Path) -> None:
    assert "By headcount: closes as many gaps" in run("--lang", "en", "habits", planned, *INLINE).stdout
    assert "The fund that is cut" in run("--lang", "en", "cuts", planned, *INLINE).stdout
