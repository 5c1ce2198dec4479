"""Verifies the certificate of a plan in exact arithmetic, with nothing but Python 3.10 or later.
    python verify.py [gaps_closed.vipr ...] [--lang en]      without names: every .vipr file beside this program
A certificate (format VIPR 1.0, https://github.com/ambros-gleixner/VIPR) lists a model (columns, and rows that every
plan keeps), one plan, and lines that follow from the rows, each with its reason:
    asm   an assumption, which a later line must take back
    lin   a sum of rows and earlier lines, each times a number
    rnd   the same, rounded: whole coefficients of whole columns make whole sums
    uns   what follows from both of two assumptions, a x <= b and a x >= b + 1, one of which is true
Checked: the file and the plan.json beside it are as written (SHA-256), and its name is that of its goal; the plan keeps
every row, is whole where it must be, and is that of plan.json (people, classes, seats, closings, amounts by fund); each
line follows; the last rests on nothing and is the bound. That rows are the scenario's, planner verify checks.
"""

import sys

if __name__ == "__main__":  # nothing that lies beside this program is taken for a module of Python
    del sys.path[0]

import gc
import json
import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import islice
from math import ceil, floor, lcm
from pathlib import Path
from typing import Any

SENTENCES = {  # Indonesian, English
    "no": ("DITOLAK. {}", "REFUSED. {}"),
    "kept": ("rencana memenuhi {} baris, {} bilangan bulat; {} = {}.", "the plan keeps {} rows, {} whole; {} = {}."),
    "bound": (
        "{} baris turunan benar. Tidak ada rencana yang lebih baik daripada {}: paling banyak {} lagi.",
        "{} derived lines hold. No plan is better than {}: at most {} more.",
    ),
    "proven": ("terbukti: {}.", "proven: {}."),
    "open": ("TIDAK terbukti oleh sertifikat ini: {}.", "NOT proven by this certificate: {}."),
    "optimal": ("optimal, selisih paling banyak {}%", "optimal, at most {}% off"),
    "file": ("{} tidak dapat dibaca", "{} cannot be read"),
    "form": ("isinya bukan sertifikat, atau diubah ({})", "its content is no certificate, or was changed ({})"),
    "plan": ("rencananya melanggar {}", "the plan breaks {}"),
    "line": ("baris {} tidak terbukti oleh alasannya", "line {} does not follow from its reason"),
    "last": ("nilai atau batas yang tertulis tidak terbukti", "the value or the bound that is stated is not proven"),
    "role": ("isinya tentang {}, bukan yang disebut nama berkasnya", "it is about {}, not what its file is named for"),
    "other": ("plan.json bukan rencana sertifikat ini ({})", "plan.json is not the plan of the certificate ({})"),
}
Row = tuple[dict[str, Any], str, Any, str]  # terms, sense, side, name; numbers are int or Fraction
WAYS = {"missed": -1, "help": -1, "smallest_coverage": 1}  # not stated by plan.json: as small, as large as it may be
FAULTS = (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, StopIteration)


def need(condition: object, reason: str, named: object = "") -> None:
    if not condition:
        raise ValueError(reason, named)


def said(wrong: Exception, language: str) -> str:  # why a certificate is refused: a key of SENTENCES, and what it names
    other = ("file", Path(wrong.filename).name) if isinstance(wrong, OSError) else ("form", type(wrong).__name__)
    reason, named = wrong.args if len(wrong.args) == 2 and wrong.args[0] in SENTENCES else other
    return SENTENCES[reason][language == "en"].format(named)


def number(text: str) -> Any:
    need(text.isascii() and not {"_", "+"} & set(text), "form", text[:40])  # digits of other scripts are none
    return Fraction(text) if "/" in text else int(text)


