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
from math import ceil, floor
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
Row = tuple[dict[int, Any], str, Any, str]  # terms, sense, side, name; numbers are int or Fraction
WAYS = {"missed": -1, "help": -1, "smallest_coverage": 1}  # not stated by plan.json: as small, as large as it may be
FAULTS = (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, StopIteration)


def need(condition: object, reason: str, named: object = "") -> None:
    if not condition:
        raise ValueError(reason, named)


def said(wrong: Exception, language: str) -> str:
    """Why a certificate is refused: a key of SENTENCES, and what it names."""
    other = ("file", Path(wrong.filename).name) if isinstance(wrong, OSError) else ("form", type(wrong).__name__)
    reason, named = wrong.args if len(wrong.args) == 2 and wrong.args[0] in SENTENCES else other
    return SENTENCES[reason][language == "en"].format(named)


def number(text: str) -> Any:
    return Fraction(text) if "/" in text else int(text)


class Words:  # of a file, one after the other
    def __init__(self, text: str) -> None:
        self.lines, self.words, self.place = iter(text.split("\n")), list[str](), 0

    def take(self, count: int) -> list[str]:
        while len(self.words) < self.place + count:
            self.words, self.place = self.words[self.place :] + next(self.lines).split(), 0
        self.place += count
        return self.words[self.place - count : self.place]

    def expect(self, *words: str) -> None:
        need(self.take(len(words)) == list(words), "form", " ".join(words))

    def count(self, below: float = float("inf")) -> int:
        need(0 <= (count := int(self.take(1)[0])) < below, "form", count)
        return count

    def terms(self, below: int) -> dict[int, Any]:
        """Pairs of a number below `below`, each once, and a factor."""
        words = self.take(2 * self.count())
        keys, texts = list(map(int, words[::2])), words[1::2]
        found = dict(zip(keys, map(number if "/" in "".join(texts) else int, texts), strict=True))
        whole = not keys or 0 <= min(keys) <= max(keys) < below
        need(whole and len(found) == len(keys) and all(found.values()), "form", " ".join(words[:9]))
        return found


