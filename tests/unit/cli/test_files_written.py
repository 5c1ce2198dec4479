"""`planner init`, `planner schema` and `planner model`: the files they make."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.cli.files import refuse_to_overwrite, write_file
from planner.errors import InputError
from tests.unit.cli.engine import Engine

Run = Callable[..., Result]


def test_the_starter_runs_as_it_is(run: Run) -> None:
    result = run("init", "anggaran baru")
    assert result.exit_code == 0, result.stderr
    assert "planner plan 'anggaran baru/skenario.yaml'" in result.stdout
    assert sorted(path.name for path in Path("anggaran baru").iterdir()) == ["skema.json", "skenario.yaml"]
    check = run("check", "anggaran baru/skenario.yaml")
    assert check.exit_code == 0
    assert check.stderr == ""
    planned = run("plan", "anggaran baru/skenario.yaml")
    assert planned.exit_code == 0, planned.stderr


def test_the_starter_names_its_schema_first(run: Run) -> None:
    run("init", "anggaran")
    first = Path("anggaran/skenario.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=skema.json"


def test_a_starter_is_not_written_over_what_is_there(run: Run) -> None:
    run("init", "anggaran")
    mine = Path("anggaran/skenario.yaml")
    mine.write_text("format: 1\n", encoding="utf-8")
    refused = run("init", "anggaran")
    assert refused.exit_code == 2
    assert "skenario.yaml" in refused.stderr
    assert mine.read_text(encoding="utf-8") == "format: 1\n"
    assert run("init", "anggaran", "--force").exit_code == 0
    assert mine.read_text(encoding="utf-8") != "format: 1\n"


def test_a_folder_that_is_a_file_is_refused(run: Run) -> None:
    Path("anggaran").write_text("", encoding="utf-8")
    assert run("init", "anggaran").exit_code == 2


def test_the_schema_is_json_and_the_same_every_time(run: Run) -> None:
    first, second = run("schema"), run("schema", "--lang", "en")
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    schema = json.loads(first.stdout)
    assert schema["$schema"].startswith("http://json-schema.org/draft-07/")


@pytest.mark.parametrize("suffix", ["mps", "lp"])
def test_a_model_comes_with_the_key_to_its_names(run: Run, scenario: Path, suffix: str) -> None:
    out = Path("keluar") / f"model.{suffix}"
    result = run("model", scenario, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert out.stat().st_size > 100
    keys = [path for path in out.parent.iterdir() if path.suffix == ".csv"]
    assert len(keys) == 1
    assert str(keys[0]) in result.stdout
    with keys[0].open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 3
    text = out.read_text(encoding="utf-8")
    names = [row[1] for row in rows if row[0] in ("variable", "row")]
    assert names
    assert all(name in text for name in names)


def test_a_model_is_not_written_over_a_file(run: Run, scenario: Path) -> None:
    Path("model.lp").write_text("penting", encoding="utf-8")
    assert run("model", scenario, "--out", "model.lp").exit_code == 2
    assert Path("model.lp").read_text(encoding="utf-8") == "penting"
    assert run("model", scenario, "--out", "model.lp", "--force").exit_code == 0


def test_a_model_of_another_kind_is_refused(run: Run, scenario: Path) -> None:
    result = run("model", scenario, "--out", "model.txt")
    assert result.exit_code == 2
    assert ".mps" in result.stderr


def test_a_file_is_replaced_in_one_step_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.json"
    write_file(target, "lama\n")
    write_file(target, "baru\n")
    assert target.read_text(encoding="utf-8") == "baru\n"
    assert list(target.parent.iterdir()) == [target]


def test_a_link_to_nowhere_counts_as_a_file_that_exists(tmp_path: Path) -> None:
    link = tmp_path / "tautan.json"
    link.symlink_to(tmp_path / "tidak-ada")
    with pytest.raises(InputError):
        refuse_to_overwrite(link, ours=False, force=False)


def test_the_engine_of_these_tests_is_not_needed_to_write_a_model(run: Run, engine: Engine, scenario: Path) -> None:
    assert run("model", scenario, "--out", "model.mps").exit_code == 0
    assert not engine.asked
