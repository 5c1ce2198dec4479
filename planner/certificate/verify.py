#!/usr/bin/env python3
"""Verifies the certificate of a plan in exact arithmetic. Needs Python 3.10 or later, and nothing else.

    python verify.py [certificate.vipr ...] [--lang en]      without names: every .vipr file beside this program

It is no part of the planner and uses none of it, so that an auditor can read all of it. A certificate (format VIPR 1.0,
https://github.com/ambros-gleixner/VIPR) lists a model (columns, and rows that every plan keeps), one plan, and lines
that follow from the rows, each with its reason:

    asm   an assumption, which a later line must take back
    lin   a sum of rows and earlier lines, each times a number
    rnd   the same, rounded: whole coefficients of whole columns make whole sums
    uns   what follows from both of two assumptions, a x <= b and a x >= b + 1, one of which is true

Checked is: the file is as it was written (SHA-256), and of the plan.json beside it; the plan keeps every row, is whole
where it must be, and is that of plan.json (people, classes, seats, closings, amounts by fund); every line follows; the
last line rests on no assumption and bounds the objective. Not checked is that the rows are those of the scenario: each
bears its rule and names, and `planner verify` makes them anew from the scenario and compares them.
"""

import json
import re
import sys
from collections import defaultdict
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor
from pathlib import Path

NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?$")
SEAL = re.compile(r"% planner-certificate 1 ([0-9a-f]{64})\n")
SENTENCES = {
    "id": (
        "DITOLAK. {reason}",
        "rencana memenuhi {rows} baris dan {whole} syarat bilangan bulat; nilainya {value}.",
        "{lines} baris turunan benar. Tidak ada rencana yang lebih baik daripada {bound}: paling banyak {open} lagi.",
        "sebutan optimal sampai {tolerance} terbukti.",
        "sebutan optimal sampai {tolerance} TIDAK terbukti oleh sertifikat ini.",
        "batas di plan.json, {stated}, terbukti.",
        "batas di plan.json, {stated}, TIDAK terbukti oleh sertifikat ini.",
    ),
    "en": (
        "REFUSED. {reason}",
        "the plan keeps {rows} rows and {whole} whole-number conditions; its value is {value}.",
        "{lines} derived lines hold. No plan is better than {bound}: at most {open} more.",
        "that it is optimal within {tolerance} is proven.",
        "that it is optimal within {tolerance} is NOT proven by this certificate.",
        "the bound in plan.json, {stated}, is proven.",
        "the bound in plan.json, {stated}, is NOT proven by this certificate.",
    ),
}
NOTHING = frozenset()


def need(condition, reason):
    """Refuse the certificate unless the condition holds."""
    if not condition:
        raise ValueError(reason)


def number(text):
    """A rational number: an int where it is whole."""
    if "/" not in text:
        return int(text)
    need(NUMBER.match(text), f"'{text[:40]}' is no number")
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else value


class Words:
    """The words of a file, one after the other."""

    def __init__(self, text):
        self.words, self.place = text.split(), 0

    def next(self):
        need(self.place < len(self.words), "the file ends too early")
        self.place += 1
        return self.words[self.place - 1]

    def expect(self, *words):
        need([self.next() for _ in words] == list(words), f"expected {' '.join(words)}")

    def count(self, below=float("inf")):
        count = int(self.next())
        need(0 <= count < below, f"{count} is no count, or not below {below}")
        return count

    def terms(self, below):
        """Pairs of a number below `below`, each once, and a factor."""
        begin = self.place + 1
        self.place += 1 + 2 * self.count()
        need(self.place <= len(self.words), "the file ends too early")
        keys = list(map(int, self.words[begin : self.place : 2]))
        found = dict(zip(keys, map(number, self.words[begin + 1 : self.place : 2])))
        need(
            len(found) == len(keys) and all(0 <= key < below for key in keys), "a number is listed twice, or too large"
        )
        return found


