"""Templates use exactly what the view-models declare, and compute nothing.

In all templates a name stands for one type. This reads the templates' syntax trees, follows every
name and attribute through the types, and compares what is used with what is declared.
"""

from __future__ import annotations

import dataclasses
import inspect
import typing
from typing import Any, get_args, get_origin

import pytest
from jinja2 import nodes
from markupsafe import Markup

from planner.report.charts.drawing import Drawing
from planner.report.charts.palette import Tone
from planner.report.fonts import Face
from planner.report.page import TEMPLATES, environment
from planner.report.views.agencies import AgencyPart
from planner.report.views.answers.page import Answers
from planner.report.views.cover import Fact
from planner.report.views.document import Report
from planner.report.views.frame import Frame
from planner.report.views.heading import Heading
from planner.report.views.section import Section
from planner.report.views.side_by_side import SideBySidePage
from planner.report.views.signatures import Signature
from planner.report.views.table import Column, Figure, Table, TableRow

CONTEXT: dict[str, Any] = {
    "report": Report, "comparison": SideBySidePage, "answers": Answers, "section": Section, "frame": Frame,
}  # fmt: skip
PARAMETERS: dict[str, Any] = {
    "heading": Heading, "links": tuple[Heading, ...], "facts": tuple[Fact, ...], "kind": str, "table": Table,
    "row": TableRow, "drawing": Drawing, "name": str, "figure": Figure, "agency": AgencyPart,
    "column": Column, "width": str, "signed": tuple[Signature, ...],
}  # fmt: skip
"""What the parameters of macros are, in every macro."""
ELSEWHERE = {(Section, "gists"), (Column, "mixed")}
"""Declared and used by another view, not by a template: the front page takes its sentences from sections, and tables
write the figures of a column alike."""
GIVEN = {"_", "ngettext", "gettext", "parts", "loop", "caller"}
NAMES = sorted(path.name for path in TEMPLATES.iterdir() if path.is_file())


class Reader:
    """Follows the types of a template's expressions; `used` collects (class, attribute)."""

    def __init__(self) -> None:
        self.used: set[tuple[type, str]] = set()

    def read(self, node: nodes.Node, known: dict[str, Any]) -> None:
        if isinstance(node, nodes.For):
            inner = {
                **known,
                str(typing.cast(nodes.Name, node.target).name): element_of(self.type_of(node.iter, known)),
            }
            for child in (*node.body, *node.else_):
                self.read(child, inner)
        elif isinstance(node, nodes.Macro):
            inner = {**known, **{arg.name: PARAMETERS[arg.name] for arg in node.args}}
            for child in node.body:
                self.read(child, inner)
        elif isinstance(node, nodes.Assign):
            known[typing.cast(nodes.Name, node.target).name] = self.type_of(node.node, known)
        elif isinstance(node, nodes.Call):
            self.call(node, known)
        elif isinstance(node, nodes.Expr):
            self.type_of(node, known)
        else:
            for child in node.iter_child_nodes():
                self.read(child, known)

    def call(self, node: nodes.Call, known: dict[str, Any]) -> None:
        """A call is of a macro or of gettext; the arguments of macros have the types of their parameters."""
        of_macro = isinstance(node.node, nodes.Getattr) or typing.cast(nodes.Name, node.node).name in MACROS
        name = node.node.attr if isinstance(node.node, nodes.Getattr) else typing.cast(nodes.Name, node.node).name
        given = [self.type_of(argument, known) for argument in node.args]
        if of_macro:
            for parameter, kind in zip(MACROS[name], given, strict=True):
                assert plain(kind) == PARAMETERS[parameter], f"{name}({parameter}) is given {kind}"
        else:
            assert name in ("_", "gettext", "ngettext"), f"{name}() is called"

    def type_of(self, node: nodes.Node, known: dict[str, Any]) -> Any:
        if isinstance(node, nodes.Name):
            assert node.name in known or node.name in GIVEN, f"{node.name} is not declared"
            return known.get(node.name)
        if isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == "loop":
                assert node.attr == "index0"
                return int
            owner = plain(self.type_of(node.node, known))
            assert dataclasses.is_dataclass(owner), f"{owner}.{node.attr}"
            self.used.add((typing.cast(type, owner), node.attr))
            return declared(typing.cast(type, owner), node.attr)
        if isinstance(node, nodes.Getitem):
            self.type_of(node.arg, known)
            return element_of(self.type_of(node.node, known))
        if isinstance(node, nodes.Call):
            self.call(node, known)
            return str
        if isinstance(node, nodes.Const | nodes.TemplateData):
            return type(getattr(node, "value", ""))
        assert isinstance(node, nodes.Compare | nodes.Not | nodes.And | nodes.Or | nodes.CondExpr | nodes.Operand), (
            f"{type(node).__name__} in a template: compute it in the view"
        )
        for child in node.iter_child_nodes():
            self.type_of(child.expr if isinstance(child, nodes.Operand) else child, known)
        return bool


