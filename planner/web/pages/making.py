"""New scenario files: from a file, of which faulty cells are corrected on the page, or as a copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect

from planner.errors import InputError
from planner.locale import _
from planner.web.bench import bench
from planner.web.documents import SHEET
from planner.web.page import page
from planner.web.pages.named import place
from planner.web.workspace import LARGEST_UPLOAD, problems_of, told

if TYPE_CHECKING:
    from planner.web.mending import MendedBook


def new(request: Any) -> Any:
    """Show a form for a new scenario file."""
    return _form(request, name="", source=request.GET.get("dari", ""))


def create(request: Any) -> Any:
    """Make a new scenario file from a file that was sent, or as a copy of another.

    Cells of a workbook that are faulty are corrected on the page that says so: what is typed goes into a copy of the
    workbook, which is read as one that was sent. What was noticed in reading a file, and what was changed, is said
    before going on, since the YAML made of it no longer shows it.
    """
    from planner.web.creating import Origin, created

    name, source, sent = request.POST.get("name", ""), request.POST.get("source", ""), _sent(request)
    if sent is None and "kiriman" in request.POST:
        gone = [_("The workbook that was sent is not kept any more: send it again.")]
        return _form(request, name=name, source=source, problems=gone)
    try:
        book = None if sent is None else _with_what_was_typed(request, sent)
        if book is not None and sent is not None and "unduh" in request.POST:
            return _download(book.content, sent.called)
        content = None if book is None else book.content
        origin = Origin(content, sent.called if sent else "", source, "next_year" in request.POST)
        file, notices = created(bench().workspace, name.strip(), origin)
    except InputError as error:
        return _to_correct(request, sent, error, name=name, source=source)
    changes = book.changes if book else ()
    if notices or changes:
        mark = _kept(sent) if changes and sent else ""
        context: dict[str, Any] = {"title": file.name, "file": file, "warnings": told(notices), "replanned": False}
        context |= {"changes": changes, "kiriman": mark, "called": sent.called if sent else ""}
        return page(request, "made.html.j2", next_year=not content, **context)
    return HttpResponseRedirect(f"{place(file.name)}{'' if content else 'ubah'}")


@dataclass(frozen=True)
class SentFile:
    """A file that makes a scenario: as it was sent, now or when the page was last asked."""

    content: bytes
    called: str


def _sent(request: Any) -> SentFile | None:
    """Return the file that was sent, or the workbook that is being corrected; None where there is none."""
    from planner.web.mending import kept_aside

    if sent := request.FILES.get("file"):
        return SentFile(sent.read(LARGEST_UPLOAD + 1), sent.name)
    content = kept_aside(bench().workspace, request.POST.get("kiriman", ""))
    if content is None and (book := request.POST.get("buku", "")):
        file = bench().workspace.file(book)
        content = None if file.is_text else file.path.read_bytes()
    return None if content is None else SentFile(content, request.POST.get("dari", "")[:200] or "buku.xlsx")


def _with_what_was_typed(request: Any, sent: SentFile) -> MendedBook:
    from planner.web.mending import MendedBook, is_workbook, mended, typed_in

    if not is_workbook(sent.content):
        return MendedBook(sent.content)
    return mended(sent.content, typed_in(sent.content, request.POST.dict()))


def _to_correct(request: Any, sent: SentFile | None, error: InputError, **given: Any) -> Any:
    """Return the page with all problems, and a field for each cell that they name."""
    from planner.web.faulty_cells import excerpts
    from planner.web.mending import MendedBook, is_workbook, typed_in

    context: dict[str, Any] = {"problems": problems_of(error)} | given
    if sent is not None and is_workbook(sent.content):
        try:
            book = _with_what_was_typed(request, sent)
        except InputError:  # one of the cells cannot be changed: the others are typed already
            typed = typed_in(sent.content, request.POST.dict())
            book = MendedBook(sent.content, tuple(each for each in typed if each.new != each.old))
        fields = book.fields(error.problems)
        shown = {each.place for each in fields.values()}
        context |= {"fields": fields, "excerpts": excerpts(book.content, error.problems)}
        context |= {"changes": [each for each in book.changes if each.place not in shown], "called": sent.called}
        context["kiriman"] = _kept(sent) if fields or book.changes else ""
    return _form(request, **context)


def _kept(sent: SentFile) -> str:
    from planner.web.mending import keep_aside

    return keep_aside(bench().workspace, sent.content)


def _download(content: bytes, called: str) -> Any:
    """Return the workbook with what was typed; the one that was sent stays as it was."""
    stem = re.sub(r"[^A-Za-z0-9 ._()-]", "_", called.removesuffix(".xlsx"))[:80] or "buku"
    response = HttpResponse(content, content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{stem}-{_("corrected")}.xlsx"'
    return response


def _form(request: Any, **given: Any) -> Any:
    context = {"files": bench().workspace.files(), "problems": (), "excerpts": (), "title": _("New scenario")}
    context |= {"fields": {}, "changes": (), "kiriman": "", "called": ""} | given
    return page(request, "new.html.j2", status=422 if context["problems"] else 200, **context)


def blank(request: Any) -> Any:
    """Show the workbook that is filled in for a new scenario, in the language of the page."""
    from planner.scenario_io.scenario_workbook import workbook_bytes

    response = HttpResponse(workbook_bytes(None, (), ()), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{_("scenario")}.xlsx"'
    return response
