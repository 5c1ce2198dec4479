"""A rule has one name: in the registry, the checker, the scenario format, explanations and documents."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from planner.domain.rule_families import CHECKED, RULE_FAMILIES, STATEMENTS, RuleFamily, family_of
from planner.domain.scenario import Scenario
from planner.locale import translations
from planner.model.variables import VARIABLE_FAMILIES
from planner.plans.causes import Cause
from planner.solve.limits_set_aside import ClashKind
from tests.rules.proofs import PROVEN

ROOT = Path(__file__).parents[2]
REPORTING = ("find", "find_asked", "room", "room_asked", "share_room", "note", "equal")
"""The methods of the checker's log that take the name of a rule."""
NAMES = {family.name for family in RULE_FAMILIES}


def reported() -> set[str]:
    """The names that the checker reports findings and room under, read from its source."""
    found = set()
    for file in (ROOT / "planner" / "check").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                name = node.args[0]
                if node.func.attr in REPORTING and isinstance(name, ast.Constant):
                    found.add(str(name.value))
    return found


def test_the_checker_reports_under_the_names_of_the_registry_and_leaves_none_out() -> None:
    unknown = reported() - CHECKED
    assert not unknown, f"planner/check reports what has no entry in planner/domain/rule_families.py: {unknown}"
    families = {family.found_as(rows) for family in RULE_FAMILIES for rows in family.rows}
    families |= {family.name for family in RULE_FAMILIES if family.kind == "limit"} | set(STATEMENTS)
    assert not families - reported(), f"nothing in planner/check reports {families - reported()}"


def test_the_page_of_the_checker_explains_every_name() -> None:
    page = (ROOT / "docs" / "pemeriksa.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert named >= CHECKED, f"docs/pemeriksa.md has no row of {CHECKED - named}"
    assert named - CHECKED <= {"claim"}


def test_limits_that_clash_are_called_as_the_rules_they_belong_to() -> None:
    kinds = {"rules" if kind.startswith("rule_") else kind for kind in get_args(ClashKind)}
    names = NAMES | {rows.name for family in RULE_FAMILIES for rows in family.rows}
    assert kinds <= names, f"planner/solve/limits_set_aside.py has other names than the rules: {kinds - names}"
    unsaid = {family.name for family in RULE_FAMILIES if family.kind == "limit"} - kinds - NEVER_SET_ASIDE
    assert not unsaid, (
        f"planner/solve/limits_set_aside.py cannot set {unsaid} aside (NEVER_SET_ASIDE says which need not)"
    )


NEVER_SET_ASIDE = {"eligibility", "socialization", "attendance", "seats", "cost", "one_off"}
"""Rules without a number of their own, or that let nobody attend: without anybody they are kept."""


@pytest.mark.parametrize("family", RULE_FAMILIES, ids=lambda family: family.name)
def test_every_key_is_one_of_the_scenario_format(family: RuleFamily) -> None:
    assert family.keys
    for key in family.keys:
        node: Any = schema()
        for step in key.split("."):
            known = properties(schema(), node)
            assert step in known, (
                f"planner/domain/rule_families.py: {family.name} has the key {key}, the format has not"
            )
            node = known[step]


@cache
def schema() -> dict[str, Any]:
    """The scenario format; it is made once, for that takes longer than to look for a key."""
    return Scenario.model_json_schema()


def properties(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The keys of a block, of the records of a list, or of a reference to either."""
    if "$ref" in node:
        return properties(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    if "properties" in node:
        found: dict[str, Any] = node["properties"]
        return found
    for part in (node.get("items"), *(p for name in ("anyOf", "oneOf", "allOf") for p in node.get(name, ()))):
        if isinstance(part, dict) and (inner := properties(schema, part)):
            return inner
    return {}


def test_every_cause_is_one_that_the_report_names() -> None:
    causes = {family.cause for family in RULE_FAMILIES if family.cause}
    # that a gap appears later comes from uptake and closings, which have causes of their own, and so have the patterns
    # of attendance, of which each person's working days are a part
    named = {str(cause) for cause in Cause} - {"several", "priority", "later", "days"}
    assert causes == named, "planner/domain/rule_families.py and planner/plans/causes.py differ"


def test_every_title_is_translated() -> None:
    catalog = translations("id")
    titles = [*(family.title for family in RULE_FAMILIES), *STATEMENTS.values()]
    missing = [title for title in titles if catalog.gettext(title) == title]
    assert not missing, f"planner/locale/id/LC_MESSAGES/planner.po lacks {missing}"


def test_rows_are_found_by_name() -> None:
    assert family_of("class_size_min").name == "class_size"
    assert len({rows.name for family in RULE_FAMILIES for rows in family.rows}) == len(
        [rows for family in RULE_FAMILIES for rows in family.rows]
    )
    assert {name for name, _ in PROVEN} <= {rows.name for family in RULE_FAMILIES for rows in family.rows}


def test_every_family_of_variables_has_a_letter_of_its_own() -> None:
    symbols = [family.symbol for family in VARIABLE_FAMILIES.values()]
    assert len(symbols) == len(set(symbols)), "names of variables would repeat"
