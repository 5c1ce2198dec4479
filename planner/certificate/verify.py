#!/usr/bin/env python3
"""Verifies the certificate of a plan in exact arithmetic. Needs Python 3.10 or later, and nothing else.

    python verify.py [certificate.vipr ...] [--lang en]

Beside each certificate lies the plan.json that it is of; without names, every .vipr file beside this program is read.
It is not part of the planner and uses none of it, so that an auditor can read all of it.

A certificate (format VIPR 1.0, https://github.com/ambros-gleixner/VIPR) lists a model (columns, and rows that every
plan keeps), one plan, and lines that follow from the rows, each with its reason:

    asm   an assumption, which a later line must take back
    lin   a sum of rows and earlier lines, each times a number
    rnd   the same, rounded: whole coefficients of whole columns make whole sums
    uns   what follows from both of two assumptions, a x <= b and a x >= b + 1, one of which is true

What is checked: the file is as it was written (SHA-256) and of this plan.json; the plan keeps every row, is whole where
it must be, and is the plan of plan.json (people, classes, closings, amounts by fund); every line follows; the last line
rests on no assumption and bounds the objective. What is not: that the rows are those of the scenario. Each row bears the
rule and the names that it is of; `planner verify` makes the rows anew from the scenario and compares them.
"""

import json
import re
import sys
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?$")
SEAL = re.compile(r"% planner-certificate 1 ([0-9a-f]{64})\n")
SENTENCES = {
    "id": (
        "{file}: DITOLAK. {reason}",
        "{file}: rencana memenuhi {rows} baris dan {whole} syarat bilangan bulat; nilainya {value}.",
        "{file}: {lines} baris turunan benar. Tidak ada rencana yang nilainya {side} {bound}: paling banyak {open} lagi.",
        "{file}: sebutan optimal sampai {tolerance} terbukti.",
        "{file}: sebutan optimal sampai {tolerance} TIDAK terbukti oleh sertifikat ini.",
        "{file}: batas di plan.json, {stated}, terbukti.",
        "{file}: batas di plan.json, {stated}, TIDAK terbukti oleh sertifikat ini.",
    ),
    "en": (
        "{file}: REFUSED. {reason}",
        "{file}: the plan keeps {rows} rows and {whole} whole-number conditions; its value is {value}.",
        "{file}: {lines} derived lines hold. No plan has a value {side} {bound}: at most {open} more.",
        "{file}: that it is optimal within {tolerance} is proven.",
        "{file}: that it is optimal within {tolerance} is NOT proven by this certificate.",
        "{file}: the bound in plan.json, {stated}, is proven.",
        "{file}: the bound in plan.json, {stated}, is NOT proven by this certificate.",
    ),
}
SIDES = {"id": {"max": "di atas", "min": "di bawah"}, "en": {"max": "above", "min": "below"}}


class Refused(Exception):
    """Something in a certificate or plan is wrong."""


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def number(text):
    """A rational number: an int where it is whole."""
    need(NUMBER.match(text), f"'{text[:40]}' is no number")
    if "/" not in text:
        return int(text)
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else value


