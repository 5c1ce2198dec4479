"""The layers of the house: which parts of the program may know which, read from the import statements."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from subprocess import run

from tests.contract.source import nodes_of

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "planner"

GROUND = {
    "errors", "units", "amounts", "locale", "silent_highs", "lean", "version", "whole_file", "spreadsheet",
    "child_process", "plain_worksheet", "sum_words",
}  # fmt: skip
DOMAIN = GROUND | {"domain"}
MONEY = DOMAIN | {"payments"}
ENGINE = MONEY | {"model", "solve", "proof", "checked_highs"}
CORE = ENGINE | {"people", "scenario_io", "plans", "check"}
PLANNING = CORE | {
    "attendance",
    "drafts",
    "claims",
    "early",
    "attempts",
    "soon_proven",
    "levels_below",
    "plan_arguments",
    "planning",
}
ASKING = PLANNING | {"batch", "nation", "analysis", "certificate"}
MAY_IMPORT: dict[str, set[str]] = {
    "version": set(),
    "whole_file": set(),
    "spreadsheet": {"locale"},
    "plain_worksheet": set(),
    "sum_words": set(),
    "child_process": {"locale"},
    "locale": {"locale"},
    "silent_highs": set(),
    "errors": {"locale"},
    "units": GROUND,
    "amounts": {"locale"},
    "checked_highs": GROUND,
    "domain": DOMAIN,
    "people": DOMAIN | {"people"},
    "scenario_io": DOMAIN | {"people", "scenario_io"},
    "payments": MONEY | {"checked_highs"},
    "attendance": DOMAIN | {"checked_highs", "attendance"},
    "proof": MONEY | {"proof"},
    "model": MONEY | {"model"},
    "lean": set(),
    "solve": ENGINE,
    "plans": MONEY | {"plans"},
    "check": DOMAIN | {"check"},
    "certificate": CORE | {"certificate"},
    "drafts": CORE | {"attendance"},
    "claims": CORE | {"drafts"},
    "early": CORE | {"drafts"},
    "attempts": CORE | {"attendance", "drafts", "claims"},
    "soon_proven": CORE | {"drafts", "claims", "attempts"},
    "levels_below": CORE | {"attendance", "drafts", "claims", "attempts"},
    "plan_arguments": DOMAIN | {"model", "solve"},
    "planning": PLANNING,
    "batch": PLANNING | {"batch"},
    "nation": PLANNING | {"batch", "nation"},
    "store": MONEY | {"attendance", "checked_highs", "people", "scenario_io", "plans", "check", "store"},
    "analysis": ASKING,
    "report": ASKING | {"store", "report"},
    "web": ASKING | {"report", "store", "web"},
    "cli": ASKING | {"report", "store", "web", "cli"},
    "": {"domain", "nation", "plans", "planning", "scenario_io", "version"},
}
"""What each part may import of the others; the package's own __init__ ("", the public names) is imported by nobody."""

FORBIDDEN_OUTSIDE = {
    "check": {"pulp", "highspy", "numpy", "pandas", "ortools"},
    "proof": {"pulp", "pandas", "ortools"},
    "certificate": {"pulp", "highspy", "pandas", "ortools"},
    "domain": {"pulp", "highspy", "numpy", "pandas", "click", "yaml"},
    "plans": {"highspy", "click"},
    "people": {"pulp", "highspy", "pandas", "click"},
    "report": {"pulp", "highspy", "click", "django"},
    "web": {"pulp", "highspy", "click"},
    "scenario_io": {"pulp", "highspy", "click"},
}
"""Libraries that a part must do without."""

FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(module: str) -> str:
    """planner.model.rules.cost belongs to "model", and planner itself to ""."""
    return [*module.split("."), ""][1]


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_for_types(node: ast.AST) -> bool:
    """Whether a node is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def imports(file: Path) -> tuple[tuple[str, int, bool], ...]:
    """(module, line, whether it is for type checking alone) of every import statement, also inside functions."""
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[tuple[str, int, bool]]:
    typing_only = {id(inner) for node in nodes_of(file) if is_for_types(node) for inner in ast.walk(node)}
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in typing_only
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: import by the full name"
            module = node.module or ""
            submodules = [f"{module}.{alias.name}" for alias in node.names]
            for name in submodules:
                path = ROOT.joinpath(*name.split("."))
                yield (
                    name if path.is_dir() or path.with_suffix(".py").is_file() else module,
                    node.lineno,
                    id(node) in typing_only,
                )


def test_every_part_imports_only_the_layers_below_it() -> None:
    wrong = []
    for file in FILES:
        part = part_of(module_of(file))
        assert part in MAY_IMPORT, f"say in MAY_IMPORT what '{part}' may import"
        wrong += [
            f"{file.relative_to(ROOT)}:{line}: {part or 'planner'} may not import {name}"
            for name, line, _ in imports(file)
            if name.split(".")[0] == "planner" and part_of(name) not in MAY_IMPORT[part]
        ]
    assert not wrong, "\n".join(wrong)


def test_every_part_does_without_the_libraries_that_are_not_its_business() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: must do without {name}"
        for file in FILES
        for name, line, for_types in imports(file)
        if name.split(".")[0] in FORBIDDEN_OUTSIDE.get(part_of(module_of(file)), set()) and not for_types
    ]
    assert not wrong, "\n".join(wrong)


def test_files_are_written_in_one_place() -> None:
    elsewhere = {"planner/whole_file.py", "planner/cli/translated.py"}  # click's formatter has a write_text too
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno}: use planner.whole_file.write_whole"
        for file in FILES
        if str(file.relative_to(ROOT)) not in elsewhere
        for node in nodes_of(file)
        if isinstance(node, ast.Call) and writes(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_processes_are_started_in_one_place() -> None:
    starting = {"subprocess", "multiprocessing", "pty"}
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: use planner.child_process"
        for file in FILES
        if module_of(file) != "planner.child_process"
        for name, line, _ in imports(file)
        if name.split(".")[0] in starting
    ]
    assert not wrong, "\n".join(wrong)


def writes(call: ast.Call) -> bool:
    """Whether a call writes a file by its name: write_text, write_bytes, or open with a mode to write in."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("write_text", "write_bytes", "writeLP", "writeMPS", "to_excel"):
        return True
    modes = [word.value for word in call.keywords if word.arg == "mode"] + call.args[:2]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return name == "open" and any(len(text) < 4 and set(text) & set("wax+") for text in texts)


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    heavy = {"pandas", "pulp", "pydantic", "rich", "babel", "jinja2", "numpy", "yaml"}
    wrong = []
    for file in (PACKAGE / "cli").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{file.name}:{node.lineno}: {name}" for name in names if name.split(".")[0] in heavy]
    assert not wrong


def test_planning_loads_no_engine_before_there_is_a_plan_to_make() -> None:
    code = "import sys, planner.planning; print(sorted({'pulp', 'highspy', 'pandas', 'ortools'} & set(sys.modules)))"
    loaded = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]", "engines belong to the worker, to a proof or to a settlement that needs one"


READS_FLOATS = {
    "with_decimals",
    "same_float",
    "shown",
    "is_number",
    "_check_level_bound",
    "_check_level_claim",
    "_check_bound_source",
    "check_proof",
}
"""Functions of the checker that compare figures of a plan, which JSON stores as floats, with exact ones."""


def test_the_checker_reckons_without_floats() -> None:
    """No number with a point, and `float` only where an exact figure is compared with a stored one, or shown."""
    found = []
    for file in sorted((PACKAGE / "check").glob("*.py")):
        for function in (node for node in nodes_of(file) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                written = isinstance(node, ast.Constant) and isinstance(node.value, float)
                used = isinstance(node, ast.Name) and node.id == "float" and isinstance(node.ctx, ast.Load)
                if written or (used and function.name not in READS_FLOATS | {"_check_targets"}):
                    found.append(f"{file.name}: {function.name}: {ast.unparse(node)}")
    assert found == []


def test_the_checker_loads_neither_solver_nor_model() -> None:
    code = "import sys, planner.check; print(*sorted(m for m in sys.modules))"
    loaded = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    unwanted = {"pulp", "highspy", "numpy", "pandas"} | {
        f"planner.{name}" for name in ("model", "solve", "proof", "plans")
    }
    assert unwanted.isdisjoint(loaded)
