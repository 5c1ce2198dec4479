"""Plans of blocks on disk, so that a plan of the whole that was stopped, or lost its machines, continues from there.

The key is a hash of the block's scenario with its allotment, the limits, and the versions of planner and solver. What
is read becomes part of a plan that is checked as a whole, so a changed file does no harm. Several processes may use a
folder at once: each plan is a file of its own, written whole.
"""

from __future__ import annotations

import gzip
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from planner.domain.decisions import Decisions
from planner.domain.one_off import OneOff
from planner.nation.tasks import Planned, PlanTask
from planner.payments.payment import Payment
from planner.solve.outcome import SearchLimits
from planner.whole_file import write_whole

_UNREADABLE: Final = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True)
class KeptBlocks:
    """The plans in `folder`; none where it is None."""

    folder: Path | None = None

    def get(self, task: PlanTask, limits: SearchLimits) -> Planned | None:
        """Return the plan of a task, if it was kept."""
        if self.folder is None:
            return None
        try:
            return _from_plain(task.name, json.loads(gzip.decompress(self._file(task, limits).read_bytes())))
        except _UNREADABLE:
            return None

    def put(self, task: PlanTask, limits: SearchLimits, planned: Planned) -> None:
        """Keep the plan of a task. A full disk is not an error: a rerun then only takes longer."""
        if self.folder is None or planned.decisions is None:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            content = json.dumps(_to_plain(planned, planned.decisions), ensure_ascii=False)
            write_whole(self._file(task, limits), gzip.compress(content.encode(), mtime=0), flush=False)

    def clear(self) -> None:
        """Remove all plans once the plan of the whole exists."""
        if self.folder is not None:
            with suppress(OSError):
                for file in self.folder.glob("*.json.gz"):
                    file.unlink(missing_ok=True)
                self.folder.rmdir()

    def _file(self, task: PlanTask, limits: SearchLimits) -> Path:
        assert self.folder is not None
        return self.folder / f"{task.key(limits)}.json.gz"


NOTHING_KEPT: Final = KeptBlocks()
"""Keeps nothing."""


def _to_plain(planned: Planned, decisions: Decisions) -> dict[str, Any]:
    return {
        "participants": [[*seat, n] for seat, n in decisions.participants.items()],
        "classes": [[*held, n] for held, n in decisions.classes.items()],
        "socialized": sorted(decisions.socialized),
        "seats": [[*seat, n] for seat, n in decisions.seats.items()],
        "used": sorted(decisions.used),
        "due": [[*one_off, t] for one_off, t in decisions.due.items()],
        "payments": [[p.fund, p.programme, p.group, p.item, p.account, p.period, p.amount] for p in planned.payments],
        "value": str(planned.value),
    }


def _from_plain(name: str, plain: dict[str, Any]) -> Planned:
    decisions = Decisions(
        participants={(g, p, t): int(n) for g, p, t, n in plain["participants"]},
        classes={(p, t): int(n) for p, t, n in plain["classes"]},
        socialized=frozenset(plain["socialized"]),
        seats={(f, p, g, t): int(n) for f, p, g, t, n in plain["seats"]},
        used=frozenset(plain["used"]),
        due={OneOff(p, g, item, account): t for p, g, item, account, t in plain["due"]},
    )
    payments = tuple(Payment(f, p, g, item, account, t, int(n)) for f, p, g, item, account, t, n in plain["payments"])
    return Planned(name, decisions, payments, Fraction(plain["value"]))