def plain(kind: Any) -> Any:
    """`X | None` as X: templates ask before they look inside."""
    options = [option for option in get_args(kind) if option is not type(None)]
    return options[0] if type(None) in get_args(kind) and len(options) == 1 else kind


def element_of(kind: Any) -> Any:
    assert get_origin(plain(kind)) is tuple, f"{kind} is not a tuple"
    return get_args(plain(kind))[0]


def declared(owner: type, name: str) -> Any:
    """The type of a field or property; AssertionError where there is none."""
    hints = typing.get_type_hints(owner)
    if name in hints:
        return hints[name]
    found = inspect.getattr_static(owner, name, None)
    function = getattr(found, "fget", None) or getattr(found, "func", None)
    assert function is not None, f"{owner.__name__} has no {name}"
    return typing.get_type_hints(function)["return"]


def parsed(name: str) -> nodes.Template:
    env = environment()
    assert env.loader is not None
    return env.parse(env.loader.get_source(env, name)[0])


MACROS = {
    macro.name: [arg.name for arg in macro.args] for name in NAMES for macro in parsed(name).find_all(nodes.Macro)
}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_uses_only_what_is_declared(name: str) -> None:
    Reader().read(parsed(name), {**CONTEXT})


def test_everything_declared_is_used() -> None:
    reader = Reader()
    for name in NAMES:
        reader.read(parsed(name), {**CONTEXT})
    unused = []
    for view in {owner for owner, _name in reader.used if owner not in (Face, Tone)}:
        source = inspect.getsource(view)
        for field in dataclasses.fields(view):
            if (view, field.name) not in {*reader.used, *ELSEWHERE} and f"self.{field.name}" not in source:
                unused.append(f"{view.__name__}.{field.name}")
    assert unused == []


@pytest.mark.parametrize("name", NAMES)
def test_no_template_turns_escaping_off(name: str) -> None:
    tree = parsed(name)
    assert [f.name for f in tree.find_all(nodes.Filter)] == []
    assert list(tree.find_all((nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.ScopedEvalContextModifier))) == []


def test_escaping_is_on_whatever_the_template_is_called() -> None:
    assert environment().from_string("{{ frame }}").render(frame="<b>&") == "&lt;b&gt;&amp;"
    assert environment().autoescape is True


def test_only_our_own_text_for_styles_is_taken_as_finished() -> None:
    """Markup in a view would pass unescaped; the two CSS strings of the frame are the only ones."""
    safe = [
        f"{view.__name__}.{name}"
        for view in (Report, SideBySidePage, Frame, Table, TableRow, Figure, Drawing, Heading, Fact)
        for name, kind in typing.get_type_hints(view).items()
        if kind is Markup
    ]
    assert safe == ["Frame.running_head", "Frame.page_word"]
