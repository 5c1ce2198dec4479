"""What the workbench remembers: every plan made in it, and who did what with it.

Folders and journal are the truth; a database is the index of both.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.errors import CheckFailed, InputError
from planner.locale import _
from planner.store.journal import Action, Journal, JournalLine
from planner.store.leftovers import clear_leftovers
from planner.store.run_folders import RunFacts, RunFolders
from planner.store.stored_plan import content_of, read_stored
from planner.web.acting import Actor, acting_as, actor
from planner.web.passed import PASSED, CheckedPlan
from planner.web.workspace import Unknown, told

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario
    from planner.web.records.index import RecordIndex
    from planner.web.records.models import KeptRun, WrittenLine

DELETED_FOR: Final = timedelta(days=30)
"""How long a deleted run can be brought back."""
_KEPT: Final = 8
"""How many plans of runs are kept in memory once they are checked."""


class Archive:
    """The runs and the journal of a workspace. Any thread may use it."""

    def __init__(self, results: Path) -> None:
        self.folders = RunFolders(results)
        self.journal = Journal(self.folders.top)
        self._index: RecordIndex | None = None
        self._changing = threading.RLock()
        self._acting = threading.RLock()
        self._looked: tuple[tuple[int, int], int | None] | None = None
        self._plans: dict[str, tuple[str, CheckedPlan]] = {}
        """Plans of the runs that were shown last, each with the content of its files when it was read."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has ever been kept or written down."""
        return not self.folders.top.is_dir()

    def open(self, *, anew: bool = False) -> None:
        """Bring the tables up to date with the program and with the folders, or make them `anew`, whatever they hold;
        only the first call does anything."""
        from planner.web.records.index import RecordIndex
        from planner.web.records.tables import make_tables

        with self._changing:
            if self._index is None:
                self.folders.top.mkdir(parents=True, exist_ok=True)
                make_tables()
                index = RecordIndex(self.folders, self.journal)
                index.rebuild() if anew else index.refresh()
                self._index = index

    def rebuild(self) -> int:
        """Make the index anew from the folders; return how many runs there are."""
        with self._changing:
            return self._opened().rebuild()

    def tidy(self) -> None:
        """Remove what killed processes left in the results, and runs deleted long ago; called when a server starts."""
        with self._changing:
            clear_leftovers(self.folders.top.parent, below=True)
            self._opened()
            from planner.web.records.models import KeptRun

            gone = KeptRun.objects.filter(deleted_at__lt=datetime.now(UTC) - DELETED_FOR)
            for run in gone:
                with suppress(KeyError, OSError):
                    self.folders.remove(run.run)
                    self.write("removed", run.run, who="planner", scenario=run.scenario_id, plan=run.plan_sha256)
            gone.delete()

    def keep(self, file: str, loaded: LoadedScenario, plan: Plan, by: Actor, *, searched_on: bool = False) -> None:
        """Keep a plan that was made and checked now, of a scenario file, as a run. From a thread of its own.

        It may come of a search that went on from another plan (`searched_on`), as the journal then says.
        """
        from django.db import close_old_connections

        facts = RunFacts.of(file, loaded.scenario, plan, by.name, told(loaded.warnings))
        PASSED.add(facts.plan_sha256, facts.scenario_sha256)
        try:
            with acting_as(by):
                self._kept(facts, loaded.scenario, plan, searched_on=searched_on)
        finally:
            close_old_connections()

    def _kept(
        self, facts: RunFacts, scenario: Scenario, plan: Plan, first: Plan | None = None, *, searched_on: bool = False
    ) -> str:
        about: dict[str, Any] = {"gap": plan.relative_gap} | ({"searched_on": True} if searched_on else {})
        run = self.folders.keep(facts, scenario, plan, first)
        with self._changing:
            self._opened().add(run)
            self.write("made", run, who=facts.made_by, scenario=facts.scenario_id, plan=facts.plan_sha256, **about)
        return run

    def run_of(self, file: str, kept: CheckedPlan, warnings: Sequence[str] = ()) -> KeptRun:
        """Return the run whose plan lies in the folder of results; it is kept now where the command line has made
        it."""
        known = self.known_run_of(kept)
        if known is not None:
            return known
        facts = RunFacts.of(file, kept.stored.scenario, kept.plan, "", warnings)
        run = self._kept(facts, kept.stored.scenario, kept.plan, kept.stored.first)
        return self.run(run)

    def known_run_of(self, kept: CheckedPlan) -> KeptRun | None:
        """Return the run whose plan lies in the folder of results; None where none has been kept."""
        if self.is_empty:
            return None
        self._opened()
        from planner.web.records.models import KeptRun

        same = KeptRun.objects.filter(plan_sha256=kept.stored.sha256, deleted_at=None)
        found: KeptRun | None = same.order_by("made_at").first()
        return found

    def run(self, run: str) -> KeptRun:
        """Return a run by its id, deleted or not. Raises Unknown."""
        self._opened()
        from planner.web.records.models import KeptRun

        found: KeptRun | None = KeptRun.objects.filter(run=run).first()
        if found is None or not actor().may("reader", found.agency):
            raise Unknown(run)
        return found

    def find(self, run: str) -> KeptRun | None:
        """Return a run by its id; None where there is none."""
        try:
            return self.run(run)
        except Unknown:
            return None

    def runs(self, scenario: str = "", shown: str = "") -> Any:
        """Return the runs that the acting user may see, newest first: of a scenario by its id, and those that are
        `shown`.

        That is a state of a review, "pinned" or "deleted"; else all that are not deleted.
        """
        found = self._seen()
        if scenario:
            found = found.filter(scenario_id=scenario)
        if shown == "deleted":
            return found.exclude(deleted_at=None)
        found = found.filter(deleted_at=None)
        if shown == "pinned":
            return found.filter(pinned=True)
        return found.filter(review=shown) if shown else found

    def scenarios(self) -> list[tuple[str, str]]:
        """Return (id, title) of every scenario that has runs, by title; of several titles the last by name."""
        return sorted(dict(self._seen().values_list("scenario_id", "title").distinct().order_by("title")).items())

    def _seen(self) -> Any:
        self._opened()
        from planner.web.records.models import KeptRun

        found, agencies = KeptRun.objects.order_by("-made_at", "-run"), actor().agencies("reader")
        return found if agencies is None else found.filter(agency__in=agencies)

    def acts_of(self, run: KeptRun) -> list[WrittenLine]:
        """Return what was done with a run, in order."""
        from planner.web.records.models import WrittenLine

        return list(WrittenLine.objects.filter(subject=run.run).order_by("number"))

    def making_of(self, runs: Iterable[KeptRun]) -> dict[str, dict[str, Any]]:
        """Return what the journal says of how these runs were made, by their ids."""
        from planner.web.records.models import WrittenLine

        made = WrittenLine.objects.filter(action="made", subject__in=[run.run for run in runs])
        return {line.subject: line.facts for line in made}

    def approval_of(self, run: KeptRun) -> WrittenLine:
        """Return the line of the journal by which a run was approved."""
        return next(line for line in reversed(self.acts_of(run)) if line.action == "approved")

    def lines(self, before: int | None, most: int) -> list[WrittenLine]:
        """Return the last lines of the journal before the one of this number, newest first."""
        self._opened()
        from planner.web.records.models import WrittenLine

        found = WrittenLine.objects.order_by("-number")
        return list((found if before is None else found.filter(number__lt=before))[:most])

    def fault(self) -> int | None:
        """Return the first line of the journal that is not as it was written, by its seals and by what the index knows
        of it; looked for anew where the file has changed."""
        try:
            found = self.journal.path.stat()
            state = found.st_size, found.st_mtime_ns
        except OSError:
            state = 0, 0
        if self._looked is None or self._looked[0] != state:
            self._looked = state, self.journal.fault() or self._opened().difference()
        return self._looked[1]

    def losses(self) -> list[int]:
        """Return the numbers of the lines that report other lines as gone from the journal, or changed."""
        self._opened()
        from planner.web.records.models import WrittenLine

        return list(WrittenLine.objects.filter(action="lost").order_by("number").values_list("number", flat=True))

    def warnings(self, run: KeptRun) -> tuple[str, ...]:
        """Return the warnings about the scenario of a run, as they were when it was made."""
        try:
            return self.folders.facts(run.run).warnings
        except (KeyError, InputError):
            return ()

    def plan(self, run: KeptRun, *, anew: bool = False) -> CheckedPlan:
        """Return the plan of a run, which the checker has passed, or passes now where it was not asked yet or is asked
        `anew`.

        Raises PlannerError where it cannot be read or the checker refuses it.
        """
        try:
            folder = self.folders.folder(run.run)
        except KeyError:
            raise Unknown(run.run) from None
        content = content_of(folder)
        known = self._plans.get(run.run)
        if known is not None and known[0] == content and not anew:
            return known[1]
        stored = read_stored(folder)
        if stored.sha256 != run.plan_sha256:
            raise CheckFailed(_("The file of this plan has been changed since it was made: make it anew."))
        kept = PASSED.checked(stored, anew=anew)
        with self._changing:
            self._plans[run.run] = content, kept
            while len(self._plans) > _KEPT:
                self._plans.pop(next(iter(self._plans)), None)
        return kept

    def write(
        self, action: Action, subject: str = "", note: str = "", *, who: str | None = None, **facts: Any
    ) -> JournalLine:
        """Write down what the acting user does, and let the index follow."""
        acting = actor()
        with self._changing:
            index = self._opened()
            name = acting.name if who is None else who
            signed_in = acting.signed_in and name == acting.name
            line = self.journal.add(action, subject, who=name, signed_in=signed_in, note=note, **facts)
            index.follow()
        return line

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Keep others from acting on a run within the `with` block, so that what is allowed stays so until it is
        done."""
        with self._acting:
            yield

    def _opened(self) -> RecordIndex:
        self.open()
        assert self._index is not None
        return self._index

    def follow(self) -> None:
        """Update the index with lines of the journal that others have written since, such as a command on this
        machine."""
        with self._changing:
            self._opened().follow()
