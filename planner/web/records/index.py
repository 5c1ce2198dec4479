"""How the index follows the folders: what a run is known by, and what each line of the journal does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Final

from django.db import transaction

from planner.errors import InputError
from planner.store.journal import FIRST, Journal, JournalLine
from planner.store.run_folders import RunFacts, RunFolders
from planner.web.records.models import KeptRun, WrittenLine
from planner.web.review_states import Review

UNPROVEN: Final = "unproven"
"""Fact of a line of the journal that is not as it was written, or that follows none."""
AT_ONCE: Final = 500
"""Most rows in one statement."""


def _submitted(run: KeptRun, line: Any) -> None:
    run.review, run.submitted_by, run.submitted_at = "submitted", line.who, line.at
    run.reviewed_by, run.reviewed_at = "", None


def _reviewed(review: Review) -> Callable[[KeptRun, Any], None]:
    def apply(run: KeptRun, line: Any) -> None:
        run.review, run.reviewed_by, run.reviewed_at = review, line.who, line.at

    return apply


def _set(name: str, value: Callable[[Any], Any]) -> Callable[[KeptRun, Any], None]:
    return lambda run, line: setattr(run, name, value(line))


def _verified(run: KeptRun, line: Any) -> None:
    run.checked_at, run.findings = line.at, int(line.facts.get("findings", 0))


EFFECTS: Final[Mapping[str, Callable[[KeptRun, Any], None]]] = MappingProxyType(
    {
        "pinned": _set("pinned", lambda line: True),
        "unpinned": _set("pinned", lambda line: False),
        "deleted": _set("deleted_at", lambda line: line.at),
        "restored": _set("deleted_at", lambda line: None),
        "verified": _verified,
        "submitted": _submitted,
        "withdrawn": _reviewed(""),
        "returned": _reviewed("returned"),
        "approved": _reviewed("approved"),
    }
)
"""What an act does to its run, by its name; other acts do nothing to it."""


class RecordIndex:
    """The index of one workspace. One thread at a time may refresh it."""

    def __init__(self, folders: RunFolders, journal: Journal) -> None:
        self._folders, self._journal = folders, journal
        self._read = -1
        """Where the next line of the journal begins [bytes]; -1 until it is known what the tables hold."""
        self._hash = FIRST
        """Hash of the line before that."""
        self._lost: list[WrittenLine] = []
        """Lines that the tables had and the journal no longer has, until the journal says so itself."""

    def refresh(self) -> None:
        """Add runs and lines that are not in the tables; make them anew where they are of another journal."""
        with self._changing():
            if self._read < 0:
                self._find_place()
            found, known = set(self._folders.ids()), set(KeptRun.objects.values_list("run", flat=True))
            for some in _parts(sorted(known - found)):
                KeptRun.objects.filter(run__in=some).delete()
            self._add_runs(sorted(found - known))
            self._add_lines()
            if self._lost:
                self._journal.add("lost", who="planner", note="; ".join(map(_remembered, self._lost)))
                self._lost = []
                self._add_lines()

    def difference(self) -> int | None:
        """Return the number of the first line of the journal that is not as this index knows it; None where there is
        none."""
        known = dict(WrittenLine.objects.values_list("number", "hash"))
        for _start, line in self._journal.lines():
            if line is None or known.pop(line.number, line.hash) != line.hash:
                return None if line is None else line.number
        return min(known, default=None)

    def follow(self) -> None:
        """Add lines that are not in the tables; quick where there are none."""
        if self._read < 0 or self._journal.size < self._read:
            self._read = -1
            self.refresh()
        elif self._journal.size > self._read:
            with self._changing():
                self._add_lines()

    def add(self, run: str) -> None:
        """Add a run that has just been kept."""
        with transaction.atomic():
            if not KeptRun.objects.filter(run=run).exists():
                self._add_runs([run])

    def rebuild(self) -> int:
        """Make the tables anew from folders and journal; return how many runs there are."""
        with self._changing():
            self._clear()
            self.refresh()
        return int(KeptRun.objects.count())

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change all tables or none within the block; after a failure the place in the journal is searched again."""
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self._read = -1
            raise

    def _clear(self) -> None:
        KeptRun.objects.all().delete()
        WrittenLine.objects.all().delete()
        self._read, self._hash = 0, FIRST

    def _find_place(self) -> None:
        """Find the line of the journal that the tables know last; where there is none such, lines are gone or changed,
        nothing in the tables counts, and what they still know of those lines is kept for the journal."""
        last = WrittenLine.objects.order_by("-number").first()
        self._read, self._hash = 0, FIRST
        if last is None:
            return
        for start, line in self._journal.lines():
            if line is not None and line.number == last.number:
                if line.hash == last.hash:
                    self._read, self._hash = start, line.hash
                    return
                break
        there = {line.hash for _start, line in self._journal.lines() if line is not None}
        self._lost = [line for line in WrittenLine.objects.order_by("number") if line.hash not in there]
        self._clear()

    def _add_runs(self, runs: list[str]) -> None:
        for some in _parts(runs):
            rows = {}
            for run in some:
                with suppress(InputError, KeyError):  # damaged by other hands; the journal still tells of it
                    rows[run] = _row(run, *self._folders.checked_facts(run))
            for act in WrittenLine.objects.filter(subject__in=list(rows)).order_by("number"):
                _apply(rows[act.subject], act)  # of runs that were away and came back
            KeptRun.objects.bulk_create(rows.values())

    def _add_lines(self) -> None:
        runs: dict[str, KeptRun | None] = {}
        rows: dict[int, WrittenLine] = {}
        for start, line in self._journal.lines(self._read):
            self._read = start
            if line is None or line.number in rows:
                continue
            row = rows[line.number] = _line_row(line)
            if (line.before, line.hash) != (self._hash, line.seal):
                row.facts = row.facts | {UNPROVEN: True}
            self._hash = line.hash
            if line.action in EFFECTS:
                if line.subject not in runs:
                    runs[line.subject] = KeptRun.objects.filter(run=line.subject).first()
                if (run := runs[line.subject]) is not None:
                    _apply(run, row)
        for some in _parts(list(rows)):
            WrittenLine.objects.bulk_create([rows[number] for number in some], ignore_conflicts=True)
        for changed in runs.values():
            if changed is not None:
                changed.save()


def _remembered(line: WrittenLine) -> str:
    """Return a line that is gone: its number, what was done, to what and by whom, and the beginning of its seal."""
    return f"{line.number} {line.action} {line.subject} {line.who} {line.hash[:12]}"


def _parts[T](things: list[T]) -> Iterator[list[T]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))


def _apply(run: KeptRun, act: WrittenLine) -> None:
    """Do to a run what an act does; nothing where the act is not as it was written, or was about another plan."""
    proven = UNPROVEN not in act.facts and act.facts.get("plan", run.plan_sha256) == run.plan_sha256
    if act.action in EFFECTS and proven:
        EFFECTS[act.action](run, act)


def _row(run: str, facts: RunFacts, sound: bool) -> KeptRun:
    known = {name: value for name, value in asdict(facts).items() if name not in ("made_at", "warnings")}
    return KeptRun(run=run, made_at=facts.moment, checked_at=facts.moment, findings=int(not sound), **known)


def _line_row(line: JournalLine) -> WrittenLine:
    told = {name: getattr(line, name) for name in ("number", "who", "signed_in", "action", "subject", "note", "hash")}
    return WrittenLine(at=line.moment, facts=dict(line.facts), **told)
