"""Names for a plan: a person by id, an agency's list, a class's list, workbooks. Each is asked for by a form, so that
no address holds an id, and written down.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import _, language_in_force
from planner.people.name_books import (
    MOST_ROWS,
    agencies_book,
    assignments_book,
    group_names,
    participants_books,
    unnamed_words,
)
from planner.people.seat_rows import jp_columns, rows_of, to_come
from planner.report.wording.formats import Formats
from planner.store.name_lists import NameTables
from planner.web import naming
from planner.web.bench import bench
from planner.web.cards import Card
from planner.web.documents import SHEET
from planner.web.lists_back import MOST, folder_of, lists_of, put_lists_away, taken
from planner.web.naming import Course
from planner.web.page import page
from planner.web.pages.named import card_named, place
from planner.web.workspace import LARGEST_UPLOAD, problems_of

MOST_SHOWN: Final = 500
"""Most people of a list on a page; the workbook has them all."""


def names(request: Any, name: str) -> Any:
    """Show the forms; no names."""
    card = _card(name)
    return HttpResponseRedirect(place(name)) if card is None else _shown(request, card)


def look(request: Any, name: str) -> Any:
    """Show or download the names that are asked for."""
    card = _card(name)
    if card is None:
        return HttpResponseRedirect(place(name))
    asked = _ASKED.get(request.POST.get("cari", ""))
    try:
        return _shown(request, card) if asked is None else asked(request, card)
    except InputError as error:
        return _shown(request, card, problems=problems_of(error))


def _card(name: str) -> Card | None:
    """Return the card of a scenario with a plan of people; None of any other. Raises Forbidden."""
    card = card_named(name)
    if card.kept is None or card.kept.stored.scenario.people is None:
        return None
    naming.ensure_open_names(card.file, card.kept)
    return card


def _made(card: Card) -> tuple[NameTables, Scenario]:
    assert card.kept is not None
    folder = bench().workspace.folder
    return naming.names_of(card.kept, folder, folder_of(card.file)), card.kept.stored.scenario


def _lists(request: Any, card: Card) -> Any:
    """Take the participants' lists that came back, which say who has attended what is over."""
    assert card.kept is not None
    sent = {file.name: file.read(LARGEST_UPLOAD + 1) for file in request.FILES.getlist("file")[: MOST + 1]}
    with taken(card.file, sent) as lists:
        made = naming.names_of(card.kept, bench().workspace.folder, lists)
    naming.note_look(card.file, "lists")
    if made.attended.notices:
        told = [str(each._replace(file=PurePath(each.file).name)) for each in made.attended.notices]
        return _shown(request, card, noticed=told)
    return HttpResponseRedirect(f"{place(card.file.name)}nama")


def _away(request: Any, card: Card) -> Any:
    put_lists_away(card.file)
    return HttpResponseRedirect(f"{place(card.file.name)}nama")


def _person(request: Any, card: Card) -> Any:
    typed = request.POST.get("id", "")[:100]
    made, scenario = _made(card)
    naming.note_look(card.file, "person")
    line, seats = naming.person_in(made, typed)
    if line is None:
        return _shown(request, card, problems=[_("Nobody in the list has this id.")])
    told = [naming.course_name(scenario, (seat[5], seat[6], seat[7])) for seat in seats]
    return _shown(request, card, person=_in_words(line, scenario), courses_of_person=told)


def _agency(request: Any, card: Card) -> Any:
    made, scenario = _made(card)
    agency = request.POST.get("perangkat", "")
    if agency not in naming.agencies_of(scenario):
        raise InputError(_("There is no such agency in this plan."))
    naming.note_look(card.file, "agency", agency)
    lines, groups = naming.people_of(made, agency), group_names(scenario)
    unnamed = [each for each in made.names.unnamed if scenario.group[each.group].agency == agency]
    told = [
        (
            unnamed_words(scenario, each, groups),
            naming.course_name(scenario, (each.programme, each.period, each.number)),
        )
        for each in unnamed
    ]
    shown = [_in_words(line, scenario) for line in lines[:MOST_SHOWN]]
    return _shown(request, card, of=agency, lines=shown, all=len(lines), unnamed=[": ".join(each) for each in told])


