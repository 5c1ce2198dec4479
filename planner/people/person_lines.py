"""A line for each person: what they attend, JP and target of each year, and the gaps that are left.

Texts are made once for all who are alike, and rows hold the number of their text, which sorts and writes faster.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil
from operator import add
from typing import Any, Final

from planner.domain.attendance import History, Start
from planner.domain.best_chance import best_chance
from planner.domain.scenario import Scenario
from planner.people.gap_words import GapWords
from planner.people.membership import PartNumbers, plain_table, text_array
from planner.people.person_sql import BITS, lacked, masks, places_of
from planner.people.register import Register
from planner.people.seat_rows import BETWEEN_IDS, LACKS, jp_columns
from planner.people.ways import Part, Way

_OF_MANY: Final = ("agency", "unit", "location", "level", "employment")
"""Columns in which many people have the same text."""


class PersonLines:
    """The lines of all people of a register, once `follower` says who follows which way."""

    def __init__(
        self, register: Register, scenario: Scenario, parts: PartNumbers, ways: Mapping[Part, Sequence[Way]],
        reasons: Mapping[tuple[str, str], str],
    ) -> None:  # fmt: skip
        self._register, self._scenario, self._parts = register, scenario, parts
        self._ways = {way.number: way for of_part in ways.values() for way in of_part}
        self._groups = [*dict.fromkeys(group for group, _history in parts.number)]
        self._words = GapWords(scenario, register.competencies, reasons, self._ways)
        self._gaps = [f"gaps{at}" for at in range(masks(register.competencies))]
        self._way_table()
        self._alike()
        self._gaps_left = self._said()
        self._lacks = self._lacking()

    def _way_table(self) -> None:
        """Make the table `way`: JP of each year for those who follow one, and what is then still due of each year's
        target."""
        none = tuple(Fraction(0) for _year in self._scenario.years)
        decimals = cache(lambda hours: tuple(_in_decimals(self._scenario, hours)))
        rows = [(0, *decimals(none)), *((number, *decimals(way.hours)) for number, way in self._ways.items())]
        years = [f"{name}{n} DECIMAL(12, 3)" for n in range(len(self._scenario.years)) for name in ("jp", "due")]
        plain_table(self._register.connection, "way", ("way BIGINT", *years), rows)

    def _alike(self) -> None:
        """Make the table `alike`: people of a kind who follow the same way; 0 people where nobody is sent."""
        query = self._register.connection.execute
        place = {group: n for n, group in enumerate(self._groups)}
        voices = [
            (number, self._words.voice(part), place[part[0]]) for number, part in self._parts.part.items()
        ]  # fmt: skip
        columns = ("part BIGINT", "voice BIGINT", "grp INTEGER")
        plain_table(self._register.connection, "voice", columns, voices)
        query(
            f"CREATE TABLE alike AS SELECT a.*, v.voice, {', '.join(f'k.{gaps}' for gaps in self._gaps)} FROM"
            " (SELECT kind, part, way, count(*) AS people FROM follower GROUP BY ALL"
            " UNION ALL SELECT DISTINCT kind, part, 0, 0 FROM member) a"
            " JOIN voice v ON a.part = v.part JOIN kind k ON a.kind = k.number"
        )

    def _said(self) -> list[str]:
        """Return sentences about the gaps that are left; the table `left_of` has the place of each for people who are
        alike."""
        query = self._register.connection.execute
        same = ", ".join(["voice", "way", *self._gaps])
        query(
            f"CREATE TABLE saying AS SELECT {same}, min(part) AS part, row_number() OVER (ORDER BY {same}) AS saying"
            f" FROM alike GROUP BY {same}"
        )
        texts: dict[str, int] = {}
        numbers = []
        ordered = f"SELECT saying, part, way, {', '.join(self._gaps)} FROM saying ORDER BY saying"
        for saying, part, way, *gaps in query(ordered).fetchall():
            told = self._words.told(self._parts.part[part], way, places_of(gaps))
            numbers.append((saying, texts.setdefault(told, len(texts))))
        plain_table(self._register.connection, "text_of", ("saying BIGINT", "said INTEGER"), numbers)
        query(
            "CREATE TABLE left_of AS SELECT a.kind, a.part, a.way, t.said FROM alike a"
            f" JOIN saying s USING ({same}) JOIN text_of t USING (saying)"
        )
        return [*texts]

    def _lacking(self) -> list[str]:
        """Return what people lack before the plan, as ids; the table `lacking` has the place of each text for their
        gaps."""
        query, gaps = self._register.connection.execute, ", ".join(self._gaps)
        rows = query(f"SELECT DISTINCT {gaps} FROM alike ORDER BY {gaps}").fetchall()
        columns = (*(f"{name} BIGINT" for name in self._gaps), "lacks INTEGER")
        plain_table(self._register.connection, "lacking", columns, [(*bits, n) for n, bits in enumerate(rows)])
        return [BETWEEN_IDS.join(lacked(self._register.competencies, bits)) for bits in rows]

    def closed(self, *, mixed: bool) -> Fraction:
        """Return the gaps that the people of mixed groups, or of all others, are expected to close [gaps]."""
        competencies = self._register.competencies
        # one product for each part, way and competency, with the number of people who lack it
        lack = [
            f"sum(people) FILTER (gaps{place // BITS} & {1 << place % BITS} <> 0)" for place in range(len(competencies))
        ]
        rows = self._register.connection.execute(
            f"SELECT part, way, {', '.join(lack)} FROM alike"
            f" WHERE part {'<' if mixed else '>'} 0 AND way > 0 GROUP BY part, way"
        ).fetchall()
        people: dict[tuple[History, tuple[Start, ...]], list[int]] = {}
        for part, number, *lacking in rows:
            key = self._parts.part[part][1], self._ways[number].starts
            before = people.get(key)
            now = [int(n or 0) for n in lacking]
            people[key] = now if before is None else list(map(add, before, now))
        closed = Fraction(0)
        for (history, starts), lacking in people.items():
            for c, n in zip(competencies, lacking, strict=True):
                if c in history.passed:
                    closed += n
                elif n:
                    closed += n * best_chance(self._scenario, starts, c, history)
        return closed

    def table(self) -> Any:
        """Return the lines as a table of Arrow, by agency, unit, name and id; repeated texts are dictionary-encoded."""
        import pyarrow

        shown = self._texts_of_many()
        self._alike_lines({name for name, sql in shown.items() if sql.startswith("l.")})
        texts = [f"{sql} AS {name}" for name, sql in shown.items()]
        found = self._register.connection.sql(
            f'SELECT p.id, p.name, {", ".join(texts)}, l.grp AS "group", l.way AS attends,'
            f" {_jp(self._scenario)}, l.{LACKS}, l.said AS gaps_left"
            " FROM person p JOIN member m USING (row) LEFT JOIN follower f USING (row)"
            " JOIN line l ON m.kind = l.kind AND m.part = l.part AND coalesce(f.way, 0) = l.way"
            f" ORDER BY agency, unit, p.name, {self._id_in_order()}"
        ).to_arrow_table()
        attends = [""] * (1 + max(self._ways, default=0))
        for number, way in self._ways.items():
            attends[number] = "; ".join(self._called(p, t) for p, t in way.starts)
        texts_of = {"group": self._groups, "attends": attends, LACKS: self._lacks, "gaps_left": self._gaps_left}
        for name, values in texts_of.items():
            place = found.column_names.index(name)
            words = text_array(values)
            chunks = [
                pyarrow.DictionaryArray.from_arrays(chunk.cast(pyarrow.int32()), words) for chunk in found[name].chunks
            ]
            kind = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
            found = found.set_column(place, name, pyarrow.chunked_array(chunks, kind))
        return found

    def _texts_of_many(self) -> dict[str, str]:
        """Return SQL of the columns in which many people have the same text: from `alike` where it divides groups,
        otherwise from the person."""
        query = self._register.connection.execute
        shown = {}
        for name in _OF_MANY:
            of_kind = name in self._register.attributes
            many = f"SELECT DISTINCT {name} FROM {'kind' if of_kind else 'person'} WHERE {name} IS NOT NULL"
            shown[name] = f"l.{name}" if of_kind else f"p.{name}"
            if query(f"{many} LIMIT 1").fetchall():
                query(f"CREATE TYPE many_{name} AS ENUM ({many} ORDER BY {name})")
                shown[name] += "" if of_kind else f"::many_{name}"
            elif of_kind:
                shown[name] = f"p.{name}"
        return shown

    def _alike_lines(self, of_kind: Collection[str]) -> None:
        """Make the table `line`: what is in the lines of all who are alike."""
        attributes = [f"k.{name}::many_{name} AS {name}" for name in _OF_MANY if name in of_kind]
        columns = ["a.*", "v.grp", f"g.{LACKS}", "w.* EXCLUDE way", *attributes]
        same = " AND ".join(f"k.{gaps} = g.{gaps}" for gaps in self._gaps)
        self._register.connection.execute(
            f"CREATE TABLE line AS SELECT {', '.join(columns)} FROM left_of a JOIN voice v ON a.part = v.part"
            f" JOIN way w ON a.way = w.way JOIN kind k ON a.kind = k.number JOIN lacking g ON {same}"
        )

    def _id_in_order(self) -> str:
        """Return SQL of what ids are sorted by: NIP as numbers, which is faster and gives the same order."""
        nip = f"strlen(id) = 18 AND try_cast(id AS BIGINT) >= {10**17}"
        alike = self._register.connection.execute(f"SELECT bool_and(coalesce({nip}, false)) FROM person").fetchall()
        return "try_cast(p.id AS BIGINT)" if alike[0][0] else "p.id"

    def _called(self, programme: str, period: str) -> str:
        return f"{self._scenario.programme[programme].name or programme} ({period})"


def _in_decimals(scenario: Scenario, hours: Sequence[Fraction]) -> Iterator[Decimal]:
    """Yield JP of each year, and what is then still due of its target, rounded up: earlier JP have three decimals."""
    target = scenario.scenario.hours_target or 0
    for jp in hours:
        yield Decimal(jp.numerator) / jp.denominator
        yield Decimal(ceil(max(Fraction(0), target - jp) * 1000)) / 1000


def _jp(scenario: Scenario) -> str:
    """Return SQL of the JP of a person in each year and whether they reach its target; earlier JP count in the
    first."""
    columns, planned, together, reached = jp_columns(scenario.years), [], [], []
    for n, of_year in enumerate(columns.years):
        before = "0" if n else "coalesce(p.hours, 0)"
        planned.append(f"l.jp{n} AS {of_year.planned}")
        together.append(f"l.jp{n} + {before} AS {of_year.together}")
        test = "NULL::BOOLEAN" if scenario.scenario.hours_target is None else f"{before} >= l.due{n}"
        reached.append(f"{test} AS {of_year.reached}")
    return ", ".join([*planned, f"p.hours AS {columns.before}", *together, *reached])
