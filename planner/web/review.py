"""The approval of a plan: who may do what with a run, and what is frozen when it is approved."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.errors import InputError, MissingPackage, PlannerError
from planner.locale import _
from planner.store.run_folders import digest
from planner.web import documents
from planner.web.acting import Actor, actor
from planner.web.same_name import alike, same
from planner.whole_file import keep_names, write_whole

if TYPE_CHECKING:
    from planner.web.archive import Archive

APPROVED: Final = "approved"
"""The folder in that of a run with the documents as they were approved."""


class NotAllowed(PlannerError):
    """The act is not open to this user, or not in this state."""


@dataclass(frozen=True)
class Acts:
    """Which acts are open to the acting user, by name."""

    names: frozenset[str]

    def __contains__(self, name: str) -> bool:
        return name in self.names


def may(run: Any) -> Acts:
    """Return the acts that are open to who acts, on a run as it stands."""
    user = actor()
    planner, reviewer = user.may("planner", run.agency), user.may("reviewer", run.agency)
    if run.deleted_at is not None:
        return Acts(frozenset({"restore"} if planner else ()))
    acts = {"verify"} if planner or reviewer else set()
    if planner:
        acts |= {"unpin"} if run.pinned else {"pin"}
        acts |= {"submit"} if run.review in ("", "returned") and not run.findings else set()
        acts |= {"withdraw"} if run.review == "submitted" else set()
        acts |= {"delete"} if run.review in ("", "returned") and not run.pinned else set()
    if run.review == "submitted":
        acts |= {"comment"} if planner or reviewer else set()
        acts |= {"return", "approve"} if reviewer else set()
    return Acts(frozenset(acts))


def ensure_second_person(run: Any, user: Actor, *, another: bool) -> None:
    """Raise NotAllowed where who acts would approve what they have submitted themselves.

    Accounts are told apart by their names. A name that was typed is compared leniently; one that may be the same person
    needs the word of its user to be `another`.
    """
    typed = not user.signed_in
    if user.name.casefold() == run.submitted_by.casefold() or (typed and same(user.name, run.submitted_by)):
        raise NotAllowed(_("Whoever has submitted a plan cannot approve it: ask a second person."))
    if typed and not another and alike(user.name, run.submitted_by):
        words = _("'{name}' may be '{other}', who has submitted this plan.")
        remedy = _("If you are somebody else, go back and say so beside your name; the journal keeps it.")
        raise NotAllowed(f"{words.format(name=user.name, other=run.submitted_by)} {remedy}")


def freeze(archive: Archive, run: Any, approval: str) -> dict[str, str]:
    """Make the documents of a run with the words of its approval; return the SHA-256 of each by name.

    They lie in the folder of the run, whole or not at all; one is left out only where its optional package is not
    installed. Raises PlannerError where the plan no longer holds, and NotAllowed where a document cannot be made.
    """
    kept = archive.plan(run, anew=True)
    folder = archive.folders.folder(run.run)
    unfinished, place = folder / f".{APPROVED}.unfinished", folder / APPROVED
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)  # of an approval that was cut short, and so never was
    unfinished.mkdir()
    sums = {}
    try:
        for name in documents.DOCUMENTS:
            try:
                made = documents.document(kept, archive.warnings(run), name, approval)
            except MissingPackage:
                continue
            except OSError:
                raise  # the page says why the system could not read or write
            except Exception as error:
                reason = error.message if isinstance(error, PlannerError) else type(error).__name__
                words = _("The plan is not approved, since its document {name} cannot be made: {reason}")
                raise NotAllowed(words.format(name=name, reason=reason)) from error
            if made is not None:
                write_whole(unfinished / name, made.content)
                sums[name] = digest(made.content)
        write_whole(unfinished / "approval.json", json.dumps({"words": approval, "sha256": sums}, ensure_ascii=False))
        unfinished.rename(place)
        keep_names(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return sums


def frozen(archive: Archive, run: Any, document: str) -> documents.Made | None:
    """Return the document as it was approved; None where the run is not approved. Raises InputError where it was
    changed."""
    if run.review != "approved" or document not in documents.DOCUMENTS:
        return None
    sums = archive.approval_of(run).facts.get("documents", {})
    if document not in sums:
        raise InputError(_("This document was not made when the plan was approved."))
    try:
        content = Path(archive.folders.folder(run.run) / APPROVED / document).read_bytes()
    except (OSError, KeyError):
        content = b""
    if digest(content) != sums[document]:
        raise InputError(_("This document is not the one that was approved: its file has been changed or removed."))
    of = documents.DOCUMENTS[document]
    return documents.Made(document, of.kind, content, of.shown)


def approved_documents(archive: Archive, run: Any) -> frozenset[str] | None:
    """Return the names of the documents that were frozen with the approval of a run; None where it is not approved."""
    return frozenset(archive.approval_of(run).facts.get("documents", {})) if run.review == "approved" else None
