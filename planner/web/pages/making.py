"""New scenario files: from a file, or as a copy."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _
from planner.web.bench import bench
from planner.web.page import page
from planner.web.pages.named import place
from planner.web.sections import SHEET
from planner.web.workspace import LARGEST_UPLOAD, problems_of, told


def new(request: Any) -> Any:
    """A form for a new scenario file."""
    return _form(request, name="", source=request.GET.get("dari", ""))


def create(request: Any) -> Any:
    """Make a new scenario file from a file that was sent, or as a copy of another.

    What was noticed in reading a file is said before going on, since the YAML made of it no longer shows it.
    """
    from planner.web.creating import Origin, created
    from planner.web.faulty_cells import excerpts

    name, sent, source = request.POST.get("name", ""), request.FILES.get("file"), request.POST.get("source", "")
    content = sent.read(LARGEST_UPLOAD + 1) if sent else None
    origin = Origin(content, sent.name if sent else "", source, "next_year" in request.POST)
    try:
        file, notices = created(bench().workspace, name.strip(), origin)
    except InputError as error:
        problems, cells = problems_of(error), excerpts(content, error.problems) if content else ()
        return _form(request, name=name, source=source, problems=problems, excerpts=cells)
    if notices:
        context: dict[str, Any] = {"title": file.name, "file": file, "warnings": told(notices), "replanned": False}
        return page(request, "made.html.j2", next_year=not content, **context)
    return HttpResponseRedirect(f"{place(file.name)}{'' if content else 'ubah'}")


def _form(request: Any, **given: Any) -> Any:
    context = {"files": bench().workspace.files(), "problems": (), "excerpts": (), "title": _("New scenario")} | given
    return page(request, "new.html.j2", status=422 if context["problems"] else 200, **context)


def blank(request: Any) -> Any:
    """The workbook that is filled in for a new scenario, in the language of the page."""
    from planner.scenario_io.scenario_workbook import workbook_bytes

    response = HttpResponse(workbook_bytes(None, (), ()), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{_("scenario")}.xlsx"'
    return response