def _class(request: Any, card: Card) -> Any:
    made, scenario = _made(card)
    course = _course(request, card)
    called = naming.course_name(scenario, course)
    naming.note_look(card.file, "class", called)
    seats, groups = naming.participants_of(made, course), group_names(scenario)
    unnamed = [unnamed_words(scenario, each, groups) for each in made.names.unnamed if naming.is_in(each, course)]
    shown, key = seats[:MOST_SHOWN], json.dumps(course)
    return _shown(request, card, of=called, seats=shown, all=len(seats), course=key, unnamed=unnamed)


def _book(request: Any, card: Card) -> Any:
    made, scenario = _made(card)
    if max(made.seats.num_rows, made.lines.num_rows) > MOST_ROWS:
        raise InputError(_("The lists are too long for workbooks; planner assign writes them as Parquet files."))
    what = request.POST.get("buku", "")
    others = [each for each in made.names.unnamed if not each.happened]
    if what == "lampiran":
        naming.note_look(card.file, "book")
        return _download(f"{scenario.id}-lampiran", agencies_book(scenario, to_come(made.seats), others))
    if what == "peserta":
        p, t, _number = _course(request, card)
        naming.note_look(card.file, "class", naming.course_name(scenario, (p, t, None)))
        rows = (row for row in to_come(made.seats) if (row[5], row[6]) == (p, t))
        others = [each for each in others if (each.programme, each.period) == (p, t)]
        for file, content in participants_books(scenario, rows, others):
            return _download(f"{scenario.id}-peserta-{file.removesuffix('.xlsx')}", content)
    naming.note_look(card.file, "book")
    names = made.names
    content = assignments_book(scenario, rows_of(made.seats), rows_of(made.lines), names.pairs, names.unnamed)
    return _download(f"{scenario.id}-penugasan", content)


_ASKED: Final[dict[str, Callable[[Any, Card], Any]]] = {
    "orang": _person, "perangkat": _agency, "angkatan": _class, "buku": _book, "daftar": _lists, "buang": _away,
}  # fmt: skip
"""What may be asked for, by the word of the form."""


def _course(request: Any, card: Card) -> Course:
    """Return the class that a form names; raises InputError where the plan has none such."""
    assert card.kept is not None
    named = request.POST.get("angkatan", "")
    found = next((each for each in naming.courses_of(card.kept) if json.dumps(each) == named), None)
    if found is None:
        raise InputError(_("There is no such class in this plan."))
    return found


def _in_words(line: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    formats, columns = Formats(language_in_force()), jp_columns(scenario.years)
    years = []
    for each in columns.years:
        planned, together = (formats.number(line[key] or 0, 1) for key in (each.planned, each.together))
        before = formats.number(line[columns.before] or 0, 1) if each is columns.years[0] else ""
        reached = line[each.reached]
        told = "" if reached is None else _("yes") if reached else _("no")
        year = each.year if len(columns.years) > 1 else ""
        years.append({"year": year, "planned": planned, "before": before, "together": together, "reached": told})
    return line | {"employment": (line["employment"] or "").upper(), "years": years}


def _download(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=SHEET)
    file = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
    response["Content-Disposition"] = f'attachment; filename="{file}.xlsx"'
    return response


def _shown(request: Any, card: Card, problems: list[str] | None = None, **found: Any) -> Any:
    assert card.kept is not None
    scenario = card.kept.stored.scenario
    courses = [(json.dumps(each), naming.course_name(scenario, each)) for each in naming.courses_of(card.kept)]
    context: dict[str, Any] = {"problems": problems or (), "person": None, "lines": None, "seats": None, "all": 0}
    context |= {
        "noticed": (),
        "of": "",
        "unnamed": (),
        "course": "",
        "courses_of_person": (),
        "agencies": naming.agencies_of(scenario),
    }
    context |= {
        "noticed": (),
        "attended": naming.attended_before(scenario),
        "lists": len(lists_of(card.file)),
        "years": scenario.years if len(scenario.years) > 1 else ("",),
        "courses": courses,
        "most": MOST_SHOWN,
        "competencies": scenario.competencies,
    } | found
    status = 422 if problems else 200
    return page(request, "names.html.j2", status=status, card=card, title=_("Names"), **context)
