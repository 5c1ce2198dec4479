"""Sentences about the gaps that people keep, made once for all who are alike."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from planner.domain.attendance import NO_HISTORY, Start
from planner.domain.scenario import Scenario
from planner.people.ways import Part, Way, groups_taught, told_gaps

type Reasons = Mapping[tuple[str, str], str]
"""Why gaps stay open, by (group, competency)."""


class GapWords:
    """Sentences about the gaps of people, by what they have attended and what they will."""

    def __init__(
        self, scenario: Scenario, competencies: Sequence[str], reasons: Reasons, ways: Mapping[int, Way]
    ) -> None:
        self._scenario, self._competencies, self._reasons, self._ways = scenario, competencies, reasons, ways
        self._taught = groups_taught(scenario)
        self._known: dict[tuple[int, tuple[Start, ...]], list[str | None]] = {}
        self._voice_of: dict[Part, int] = {}
        self._to_all: dict[tuple[str, bool, str | None], str] = {}
        self._voices: dict[Hashable, int] = {}
        of_groups: dict[str, list[tuple[str, str]]] = {}
        for (group, c), reason in reasons.items():
            of_groups.setdefault(group, []).append((c, reason))
        self._reasons_of = {group: tuple(of_group) for group, of_group in of_groups.items()}

    def voice(self, part: Part) -> int:
        """Return a number that is equal for parts with the same sentences, as long as their people attend nothing."""
        found = self._voice_of.get(part)
        if found is None:
            group, history = part
            key: Hashable = part
            if history is NO_HISTORY or history == NO_HISTORY:
                taught = tuple([group in self._taught.get(c, ()) for c in self._competencies])
                key = taught, self._reasons_of.get(group, ())
            found = self._voice_of[part] = self._voices.setdefault(key, len(self._voices))
        return found

    def told(self, part: Part, way: int, places: Sequence[int]) -> str:
        """Return what is left of the gaps in the competencies at these places, for people of a part who follow a
        way."""
        key = self.voice(part), self._ways[way].starts if way else ()
        if key not in self._known:
            self._known[key] = [None] * len(self._competencies)
        sentences, found = self._known[key], []
        for place in places:
            sentence = sentences[place]
            if sentence is None:
                sentence = sentences[place] = self._one(part, way, self._competencies[place])
            if sentence:
                found.append(sentence)
        return "; ".join(found)

    def _one(self, part: Part, way: int, c: str) -> str:
        group, history = part
        if way or history != NO_HISTORY:
            return "" if c in history.passed else self._sentence(part, way, c)
        key = c, group in self._taught.get(c, ()), self._reasons.get((group, c))
        if key not in self._to_all:
            self._to_all[key] = self._sentence(part, way, c)
        return self._to_all[key]

    def _sentence(self, part: Part, way: int, c: str) -> str:
        group, starts = self._scenario.group[part[0]], self._ways[way].starts if way else ()
        return next(told_gaps(self._scenario, group, starts, [c], self._reasons, part[1], self._taught), "")
