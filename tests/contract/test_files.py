"""The files of the repository: nothing of one machine in them, no file too long to read, nothing left half done."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from pathlib import Path

from tests.contract.source import nodes_of

ROOT = Path(__file__).parents[2]
NOT_TEXT = {".mo", ".png", ".xlsx", ".parquet", ".pdf", ".woff2"}
LONGEST = {"planner": 350, "tests": 500, "benchmarks": 300}
"""Lines a Python file may have, by its top folder."""

OF_ONE_MACHINE = re.compile(
    r"/(?:work|root)/|/home/[a-z]|/tmp/[a-z]|/opt/(?!homebrew)[a-z]|[A-Z]:\\Users"
    r"|python[h]osted|pypi[.](?:org|io)|npm[j]s|registry[.](?!py\b)|index[-]url [h]|trusted[-]host"
)
OF_A_TEST_MODULE = re.compile(
    r"^[ ]*(?:from tests(?:[.]\w+)*[.]test_\w+ import|import tests(?:[.]\w+)*[.]test_\w+"
    r"|from tests(?:[.]\w+)* import (?:[^()\n]*|\([^)]*)\btest_\w+).*$",
    re.MULTILINE,
)
"""An import of a test module, or of a test."""
OF_DJANGO = {"Meta", "Migration"}
"""Classes that Django finds by their name in models and migrations."""
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X|HAC[K])\b")


def tracked() -> list[Path]:
    """Files that are or would be committed; all files but the hidden and generated where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [path for path in ROOT.rglob("*") if not generated(path)]
    return sorted(path for path in files if path.is_file())


def generated(path: Path) -> bool:
    """Whether a file lies in a hidden folder, or in one of what programs make."""
    folders = path.relative_to(ROOT).parts[:-1]
    made = {"__pycache__", "build", "dist", "reports"}
    return any(part in made or (part.startswith(".") and part != ".ci") for part in folders) or path.suffix == ".pyc"


FILES = [path for path in tracked() if path.suffix not in NOT_TEXT]
TEXTS = {path: path.read_bytes().decode("utf-8") for path in FILES}
PYTHON = {path: text for path, text in TEXTS.items() if path.suffix == ".py"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path, text in TEXTS.items()
        for match in OF_ONE_MACHINE.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_every_file_is_finished_clean_text() -> None:
    assert not [name(path) for path, text in TEXTS.items() if "\r" in text], "line ends must be those of Unix"
    assert not [name(path) for path, text in TEXTS.items() if text and not text.endswith("\n")], "end the last line"
    assert not [name(path) for path, text in TEXTS.items() if UNFINISHED.search(text)], "finish it"


def test_every_python_file_is_short_enough_to_be_read_at_once() -> None:
    lengths = {path: len(text.splitlines()) for path, text in PYTHON.items()}
    long = [
        f"{name(path)}: {lines} lines"
        for path, lines in lengths.items()
        if lines > LONGEST.get(path.relative_to(ROOT).parts[0], 200)
    ]
    assert not long, "\n".join(long)


def test_every_file_of_the_program_says_what_it_is_for() -> None:
    program = {path: text for path, text in PYTHON.items() if path.relative_to(ROOT).parts[0] != "tests"}
    silent = [name(path) for path, text in program.items() if not text.startswith(('"""', 'r"""'))]
    assert not silent, "\n".join(silent)


def test_no_test_module_imports_another() -> None:
    """What several tests share has a module of its own: scenarios in tests/scenarios/, the rest beside its tests."""
    found = [
        f"{name(path)}: {match[0]}"
        for path, text in PYTHON.items()
        if path.is_relative_to(ROOT / "tests")
        for match in OF_A_TEST_MODULE.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_each_file_of_rules_has_its_test_of_the_same_name() -> None:
    rules = {path.stem for path in (ROOT / "planner/model/rules").glob("*.py") if path.stem != "__init__"}
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests/rules").glob("test_*.py")}
    assert sorted(rules - tests) == []


def test_each_folder_of_unit_tests_is_that_of_a_part_of_the_program() -> None:
    folders = {path.parent.relative_to(ROOT / "tests/unit") for path in (ROOT / "tests/unit").rglob("test_*.py")}
    assert len(folders) > 20
    assert sorted(str(folder) for folder in folders if not (ROOT / "planner" / folder).is_dir()) == []


def test_no_two_files_of_the_program_define_a_class_of_the_same_name() -> None:
    """A reader who searches for a name finds one class; what begins with an underscore is of its file alone."""
    homes: dict[str, set[str]] = defaultdict(set)
    for path in PYTHON:
        if path.is_relative_to(ROOT / "planner"):
            for node in nodes_of(path):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in OF_DJANGO:
                    homes[node.name].add(name(path))
    assert len(homes) > 300
    assert {each: sorted(files) for each, files in homes.items() if len(files) > 1} == {}


def test_no_file_is_named_for_everything_and_nothing() -> None:
    vague = {"utils.py", "helpers.py", "misc.py", "common.py", "tools.py"}
    assert not [name(path) for path in FILES if path.name in vague]


def test_the_lock_pins_every_package_by_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    assert all(re.match(r"[a-z0-9-]+==[\w.]+ ?(;.*)?\\$", pin) for pin in pins)
    assert lock.count("--hash=sha256:") >= len(pins)


def test_git_keeps_no_environment_and_no_results() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {".venv", "__pycache__/", "reports/*", "!reports/gallery/"} <= set(ignored)
