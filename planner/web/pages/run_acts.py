"""What is done with a run: kept in sight, checked again, deleted, submitted, commented on, returned, approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from django.http import HttpResponseRedirect

from planner.errors import CheckFailed, PlannerError
from planner.locale import _, speaking
from planner.store.journal import LONGEST_NOTE, Action
from planner.web import review
from planner.web.acting import acting_as, actor
from planner.web.bench import bench
from planner.web.middleware import remember_name, typed_name
from planner.web.page import page
from planner.web.pages.named import card_named, place, run_place
from planner.web.run_rows import moment, row_of
from planner.web.workspace import Unknown, problems_of

Act = Callable[[Any, Any], None]


def _simply(action: Action) -> Act:
    def act(_request: Any, run: Any) -> None:
        bench().archive.write(action, run.run, scenario=run.scenario_id, plan=run.plan_sha256)

    return act


def _said(action: Action, needed: bool = False) -> Act:
    """Return an act with a note; the name of who acts must be known."""

    def act(request: Any, run: Any) -> None:
        note = str(request.POST.get("note", "")).replace("\r\n", "\n").strip()
        if needed and not note:
            raise review.NotAllowed(_("Write what has to be changed, or your comment."))
        if len(note) > LONGEST_NOTE:
            raise review.NotAllowed(_("This is longer than a note can be (4,000 characters)."))
        section = str(request.POST.get("section", ""))[:40]
        facts = {"section": section} if section.isidentifier() else {}
        bench().archive.write(action, run.run, note, scenario=run.scenario_id, plan=run.plan_sha256, **facts)

    return act


def _verify(_request: Any, run: Any, **facts: str) -> None:
    """Have the checker judge a plan again, and write down what it says; `facts` say why."""
    archive = bench().archive
    findings = 0
    try:
        archive.plan(run, anew=True)
    except CheckFailed as error:
        findings = max(1, error.message.count("\n") + 1)
    archive.write("verified", run.run, scenario=run.scenario_id, plan=run.plan_sha256, findings=findings, **facts)


def _submit(request: Any, run: Any) -> None:
    _verify(request, run, because="submitted")
    if bench().archive.run(run.run).findings:
        raise review.NotAllowed(_("The checker refuses this plan: make it anew."))
    _said("submitted")(request, run)


def _approve(request: Any, run: Any) -> None:
    archive, who = bench().archive, actor()
    another = "another" in request.POST and not who.signed_in
    review.ensure_second_person(run, who, another=another)
    with speaking(archive.plan(run).stored.scenario.scenario.language):
        words = _("{name} on {when}; submitted by {other}; SHA-256 of the plan {hash}").format(
            name=who.name, when=moment(datetime.now(UTC)), other=run.submitted_by, hash=run.plan_sha256[:16]
        )
    note = str(request.POST.get("note", "")).replace("\r\n", "\n").strip()
    facts: dict[str, Any] = {"documents": review.freeze(archive, run, words), "words": words}
    facts |= {"submitted_by": run.submitted_by} | ({"another": True} if another else {})
    archive.write("approved", run.run, note, scenario=run.scenario_id, plan=run.plan_sha256, **facts)


ACTS: Final = MappingProxyType(
    {
        "semat": ("pin", _simply("pinned")),
        "lepas": ("unpin", _simply("unpinned")),
        "hapus": ("delete", _simply("deleted")),
        "pulihkan": ("restore", _simply("restored")),
        "periksa": ("verify", _verify),
        "ajukan": ("submit", _submit),
        "tarik": ("withdraw", _said("withdrawn")),
        "tanggapi": ("comment", _said("commented", needed=True)),
        "kembalikan": ("return", _said("returned", needed=True)),
        "setujui": ("approve", _approve),
    }
)
"""What may be done with a run, by the word of its address: its name in `review.may`, and how it is done."""
NAMED: Final = frozenset({"submit", "withdraw", "comment", "return", "approve"})
"""Acts for which the journal needs a name."""


def act(request: Any, run: str, word: str) -> Any:
    """Do something with a run, and show it. Raises Unknown where there is no such run or act."""
    if word not in ACTS:
        raise Unknown(word)
    archive = bench().archive
    archive.follow()
    archive.run(run)
    return _done(request, lambda: archive.run(run), word)


def submit_current(request: Any, name: str) -> Any:
    """Submit the plan that lies in the folder of results, also where the command line has made it."""
    found = card_named(name)
    if found.kept is None:
        return HttpResponseRedirect(place(name))
    archive, kept, warnings = bench().archive, found.kept, found.warnings
    return _done(request, lambda: archive.run_of(name, kept, warnings), "ajukan")


def _done(request: Any, find: Callable[[], Any], word: str) -> Any:
    name, how = ACTS[word]
    user = typed_name(request)
    with acting_as(user), bench().archive.acting():
        run = find()
        try:
            if name not in review.may(run):
                raise review.NotAllowed(_("This is not open to you, or the plan has been dealt with meanwhile."))
            if name in NAMED and not user.name:
                raise review.NotAllowed(_("Say who you are: the journal needs a name."))
            how(request, run)
        except PlannerError as error:
            context = {"row": row_of(run), "problems": problems_of(error), "title": run.title}
            return page(request, "run_trouble.html.j2", status=409, **context)
    to = f"/riwayat?dihapus={run.run}" if name == "delete" else run_place(run.run)
    return remember_name(HttpResponseRedirect(to), request, user)