class CertificateFile:  # `check` goes through its lines from the first to the last; columns and rows are told by words
    def __init__(self, text: str) -> None:
        first, _, content = text.partition("\n")
        need(first == f"% planner-certificate 1 {sha256(content.encode()).hexdigest()}", "form", "SHA-256")
        head = content[: re.match(r"(%.*\n)*", content).end()]  # type: ignore[union-attr]  # no line matches too
        self.identity = once([line[1:].strip().partition(" ")[::2] for line in head.split("\n")[:-1]])
        self.content = content[len(head) :]
        need(not any(chr(code) in self.content for code in (*range(10), *range(11, 32), 127)), "form", "\\x")
        need(sum(map(len, set(re.findall(r" -?\d+/(\d+)(?!\S)", self.content)))) < 10_000, "form", "/")  # short sums
        self.lines = iter(self.content.split("\n"))
        self.rows: dict[str, Row] = {}  # by their numbers
        self.rests_on: dict[str, frozenset[str]] = defaultdict(frozenset)  # the assumptions of a derived line

    def expect(self, *wanted: str, further: int = 0) -> list[str]:  # the words of the next line after those wanted
        words = next(self.lines).split()
        need(words[: len(wanted)] == [*wanted] and len(words) == len(wanted) + further, "form", " ".join(wanted))
        return words[len(wanted) :]

    def count(self, section: str, further: int = 1) -> list[int]:
        counts = [number(word) for word in self.expect(section, further=further)]
        need(all(type(count) is int and count >= 0 for count in counts), "form", section)
        return counts

    def check(self) -> None:
        self.expect("VER", "1.0")
        self.names = [next(self.lines) for _ in range(*self.count("VAR"))]
        need(len(set(self.names)) == len(self.names) and "\n".join(self.names).split() == self.names, "form", "VAR")
        self.plan: dict[str, Any] = dict.fromkeys(map(str, range(len(self.names))), 0)
        wholes, whole = self.count("INT"), next(self.lines).split()
        self.whole = set(whole)
        need(wholes == [len(whole)] and self.whole <= self.plan.keys(), "form", "INT")
        (self.aim,) = self.expect("OBJ", further=1)
        self.objective = self.terms(next(self.lines).split())
        self.model_rows, bounds = self.count("CON", 2)
        rows = list(islice(self.lines, self.model_rows))
        self.range = [number(word) for word in self.expect("RTP", "range", further=2)]
        self.expect("SOL", "1")
        values = self.terms(next(self.lines).split()[1:])  # those that are not 0
        need(self.are_whole({column: values[column] for column in self.whole & values.keys()}), "plan", "INT")
        self.plan |= values
        self.used = [(name, value) for name, value in zip(self.names, self.plan.values(), strict=True) if value]
        self.keep(rows, bounds, lcm(*(value.denominator for value in values.values())))
        (self.derived,) = self.count("DER")
        for place in range(self.model_rows, self.model_rows + self.derived):
            self.derive(str(place), next(self.lines))
        self.conclude()

    def terms(self, words: list[str]) -> dict[str, Any]:
        found = paired(words, number)
        need(found.keys() <= self.plan.keys(), "form", words[0])
        return found

    def keep(self, lines: list[str], bounds: int, scale: int) -> None:  # rows of the model: the plan keeps each of them
        families = enumerate(re.split(r"[:\[]", name)[0] for name in self.names)
        ends = {str(column): WAYS[family] for column, family in families if family in WAYS}
        point = {column: int(value * scale) for column, value in self.plan.items()}
        for place, line in enumerate(lines):
            row = terms, sense, side, name = read(line.split(), line)
            self.rows[str(place)] = row
            reached, limit = 0, side * scale
            for column, factor in terms.items():
                reached += factor * point[column]
            kept = reached <= limit if sense == "L" else reached >= limit if sense == "G" else reached == limit
            need(kept, "plan", name)
            bounds -= name.startswith(("least:", "most:"))
            for column in () if ends.keys().isdisjoint(terms) else ends.keys() & terms.keys():
                room = abs(reached - limit) // abs(terms[column] * scale) if column in self.whole else reached != limit
                if not room and (sense == "E" or (terms[column] * ends[column] > 0) == (sense == "L")):
                    del ends[column]
        need(len(lines) == self.model_rows and not bounds, "form", "CON")
        need(not ends, "plan", *[self.names[int(column)] for column in ends][:1])

    def derive(self, place: str, line: str) -> None:  # a row that dominates what is stated follows by the reason given
        at = (words := line.split()).index("{")
        stated, (reason, *about), end = read(words[:at], line), words[at + 1 : -2], " ".join(words[-2:])
        need(end == "} -1" and stated[0].keys() <= self.plan.keys() and not (reason == "asm" and about), "form", place)
        rests_on = frozenset([place] if reason == "asm" else [])
        if reason in ("lin", "rnd"):
            rows = paired(about, number if "/" in line else int)
            terms, sense, side, name = self.combined(rows, place)
            if reason == "rnd":
                need(self.are_whole(terms) and sense != "E", "line", place)
                side = floor(side) if sense == "L" else ceil(side)
            need(dominates((terms, sense, side, name), stated), "line", place)
            rests_on = rests_on.union(*(self.rests_on[each] for each in self.rests_on.keys() & rows.keys()))
        elif reason != "asm":
            need(reason == "uns", "line", place)
            one, below, other, above = about
            need(self.are_opposites(below, above) or self.are_opposites(above, below), "line", place)
            need(all(dominates(self.rows[each], stated) for each in (one, other)), "line", place)
            rests_on = self.rests_on[one] - {below} | self.rests_on[other] - {above}
        self.rows[place] = stated
        self.rests_on |= {place: rests_on} if rests_on else {}

    def combined(self, rows: dict[str, Any], place: str) -> Row:  # all in the same direction
        terms, sides, signs = defaultdict[str, Any](int), defaultdict[int, Any](int), set[bool]()
        for each, factor in rows.items():
            others, sense, side, _ = self.rows[each]
            if sense != "E":
                signs.add((sense == "L") == (factor > 0))
            if side:  # most bounds from below are 0
                sides[side.denominator] += factor * side.numerator
            for column, value in others.items():
                terms[column] += factor * value
        need(len(signs) < 2, "line", place)
        way, side = "L" if True in signs else "G" if signs else "E", sum(Fraction(n) / d for d, n in sides.items())
        return {column: value for column, value in terms.items() if value}, way, side, ""

    def are_opposites(self, low: str, high: str) -> bool:  # a x <= b, a x >= b + 1: whole points keep one
        (terms, sense, side, _), (others, other_sense, other_side, _) = self.rows[low], self.rows[high]
        facing = (terms, sense, other_sense, other_side) == (others, "L", "G", side + 1)
        return facing and side % 1 == 0 and self.are_whole(terms)

    def are_whole(self, terms: dict[str, Any]) -> bool:
        return terms.keys() <= self.whole and all(type(value) is int or value % 1 == 0 for value in terms.values())

    def conclude(self) -> None:  # the last line is the bound and rests on nothing, the value is stated
        need(self.aim in ("max", "min") and not "".join(self.lines).split(), "form", self.aim)
        self.reached = sum(factor * self.plan[column] for column, factor in self.objective.items())
        stated, self.bound, sense = (*self.range, "L") if self.aim == "max" else (*reversed(self.range), "G")
        need(self.reached == stated and self.derived > 0 and not self.rests_on[str(len(self.rows) - 1)], "last")
        need(self.rows[str(len(self.rows) - 1)][:3] == (self.objective, sense, self.bound), "last")

    def compare(self, content: bytes, role: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plan is that of plan.json, the level that of the file; return what plan.json says of the level."""
        need(sha256(content).hexdigest() == self.identity.get("plan"), "other", "SHA-256")
        plan = json.loads(content, object_pairs_hook=once)
        need(plan["scenario"]["sha256"] == self.identity.get("scenario"), "other", "scenario")
        need(plan["status"] in ("optimal", "feasible"), "other", "status")
        money, costs = sum(row["amount"] for row in plan["payments"]), plan["own_cost"] + plan["partner_cost"]
        need(money == plan["total_cost"] == costs, "other", "total_cost")
        self.same("spent", plan["payments"], "amount", "fund")
        self.same("spent", plan["funds"], "spent", "fund")
        self.same("participants", plan["allocations"], "participants", "group", "programme", "period")
        self.same("classes", plan["classes"], "classes", "programme", "period")
        self.same("free_seats", [row for row in plan["seats"] if not row.get("actual")], "seats", "fund", "programme")
        self.same("closed", plan["closings"], "closed", "group", "competency")
        names = set(self.names)
        social = [{"group": g, "n": 1} for g in plan["socialized"] if f"socialized[{word(g)}]" in names]
        self.same("socialized", social, "n", "group")
        place, levels = int(self.identity["level"]), plan["objective"]
        level, goal, goals = levels[place], levels[place]["goal"], [row["goal"] for row in levels]
        need(place >= 0 and role == (goal if goals.count(goal) == 1 else f"{goal}-{place + 1}"), "role", goal)
        value = self.names.index(f"value[{goal}]")
        need(self.objective == {str(value): 1} and level["value"] == float(self.reached), "other", "objective")
        return plan, level

    def same(self, family: str, rows: list[dict[str, Any]], figure: str, *about: str) -> None:
        """The columns of a family have the sums of a figure of plan.json, 0 without rows there; floats are rounded."""
        found, wanted = defaultdict[tuple[str, ...], Any](int), defaultdict[tuple[str, ...], Any](int)
        for name, value in self.used:
            if name.startswith(f"{family}["):
                found[tuple(name[len(family) + 1 : name.index("]")].split(",")[: len(about)])] += value
        for row in rows:
            wanted[tuple(word(row[each]) for each in about)] += row[figure]
        for key in found.keys() | wanted.keys():
            value = float(found[key]) if isinstance(wanted[key], float) else found[key]
            need(value == wanted[key], "other", f"{family}[{','.join(key)}]: {found[key]} / {wanted[key]}")


def paired(words: list[str], to_number: Any) -> dict[str, Any]:  # so many words, each once with a number that is not 0
    found = dict(zip(words[1::2], map(to_number, words[2::2]), strict=True))
    need(words[0] == str(len(found)) and len(words) == 1 + 2 * len(found) and all(found.values()), "form", words[0])
    return found


def read(words: list[str], line: str) -> Row:  # a row, of the words with which its line begins
    name, sense, side = words[:3]
    odd = "_" in line or "+" in line or not line.isascii()  # in names alone; and digits of other scripts are none
    need(sense in ("L", "G", "E") and not (odd and re.search("[^ -*,-^`-~]", line.removeprefix(name))), "form", name)
    to_number = number if "/" in line else int
    return paired(words[3:], to_number), sense, to_number(side), name


def once(pairs: list[Any]) -> dict[str, Any]:  # no key twice, of which readers may take either
    need(len(found := dict(pairs)) == len(pairs), "other", ", ".join(key for key, _ in pairs))
    return found


def dominates(row: Row, stated: Row) -> bool:  # 0 <= -1 and the like say everything
    (terms, sense, side, _), (others, wanted, most, _) = row, stated
    absurd = not terms and (side < 0 if sense == "L" else side > 0 if sense == "G" else side != 0)
    enough = side <= most if wanted == "L" else side >= most if wanted == "G" else side == most
    return bool(absurd or (enough and sense in (wanted, "E") and terms == others))


def word(text: str) -> str:  # a name as columns and rows bear it
    return re.sub(r"[\s\[\],%{}\x00-\x1f\x7f]", lambda of: "".join(f"%{byte:02X}" for byte in of[0].encode()), text)


def shown(value: Fraction, language: str, whole: Any = lambda v: floor(v + Fraction(1, 2))) -> str:  # halves up
    text = f"{Decimal(whole(value * 10**6)).scaleb(-6):,f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def verified(path: Path, language: str) -> tuple[list[str], bool]:
    """Verify one certificate; return the sentences about it, and whether it is in order."""
    texts = {key: both[language == "en"] for key, both in SENTENCES.items()}
    try:
        file = CertificateFile(path.read_bytes().decode())
        file.check()
        plan, level = file.compare((path.parent / "plan.json").read_bytes(), path.stem)
        tolerance, stated, open_ = plan["tolerance"], level["exact_bound"], abs(file.bound - file.reached)
        size = max(1, min(abs(file.reached), Fraction(0 + plan["weighted_gaps_closed"])))  # a text, 1e99999999, is none
        held = stated is None or open_ <= abs(Fraction(0 + stated) - file.reached) + Fraction(size, 10**6)
        claim = "" if stated is None else f"plan.json: {shown(Fraction(stated), language)}"
        if plan["status"] == "optimal":
            held = open_ <= Fraction(0 + tolerance) * size * (1 + Fraction(1, 10**9))
            claim = texts["optimal"].format(shown(Fraction(str(tolerance)) * 100, language, ceil))
    except FAULTS as wrong:
        return [f"{path.name}: {texts['no'].format(said(wrong, language))}"], False
    bound = shown(file.bound, language, ceil if file.aim == "max" else floor)
    sentences = [
        texts["kept"].format(file.model_rows, len(file.whole), level["goal"], shown(file.reached, language)),
        texts["bound"].format(file.derived, bound, shown(open_, language, ceil)),
        *([texts["proven" if held else "open"].format(claim)] if claim else []),
    ]
    return [f"{path.name}: {sentence}" for sentence in sentences], held


def main(arguments: list[str]) -> int:
    language = "en" if arguments[-2:] == ["--lang", "en"] else "id"
    paths = [Path(each) for each in arguments if each.endswith(".vipr")] or sorted(Path(__file__).parent.glob("*.vipr"))
    gc.disable()  # nothing here refers to itself
    results = [verified(path, language) for path in paths]
    print("\n".join(each for told, _ in results for each in told) or said(ValueError("file", "*.vipr"), language))
    return 0 if results and all(held for _, held in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
