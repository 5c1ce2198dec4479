"""Render a view as one self-contained HTML document."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.locale import _, language_in_force, ngettext
from planner.report.template_code import TemplateCode
from planner.report.wording.escape import css_text, visible
from planner.version import VERSION

if TYPE_CHECKING:
    from planner.report.views.frame import Frame

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return the template environment: every expression is escaped, and undefined names are errors."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=TemplateCode(__file__),
    )
    made.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    return made


def frame(title: str, running_head: str, *, pictures: bool = False) -> Frame:
    """Return language, title, typeface and colours of a document."""
    from planner.report.charts.palette import TONES  # the first page of the workbench needs none of these
    from planner.report.fonts import faces
    from planner.report.views.column_widths import MILLIMETRES
    from planner.report.views.frame import Frame

    return Frame(
        language=language_in_force(),
        title=title,
        running_head=Markup(css_text(running_head)),
        page_word=Markup(css_text(_("Page"))),
        generator=f"planner {VERSION}",
        faces=faces(),
        tones=tuple(TONES.values()),
        widths=MILLIMETRES,
        pictures=pictures,
    )


def render(template: str, **context: Any) -> str:
    """Render a document; tests/pages/test_templates.py checks the names in `context`."""
    return environment().get_template(template).render(context).rstrip() + "\n"
