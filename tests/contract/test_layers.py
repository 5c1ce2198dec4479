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
    "errors",
    "units",
    "locale",
    "version",
    "whole_file",
    "office_archive",
    "spreadsheets",
    "processes",
    "highs.silent",
    "highs.simplex",
}
"""What every room may import."""

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "attendance": {"domain", "highs.checked", "highs.configured"},
    "people": {"domain", "attendance"},
    "scenario_io": {"domain", "people"},
    "payments": {"domain", "highs.configured"},
    "proof": {"domain", "payments"},
    "model": {"domain", "payments"},
    "plans": {"domain", "payments"},
    "check": {"domain"},
    "solve": {"domain", "model", "proof", "highs.checked", "highs.configured"},
    "drafting": {"domain", "payments", "attendance", "proof", "solve", "plans", "check"},
    "planning": {"domain", "payments", "attendance", "solve", "plans", "drafting"},
    "batch": {"domain", "proof", "solve", "plans", "check", "drafting", "planning"},
    "nation": {"domain", "payments", "proof", "solve", "plans", "drafting", "planning", "batch"},
    "store": {"domain", "people", "scenario_io", "attendance", "plans", "check"},
    "certificate": {"domain", "payments", "proof", "plans", "check"},
    "analysis": {
        "domain", "payments", "scenario_io", "attendance", "model", "solve", "plans", "planning", "batch",
    },
    "report": {
        "domain", "payments", "scenario_io", "solve", "plans", "check", "planning", "batch", "store", "analysis",
    },
    "web": {
        "domain", "people", "scenario_io", "solve", "plans", "batch", "nation", "store", "analysis", "report",
    },
    "cli": {
        "domain", "scenario_io", "model", "solve", "plans", "check", "drafting", "planning", "batch", "nation", "store",
        "certificate", "analysis", "report", "web",
    },
    "": {"domain", "scenario_io", "plans", "planning", "nation"},
}  # fmt: skip
"""What each room may import beside itself and the ground: the arrows of docs/architecture.md. The package's own
__init__ ("", the public names) is imported by nobody."""

WITHIN_GROUND: dict[str, set[str]] = {
    "version": set(),
    "locale": set(),
    "whole_file": set(),
    "office_archive": set(),
    "errors": {"locale"},
    "units": {"locale"},
    "spreadsheets": {"locale", "errors"},
    "processes": {"locale", "errors"},
    "highs": set(),
    "highs.silent": set(),
    "highs.simplex": set(),
    "highs.configured": {"highs.silent"},
    "highs.checked": {"highs.configured"},
}
"""What each part of the ground may import of the others."""

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
    """planner.model.rules.cost belongs to "model", and planner itself to ""; files of highs are told apart."""
    names = module.split(".")[1:]
    return ".".join(names[:2] if names[:1] == ["highs"] else names[:1])


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


def arrows() -> Iterator[tuple[str, str, str]]:
    """(from, to, where) of every import of another part, each as `part_of` names it."""
    for file in FILES:
        part = part_of(module_of(file))
        assert part in MAY_IMPORT or part in WITHIN_GROUND, f"say in MAY_IMPORT what '{part}' may import"
        for name, line, _ in imports(file):
            if name.split(".")[0] == "planner" and part_of(name) != part:
                yield part, part_of(name), f"{file.relative_to(ROOT)}:{line}"


def test_every_part_imports_only_the_layers_below_it() -> None:
    wrong = [
        f"{where}: {part or 'planner'} may not import {other or 'planner'}"
        for part, other, where in arrows()
        if other not in (WITHIN_GROUND[part] if part in WITHIN_GROUND else MAY_IMPORT[part] | GROUND)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_arrow_is_allowed_that_nobody_takes() -> None:
    taken = {(part, other) for part, other, _where in arrows()}
    allowed = {(part, other) for part, others in (MAY_IMPORT | WITHIN_GROUND).items() for other in others}
    assert sorted(allowed - taken) == []


def test_the_arrows_make_no_circle() -> None:
    """The rooms are in an order in which each imports those before it alone."""
    order = list(MAY_IMPORT)
    assert [f"{part} -> {other}" for part in order for other in MAY_IMPORT[part] - {"highs.checked", "highs.configured"}
            if order.index(other) > order.index(part)] == []  # fmt: skip


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


def test_what_holds_for_a_whole_process_is_set_where_a_process_begins() -> None:
    """The garbage collector is switched by programs that are alone in their process: threads of a server are not."""
    programs = {"planner.processes.lean", "planner.certificate.verify"}
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: use planner.processes.lean"
        for file in FILES
        if module_of(file) not in programs
        for name, line, _for_types in imports(file)
        if name == "gc"
    ]
    assert not wrong, "\n".join(wrong)


def test_processes_are_started_in_one_place() -> None:
    starting = {"subprocess", "multiprocessing", "pty"}
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: use planner.processes.child_process"
        for file in FILES
        if module_of(file) != "planner.processes.child_process"
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
