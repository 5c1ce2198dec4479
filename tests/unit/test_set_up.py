"""The set-up installs every pin once, whatever the number of processors."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """`set_up.py`, whose environment is an empty folder."""
    spec = spec_from_file_location("set_up_of_tests", ROOT / "set_up.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path)
    return module


def test_every_pin_is_installed_once_with_its_hashes(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(set_up, "pip", lambda *words: asked.append(Path(words[-1]).read_text(encoding="utf-8")))
    set_up.install_pins()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in lock.splitlines() if not line.startswith("#")]
    assert sorted("".join(asked).splitlines()) == sorted(lines)
    for part in asked:
        assert re.match(r"[a-z]", part), "a part begins with a pin, not with hashes of another"


def test_a_part_that_cannot_be_installed_ends_the_set_up(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: str) -> None:
        if words[-1].endswith("2.txt"):
            raise SystemExit("gagal")

    monkeypatch.setattr(set_up, "pip", refuse)
    with pytest.raises(SystemExit, match="gagal"):
        set_up.install_pins()