class Certificate:
    """One certificate; `check` goes through it from the first word to the last."""

    def __init__(self, text):
        seal = SEAL.match(text)
        need(seal is not None, "the first line is not that of a certificate of a plan")
        content = text[seal.end() :]
        need(sha256(content.encode()).hexdigest() == seal[1], "the file was changed after it had been written")
        self.identity = {}
        while content.startswith("%"):
            line, _, content = content.partition("\n")
            key, _, value = line[1:].strip().partition(" ")
            self.identity[key] = value
        self.words = Words(content)
        self.rests_on = {}  # the assumptions of a derived line, if there are any

    def check(self):
        words = self.words
        words.expect("VER", "1.0", "VAR")
        self.names = [words.next() for _ in range(words.count())]
        need(len(set(self.names)) == len(self.names), "two columns have one name")
        words.expect("INT")
        self.whole = {words.count(len(self.names)) for _ in range(words.count())}
        words.expect("OBJ")
        self.aim = words.next()
        self.objective = words.terms(len(self.names))
        words.expect("CON")
        self.model_rows, _ = words.count(), words.count()
        self.rows = [self.constraint() for _ in range(self.model_rows)]
        words.expect("RTP", "range")
        self.range = number(words.next()), number(words.next())
        words.expect("SOL", "1", "plan")  # its values that are not 0
        self.plan = defaultdict(int, words.terms(len(self.names)))
        self.check_plan()
        words.expect("DER")
        self.derived = words.count()
        for _ in range(self.derived):
            self.derive()
        self.conclude()

    def constraint(self):
        name, sense, side = self.words.next(), self.words.next(), number(self.words.next())
        need(sense in ("L", "G", "E"), f"{name} is neither <= nor >= nor =")
        return self.words.terms(len(self.names)), sense, side, name

    def check_plan(self):
        """The plan keeps every row of the model, and is whole where it must be."""
        for terms, sense, side, name in self.rows:
            reached = sum(factor * self.plan[column] for column, factor in terms.items())
            kept = reached <= side if sense == "L" else reached >= side if sense == "G" else reached == side
            need(kept, f"the plan breaks {name}")
        for column in self.whole:
            need(self.plan[column] % 1 == 0, f"{self.names[column]} is no whole number")
        self.reached = sum(factor * self.plan[column] for column, factor in self.objective.items())

    def derive(self):
        """One derived line: a row that dominates what is stated follows by the reason given."""
        words, place = self.words, len(self.rows)
        stated = self.constraint()
        words.expect("{")
        reason = words.next()
        if reason == "asm":
            rests_on = frozenset([place])
        elif reason in ("lin", "rnd"):
            factors = words.terms(place)
            found = self.combined(factors, place)
            if reason == "rnd":
                terms, sense, side, _ = found
                need(self.are_whole(terms) and sense != "E", f"line {place} cannot be rounded")
                found = terms, sense, floor(side) if sense == "L" else ceil(side), ""
            need(dominates(found, stated), f"line {place} does not follow")
            rests_on = NOTHING.union(*(self.rests_on[each] for each in self.rests_on.keys() & factors.keys()))
        elif reason == "uns":
            one, below, other, above = (words.count(place) for _ in range(4))
            need(self.are_opposites(below, above) or self.are_opposites(above, below), f"line {place}: no branches")
            for each in (one, other):
                need(dominates(self.rows[each], stated), f"line {place} does not follow from line {each}")
            rests_on = (self.rests_on.get(one, NOTHING) - {below}) | (self.rests_on.get(other, NOTHING) - {above})
        else:
            raise ValueError(f"line {place} has no reason")
        words.expect("}")
        need(re.match(r"-1$|[0-9]+$", words.next()), f"line {place} does not end")
        self.rows.append(stated)
        if rests_on:
            self.rests_on[place] = rests_on

    def combined(self, factors, place):
        """The sum of rows times factors; all of them must point the same way."""
        terms, sides, ways = defaultdict(int), {int: 0, Fraction: 0}, set()
        for each, factor in factors.items():
            row, sense, its_side, _ = self.rows[each]
            if sense != "E" and factor:
                ways.add("L" if (sense == "L") == (factor > 0) else "G")
            sides[type(its_side)] += factor * its_side
            for column, value in row.items():
                terms[column] += factor * value
        need(len(ways) < 2, f"line {place} adds rows that point different ways")
        return (
            {column: value for column, value in terms.items() if value},
            (ways or {"E"}).pop(),
            sum(sides.values()),
            "",
        )

    def are_opposites(self, low, high):
        """Whether two rows are a x <= b and a x >= b + 1, so that every whole point keeps one of them."""
        (terms, sense, side, _), (others, other_sense, other_side, _) = self.rows[low], self.rows[high]
        facing = terms == others and (sense, other_sense) == ("L", "G") and other_side == side + 1
        return facing and side % 1 == 0 and self.are_whole(terms)

    def are_whole(self, terms):
        return terms.keys() <= self.whole and all(type(value) is int or value % 1 == 0 for value in terms.values())

    def conclude(self):
        """The last line bounds the objective and rests on nothing; the plan reaches what is stated."""
        need(self.aim in ("max", "min"), "the objective is neither max nor min")
        need(self.words.place == len(self.words.words), "something stands after the last line")
        stated, self.bound, sense = (*self.range, "L") if self.aim == "max" else (*reversed(self.range), "G")
        need(self.reached == stated, "the plan does not reach the value that is stated")
        last = len(self.rows) - 1
        need(self.derived > 0 and last not in self.rests_on, "the last line rests on an assumption")
        need(
            dominates(self.rows[last], (self.objective, sense, self.bound, "")), "the last line does not give the bound"
        )

    def compare(self, content):
        """The plan is that of plan.json; return what plan.json says of the level of the objective."""
        need(sha256(content).hexdigest() == self.identity.get("plan"), "plan.json is not the plan of the certificate")
        plan = json.loads(content)
        need(plan["scenario"]["sha256"] == self.identity.get("scenario"), "plan.json is of another scenario")
        seats = {}
        for row in plan["seats"]:
            if not row.get("actual"):
                seats[row["fund"], row["programme"]] = seats.get((row["fund"], row["programme"]), 0) + row["seats"]
        paid = {fund["fund"]: 0 for fund in plan["funds"]}
        for row in plan["payments"]:
            paid[row["fund"]] += row["amount"]
        need(paid == {row["fund"]: row["spent"] for row in plan["funds"]}, "payments and funds differ")
        need(sum(paid.values()) == plan["total_cost"] == plan["own_cost"] + plan["partner_cost"], "costs differ")
        people = {(row["group"], row["programme"], row["period"]): row["participants"] for row in plan["allocations"]}
        self.same("participants", people)
        self.same("classes", {(row["programme"], row["period"]): row["classes"] for row in plan["classes"]})
        self.same("free_seats", seats)
        self.same("spent", {(fund,): amount for fund, amount in paid.items()})
        self.same("closed", {(row["group"], row["competency"]): row["closed"] for row in plan["closings"]})
        social = {f"socialized[{word(group)}]" for group in plan["socialized"]}
        for column, name in enumerate(self.names):
            need(not name.startswith("socialized[") or self.plan[column] == (name in social), f"{name} differs")
        level = plan["objective"][int(self.identity["level"])]
        need(level["value"] == float(self.reached), "the value differs from plan.json")
        return plan, level

    def same(self, family, stated):
        """The columns of a family have the values of plan.json, those without a row there 0; floats are rounded."""
        found = {}
        for column, name in enumerate(self.names):
            if name.startswith(f"{family}[") and self.plan[column]:
                key = tuple(name[len(family) + 1 : name.index("]")].split(","))[: 2 if family == "free_seats" else None]
                found[key] = found.get(key, 0) + self.plan[column]
        wanted = {tuple(map(word, key)): value for key, value in stated.items() if value}
        for key in found.keys() | wanted.keys():
            one, other = found.get(key, 0), wanted.get(key, 0)
            same = float(one) == other if isinstance(other, float) else one == other
            need(same, f"{family}[{','.join(key)}] is {one} here and {other} in plan.json")


