"""The rule about free seats: each goes to a participant, and a fund gives no more than it offers."""

from __future__ import annotations

from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.scenario import Scenario
from planner.locale import _


def check_free_seats(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check that free seats go to participants, each to one, and are no more than the fund gives."""
    given: dict[tuple[str, str], int] = {}
    seated: dict[tuple[str, str, str], int] = {}
    for (f, p, g, t), seats in decisions.seats.items():
        given[f, p] = given.get((f, p), 0) + seats
        seated[p, g, t] = seated.get((p, g, t), 0) + seats
    sentence = _("Fund '{fund}' gives {seats} free seats in '{programme}'; it offers {offered}.")
    for (f, p), seats in given.items():
        offered = scenario.fund[f].seats.get(p, 0)
        log.room("seats", (f, p), offered - seats, sentence, fund=f, seats=seats, programme=p, offered=offered)
    sentence = _("{seats} free seats in '{programme}' go to {people} people of group '{group}' in {period}.")
    for (p, g, t), seats in seated.items():
        people = decisions.participants.get((g, p, t), 0)
        names = {"programme": p, "group": g, "period": t}
        log.room("seats", (p, g, t), people - seats, sentence, seats=seats, people=people, **names)