class Words:
    """The words of a file, one after the other."""

    def __init__(self, text):
        self.words = text.split()
        self.place = 0

    def next(self):
        need(self.place < len(self.words), "the file ends too early")
        self.place += 1
        return self.words[self.place - 1]

    def expect(self, *words):
        for word in words:
            found = self.next()
            need(found == word, f"expected {word}, found '{found[:40]}'")

    def count(self, below=None):
        word = self.next()
        need(word.isascii() and word.isdigit(), f"'{word[:40]}' is no count")
        need(below is None or int(word) < below, f"{word} is not below {below}")
        return int(word)

    def terms(self, below):
        """Pairs of a number below `below`, each once, and a factor."""
        found = {}
        for _ in range(self.count()):
            place = self.count(below)
            need(place not in found, f"{place} is listed twice")
            found[place] = number(self.next())
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
        self.rows = []  # (terms, sense, side) of rows and of derived lines
        self.rests_on = {}  # assumptions of derived lines

    def check(self):
        words = self.words
        words.expect("VER", "1.0", "VAR")
        self.names = [words.next() for _ in range(words.count())]
        need(len(set(self.names)) == len(self.names), "two columns have one name")
        words.expect("INT")
        self.whole = {words.count(len(self.names)) for _ in range(words.count())}
        words.expect("OBJ")
        self.aim = words.next()
        need(self.aim in ("max", "min"), "the objective is neither max nor min")
        self.objective = words.terms(len(self.names))
        words.expect("CON")
        self.model_rows = words.count()
        words.count()
        row_names = set()
        for _ in range(self.model_rows):
            row_names.add(words.next())
            self.rows.append(self.constraint())
        need(len(row_names) == self.model_rows, "two rows have one name")
        words.expect("RTP", "range")
        self.lowest, self.highest = number(words.next()), number(words.next())
        words.expect("SOL", "1", "plan")
        self.plan = words.terms(len(self.names))
        self.check_plan()
        words.expect("DER")
        self.derived = words.count()
        for _ in range(self.derived):
            self.derive()
        need(words.place == len(words.words), "something stands after the last line")
        self.conclude()

    def constraint(self):
        words = self.words
        sense, side = words.next(), number(words.next())
        need(sense in ("L", "G", "E"), f"'{sense[:40]}' is no sense of a row")
        return words.terms(len(self.names)), sense, side

    def value(self, column):
        return self.plan.get(column, 0)

    def check_plan(self):
        """The plan keeps every row of the model, and is whole where it must be."""
        for place, (terms, sense, side) in enumerate(self.rows):
            reached = sum(factor * self.value(column) for column, factor in terms.items())
            need(reached == side or (sense == "L" and reached < side) or (sense == "G" and reached > side),
                 f"the plan breaks row {place}")  # fmt: skip
        for column in self.whole:
            need(Fraction(self.value(column)).denominator == 1, f"{self.names[column]} is no whole number")
        self.reached = sum(factor * self.value(column) for column, factor in self.objective.items())

    def derive(self):
        """One derived line: a row that dominates what is stated follows by the reason given."""
        words, place = self.words, len(self.rows)
        words.next()
        stated = self.constraint()
        words.expect("{")
        reason = words.next()
        if reason == "asm":
            rests_on = frozenset([place])
        elif reason in ("lin", "rnd"):
            factors = words.terms(place)
            found = self.combined(factors, place)
            if reason == "rnd":
                found = self.rounded(found, place)
            need(dominates(found, stated), f"line {place} does not follow")
            rests_on = frozenset().union(*(self.rests_on.get(each, frozenset()) for each in factors))
        elif reason == "uns":
            one, below, other, above = (words.count(place) for _ in range(4))
            need(self.are_opposites(below, above) or self.are_opposites(above, below), f"line {place}: no branches")
            for each in (one, other):
                need(dominates(self.rows[each], stated), f"line {place} does not follow from line {each}")
            nothing = frozenset()
            rests_on = (self.rests_on.get(one, nothing) - {below}) | (self.rests_on.get(other, nothing) - {above})
        else:
            raise Refused(f"line {place} has no reason")
        words.expect("}")
        need(re.match(r"-1$|[0-9]+$", words.next()), f"line {place} does not end")
        self.rows.append(stated)
        if rests_on:
            self.rests_on[place] = rests_on

    def combined(self, factors, place):
        """The sum of rows times factors; all of them must point the same way."""
        terms, side, ways = {}, 0, set()
        for each, factor in factors.items():
            row, sense, its_side = self.rows[each]
            if sense != "E" and factor:
                ways.add("L" if (sense == "L") == (factor > 0) else "G")
            side += factor * its_side
            for column, value in row.items():
                terms[column] = terms.get(column, 0) + factor * value
        need(len(ways) < 2, f"line {place} adds rows that point different ways")
        return {column: value for column, value in terms.items() if value}, (ways or {"E"}).pop(), side

    def rounded(self, row, place):
        terms, sense, side = row
        whole = all(column in self.whole and Fraction(value).denominator == 1 for column, value in terms.items())
        need(whole and sense != "E", f"line {place} cannot be rounded")
        return terms, sense, side.__floor__() if sense == "L" else side.__ceil__()

    def are_opposites(self, low, high):
        """Whether two rows are a x <= b and a x >= b + 1, so that every whole point keeps one of them."""
        (terms, sense, side), (others, other_sense, other_side) = self.rows[low], self.rows[high]
        numbers = [side, *terms.values()]
        whole = terms.keys() <= self.whole and all(Fraction(each).denominator == 1 for each in numbers)
        return whole and terms == others and (sense, other_sense) == ("L", "G") and other_side == side + 1

    def conclude(self):
        """The last line bounds the objective and rests on nothing; the plan reaches what is stated."""
        self.bound = self.highest if self.aim == "max" else self.lowest
        stated = self.lowest if self.aim == "max" else self.highest
        need(self.reached == stated, "the plan does not reach the value that is stated")
        last = len(self.rows) - 1
        need(self.derived > 0 and last not in self.rests_on, "the last line rests on an assumption")
        sense = "L" if self.aim == "max" else "G"
        need(dominates(self.rows[last], (self.objective, sense, self.bound)), "the last line does not give the bound")

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
        allocations = {(r["group"], r["programme"], r["period"]): r["participants"] for r in plan["allocations"]}
        self.same("participants", allocations)
        self.same("classes", {(row["programme"], row["period"]): row["classes"] for row in plan["classes"]})
        self.same("free_seats", seats)
        self.same("spent", {(fund,): amount for fund, amount in paid.items()})
        self.same("closed", {(row["group"], row["competency"]): row["closed"] for row in plan["closings"]})
        for column, name in enumerate(self.names):
            if name.startswith("socialized["):
                stated = name in {f"socialized[{word(group)}]" for group in plan["socialized"]}
                need(self.value(column) == stated, f"{name} differs from plan.json")
        level = plan["objective"][int(self.identity["level"])]
        need(level["value"] == float(self.reached), "the value differs from plan.json")
        return plan, level

    def same(self, family, stated):
        """The columns of a family have the values of plan.json, those without a row there 0; floats are rounded."""
        found = {}
        for column, name in enumerate(self.names):
            if name.startswith(f"{family}[") and self.value(column):
                key = tuple(name[len(family) + 1 : name.index("]")].split(","))
                key = key[:2] if family == "free_seats" else key
                found[key] = found.get(key, 0) + self.value(column)
        wanted = {tuple(map(word, key)): value for key, value in stated.items() if value}
        for key in found.keys() | wanted.keys():
            one, other = found.get(key, 0), wanted.get(key, 0)
            same = float(one) == other if isinstance(other, float) else one == other
            need(same, f"{family}[{','.join(key)}] is {one} here and {other} in plan.json")


def dominates(row, stated):
    """Whether a row says at least as much as the one stated; 0 <= -1 and the like say everything."""
    (terms, sense, side), (others, wanted, most) = row, stated
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
    except (
        Refused,
        OSError,
        ValueError,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as wrong:
        return [texts[0].format(file=path.name, reason=f"{wrong}" or type(wrong).__name__)], False
    shown = {
        "rows": certificate.model_rows, "whole": len(certificate.whole), "lines": certificate.derived,
        "value": float(certificate.reached), "bound": float(certificate.bound), "open": float(open_),
        "side": SIDES[language][certificate.aim], "tolerance": tolerance, "stated": stated, "file": path.name,
    }  # fmt: skip
    chosen, held = [1, 2], True
    if plan["status"] == "optimal":
        held = open_ <= Fraction(tolerance) * size * (1 + Fraction(1, 10**9))
        chosen.append(3 if held else 4)
    if stated is not None:
        reached = abs(Fraction(stated) - certificate.reached) + Fraction(size, 10**6) >= open_
        chosen.append(5 if reached else 6)
        held = held and reached
    return [texts[number].format(**shown) for number in chosen], held


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