def dominates(row, stated):
    """Whether a row says at least as much as the one stated; 0 <= -1 and the like say everything."""
    (terms, sense, side, _), (others, wanted, most, _) = row, stated
    if not terms and (side < 0 if sense == "L" else side > 0 if sense == "G" else side != 0):
        return True
    if terms != others or sense not in (wanted, "E"):
        return False
    return side <= most if wanted == "L" else side >= most if wanted == "G" else side == most


def word(text):
    """A name as columns and rows bear it."""
    escaped = re.compile(r"[\s\[\],%{}\x00-\x1f\x7f]")
    return escaped.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def verified(path, language):
    """Verify one certificate; return the sentences about it, and whether it is in order."""
    texts = SENTENCES[language]
    try:
        certificate = Certificate(path.read_bytes().decode())
        certificate.check()
        plan, level = certificate.compare((path.parent / "plan.json").read_bytes())
        tolerance, stated, open_ = plan["tolerance"], level["exact_bound"], abs(certificate.bound - certificate.reached)
        size = max(1, min(abs(certificate.reached), Fraction(plan["weighted_gaps_closed"])))
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError) as wrong:
        return [f"{path.name}: {texts[0]}".format(reason=f"{wrong}" or type(wrong).__name__)], False
    shown = {
        "rows": certificate.model_rows, "whole": len(certificate.whole), "lines": certificate.derived,
        "value": float(certificate.reached), "bound": float(certificate.bound), "open": float(open_),
        "tolerance": tolerance, "stated": stated,
    }  # fmt: skip
    chosen = [1, 2]
    reached = stated is not None and open_ <= abs(Fraction(stated) - certificate.reached) + Fraction(size, 10**6)
    held = reached or stated is None
    if plan["status"] == "optimal":
        held = open_ <= Fraction(tolerance) * size * (1 + Fraction(1, 10**9))
        chosen.append(3 if held else 4)
    if stated is not None:
        chosen.append(5 if reached else 6)
    return [f"{path.name}: {texts[number].format(**shown)}" for number in chosen], held


def main(arguments):
    language = "en" if arguments[-2:] == ["--lang", "en"] else "id"
    names = [each for each in arguments if each.endswith(".vipr")]
    paths = [Path(name) for name in names] or sorted(Path(__file__).resolve().parent.glob("*.vipr"))
    results = [verified(path, language) for path in paths]
    for sentences, _ in results:
        print("\n".join(sentences))
    return 0 if results and all(held for _, held in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
