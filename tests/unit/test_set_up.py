"""The set-up installs every pin once, whatever the number of processors and whichever installer works."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

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


class Installers:
    """Stand in for pip and uv: what each was asked to install, and whether they do."""

    def __init__(self, *, pip_has_uv: bool = True, uv_works: bool = True) -> None:
        self.pip_has_uv = pip_has_uv
        self.uv_works = uv_works
        self.by_pip: list[str] = []
        self.by_uv: list[str] = []

    def pip(self, *words: str, needed: bool = True) -> bool:
        if needed or self.pip_has_uv:
            self.by_pip.append(pins_of(words))
        return needed or self.pip_has_uv

    def ran(self, words: list[str], *, heard: bool = True) -> bool:
        assert not heard, "what pip then does is heard"
        if self.uv_works:
            self.by_uv.append(pins_of(words))
        return self.uv_works

    def replace(self, set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(set_up, "pip", self.pip)
        monkeypatch.setattr(set_up, "ran", self.ran)
        monkeypatch.setattr(set_up, "sources_of_pip", lambda: ("--index-strategy", "unsafe-best-match"))


def pins_of(words: tuple[str, ...] | list[str]) -> str:
    """The pins that a command of an installer is to take, and nothing else, with their hashes."""
    assert {"--require-hashes", "--no-deps", "--only-binary"} <= set(words)
    return Path(words[-1]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("installers", "parts"),
    [(Installers(), 2), (Installers(uv_works=False), 5), (Installers(pip_has_uv=False), 4)],
    ids=["uv", "uv-fails", "no-uv"],
)
def test_every_pin_is_installed_once_with_its_hashes(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, installers: Installers, parts: int
) -> None:
    installers.replace(set_up, monkeypatch)
    set_up.install_pins()
    asked = installers.by_pip + installers.by_uv
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z].*(?:\n .*)+\n", lock, flags=re.MULTILINE)
    wanted = [pin for pin in pins if installers.pip_has_uv or not pin.startswith("uv==")]
    assert sorted("".join(asked).splitlines()) == sorted("".join(wanted).splitlines())
    assert len(asked) == parts
    for part in asked:
        assert re.match(r"[a-z]", part), "a part begins with a pin, not with hashes of another"


def test_pip_installs_only_uv_where_uv_does_the_rest(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installers = Installers()
    installers.replace(set_up, monkeypatch)
    set_up.install_pins()
    (pin,) = installers.by_pip
    assert re.findall(r"^\S+", pin, flags=re.MULTILINE) == [re.match(r"uv==\S+", pin)[0]]  # type: ignore[index]


def test_a_part_that_cannot_be_installed_ends_the_set_up(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: str, needed: bool = True) -> bool:
        if words[-1].endswith("2.txt"):
            raise SystemExit("gagal")
        return needed

    monkeypatch.setattr(set_up, "pip", refuse)
    with pytest.raises(SystemExit, match="gagal"):
        set_up.install_pins()


def test_pip_ends_the_set_up_only_where_it_is_needed(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "ran", lambda command, heard=True: False)
    assert set_up.pip("install", needed=False) is False
    with pytest.raises(SystemExit, match="Penyiapan gagal"):
        set_up.pip("install")


def test_a_program_that_is_not_there_has_not_done_it(set_up: ModuleType, tmp_path: Path) -> None:
    assert set_up.ran([str(tmp_path / "uv")]) is False


def test_uv_looks_where_pip_looks(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = (
        ":env:.default-timeout='180'\n:env:.find-links='/roda'\nglobal.cert='/sertifikat.crt'\n"
        "global.extra-index-url='https://satu.example/simple file:///dua/simple'\nuser.index-url='https://cermin.example'\n"
    )
    monkeypatch.setattr(set_up.subprocess, "run", lambda *_words, **_how: SimpleNamespace(stdout=settings))
    words = set_up.sources_of_pip()
    assert words[:-2] == (
        *("--find-links", "/roda", "--extra-index-url", "https://satu.example/simple"),
        *("--extra-index-url", "file:///dua/simple", "--index-url", "https://cermin.example"),
    )


UV = Path(sys.executable).with_name("uv")


@pytest.mark.skipif(not UV.exists(), reason="no uv for this system: pip has installed all")
def test_uv_knows_the_words_that_it_is_given(set_up: ModuleType) -> None:
    """The set-up hides what uv complains of, since pip follows."""
    said = subprocess.run([UV, "pip", "install", "--help"], check=True, capture_output=True, text=True).stdout
    given = (*set_up.WHOLE, "--python", "--system-certs", "--index-strategy", "--index-url", "--extra-index-url")
    assert {word for word in (*given, "--find-links") if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", said))