class CertificateFile:  # `check` goes through it from the first word to the last
    def __init__(self, text: str) -> None:
        first, _, content = text.partition("\n")
        need(first == f"% planner-certificate 1 {sha256(content.encode()).hexdigest()}", "form", "SHA-256")
        head = content[: re.match(r"(%.*\n)*", content).end()]  # type: ignore[union-attr]  # no line matches too
        self.identity = once([line[1:].strip().partition(" ")[::2] for line in head.split("\n")[:-1]])
        self.content, self.words = content[len(head) :], Words(content[len(head) :])
        self.rests_on: dict[int, frozenset[int]] = defaultdict(frozenset)  # the assumptions of a derived line

    def check(self) -> None:
        words = self.words
        words.expect("VER", "1.0", "VAR")
        self.names = [words.take(1)[0] for _ in range(words.count())]
        need(len(set(self.names)) == len(self.names), "form", "VAR")
        words.expect("INT")
        self.whole = {words.count(len(self.names)) for _ in range(words.count())}
        words.expect("OBJ")
        self.aim, self.objective = words.take(1)[0], words.terms(len(self.names))
        words.expect("CON")
        self.model_rows, bounds = words.count(), words.count()
        self.rows = [self.constraint() for _ in range(self.model_rows)]
        need(bounds == sum(row[3].startswith(("least:", "most:")) for row in self.rows), "form", "CON")
        words.expect("RTP", "range")
        self.range = number(words.take(1)[0]), number(words.take(1)[0])
        words.expect("SOL", "1", "plan")  # its values that are not 0
        self.plan = defaultdict(int, words.terms(len(self.names)))
        families = enumerate(re.split(r"[:\[]", name)[0] for name in self.names)
        ends = {column: WAYS[family] for column, family in families if family in WAYS}
        for terms, sense, side, name in self.rows:
            reached = sum(factor * self.plan[column] for column, factor in terms.items())
            kept = reached <= side if sense == "L" else reached >= side if sense == "G" else reached == side
            need(kept, "plan", name)
            for column in ends.keys() & terms.keys():
                room = abs(reached - side) // abs(terms[column]) if column in self.whole else reached != side
                if not room and (sense == "E" or (terms[column] * ends[column] > 0) == (sense == "L")):
                    del ends[column]
        need(not ends, "plan", *[self.names[column] for column in ends][:1])
        need(self.are_whole({column: self.plan[column] for column in self.whole}), "plan", "INT")
        words.expect("DER")
        self.derived = words.count()
        for _ in range(self.derived):
            self.derive()
        self.conclude()

    def constraint(self) -> Row:
        name, sense, side = self.words.take(1)[0], self.words.take(1)[0], number(self.words.take(1)[0])
        need(sense in ("L", "G", "E"), "form", name)
        return self.words.terms(len(self.names)), sense, side, name

    def derive(self) -> None:
        """One derived line: a row that dominates what is stated follows by the reason given."""
        words, place = self.words, len(self.rows)
        stated = self.constraint()
        words.expect("{")
        reason = words.take(1)[0]
        if reason == "asm":
            rests_on = frozenset([place])
        elif reason in ("lin", "rnd"):
            factors = words.terms(place)
            terms, sense, side, name = self.combined(factors, place)
            if reason == "rnd":
                need(self.are_whole(terms) and sense != "E", "line", place)
                side = floor(side) if sense == "L" else ceil(side)
            need(dominates((terms, sense, side, name), stated), "line", place)
            rests_on = frozenset[int]().union(*(self.rests_on[each] for each in self.rests_on.keys() & factors.keys()))
        else:
            need(reason == "uns", "line", place)
            one, below, other, above = [words.count(place) for _ in range(4)]
            need(self.are_opposites(below, above) or self.are_opposites(above, below), "line", place)
            need(all(dominates(self.rows[each], stated) for each in (one, other)), "line", place)
            rests_on = self.rests_on[one] - {below} | self.rests_on[other] - {above}
        words.expect("}", "-1")  # a reader should keep every line
        self.rows.append(stated)
        self.rests_on |= {place: rests_on} if rests_on else {}

    def combined(self, factors: dict[int, Any], place: int) -> Row:
        """The sum of rows times factors; all of them must point the same way."""
        terms, sides, ways = [0] * len(self.names), defaultdict[int, Any](int), set[bool]()
        for each, factor in factors.items():
            row, sense, side, _ = self.rows[each]
            if sense != "E":
                ways.add((sense == "L") == (factor > 0))
            if side:  # most bounds from below are 0
                sides[side.denominator] += factor * side.numerator
            for column, value in row.items():
                terms[column] += factor * value
        need(len(ways) < 2, "line", place)
        way, side = "L" if True in ways else "G" if ways else "E", sum(Fraction(n) / d for d, n in sides.items())
        return {key: value for key, value in enumerate(terms) if value}, way, side, ""

    def are_opposites(self, low: int, high: int) -> bool:
        """Whether two rows are a x <= b and a x >= b + 1, so that every whole point keeps one of them."""
        (terms, sense, side, _), (others, other_sense, other_side, _) = self.rows[low], self.rows[high]
        facing = (terms, sense, other_sense, other_side) == (others, "L", "G", side + 1)
        return facing and side % 1 == 0 and self.are_whole(terms)

    def are_whole(self, terms: dict[int, Any]) -> bool:
        return terms.keys() <= self.whole and all(type(value) is int or value % 1 == 0 for value in terms.values())

    def conclude(self) -> None:
        """The last line bounds the objective and rests on nothing; the plan reaches what is stated."""
        left = self.words.words[self.words.place :] + "".join(self.words.lines).split()
        need(self.aim in ("max", "min") and not left, "form", self.aim)
        self.reached = sum(factor * self.plan[column] for column, factor in self.objective.items())
        stated, self.bound, sense = (*self.range, "L") if self.aim == "max" else (*reversed(self.range), "G")
        need(self.reached == stated and self.derived > 0 and not self.rests_on[len(self.rows) - 1], "last")
        need(self.rows[-1][:3] == (self.objective, sense, self.bound), "last")

    def compare(self, content: bytes, role: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plan is that of plan.json, the level that of the file; return what plan.json says of the level."""
        need(sha256(content).hexdigest() == self.identity.get("plan"), "other", "SHA-256")
        plan = json.loads(content, object_pairs_hook=once)
        need(plan["scenario"]["sha256"] == self.identity.get("scenario"), "other", "scenario")
        money, costs = sum(row["amount"] for row in plan["payments"]), plan["own_cost"] + plan["partner_cost"]
        need(money == plan["total_cost"] == costs, "other", "total_cost")
        self.same("spent", plan["payments"], "amount", "fund")
        self.same("spent", plan["funds"], "spent", "fund")
        self.same("participants", plan["allocations"], "participants", "group", "programme", "period")
        self.same("classes", plan["classes"], "classes", "programme", "period")
        self.same("free_seats", [row for row in plan["seats"] if not row.get("actual")], "seats", "fund", "programme")
        self.same("closed", plan["closings"], "closed", "group", "competency")
        social = [{"group": g, "n": 1} for g in plan["socialized"] if f"socialized[{word(g)}]" in self.names]
        self.same("socialized", social, "n", "group")
        place, levels = int(self.identity["level"]), plan["objective"]
        level, goal, goals = levels[place], levels[place]["goal"], [row["goal"] for row in levels]
        need(place >= 0 and role == (goal if goals.count(goal) == 1 else f"{goal}-{place + 1}"), "role", goal)
        value = self.names.index(f"value[{goal}]")
        need(self.objective == {value: 1} and level["value"] == float(self.reached), "other", "objective")
        return plan, level

    def same(self, family: str, rows: list[dict[str, Any]], figure: str, *about: str) -> None:
        """The columns of a family have the sums of a figure of plan.json, 0 without rows there; floats are rounded."""
        found: dict[tuple[str, ...], Any] = defaultdict(int)
        for column, name in enumerate(self.names):
            if name.startswith(f"{family}["):
                found[tuple(name[len(family) + 1 : name.index("]")].split(",")[: len(about)])] += self.plan[column]
        wanted: dict[tuple[str, ...], Any] = defaultdict(int)
        for row in rows:
            wanted[tuple(word(row[each]) for each in about)] += row[figure]
        for key in found.keys() | wanted.keys():
            value = float(found[key]) if isinstance(wanted[key], float) else found[key]
            need(value == wanted[key], "other", f"{family}[{','.join(key)}]: {found[key]} / {wanted[key]}")


def once(pairs: list[Any]) -> dict[str, Any]:
    """An object of plan.json, which has no key twice: readers of other makes may take the other one."""
    need(len(found := dict(pairs)) == len(pairs), "other", ", ".join(key for key, _ in pairs))
    return found


def dominates(row: Row, stated: Row) -> bool:
    """Whether a row says at least as much as the one stated; 0 <= -1 and the like say everything."""
    (terms, sense, side, _), (others, wanted, most, _) = row, stated
    absurd = not terms and (side < 0 if sense == "L" else side > 0 if sense == "G" else side != 0)
    enough = side <= most if wanted == "L" else side >= most if wanted == "G" else side == most
    return bool(absurd or (enough and sense in (wanted, "E") and terms == others))


def word(text: str) -> str:
    """A name as columns and rows bear it."""
    return re.sub(r"[\s\[\],%{}\x00-\x1f\x7f]", lambda of: "".join(f"%{byte:02X}" for byte in of[0].encode()), text)


def shown(value: Fraction, language: str, whole: Any = lambda v: floor(v + Fraction(1, 2))) -> str:
    """A number with at most six decimal places, halves rounded up."""
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
        size = max(1, min(abs(file.reached), Fraction(plan["weighted_gaps_closed"])))
        held = stated is None or open_ <= abs(Fraction(stated) - file.reached) + Fraction(size, 10**6)
        claim = "" if stated is None else f"plan.json: {shown(Fraction(stated), language)}"
        if plan["status"] == "optimal":
            held = open_ <= Fraction(tolerance) * size * (1 + Fraction(1, 10**9))
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
