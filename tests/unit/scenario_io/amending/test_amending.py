"""A change of a file says exactly what was asked for, and touches no line that it need not touch."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from decimal import Decimal
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import pytest

from planner.scenario_io.amending import CannotAmend, amended, data_of
from planner.scenario_io.amending.amending import same
from tests.sampled import few, sampled

SCENARIOS = sorted((Path(__file__).parents[4] / "scenarios").glob("*.yaml"))
HARD: Final = r"""# top
a: {x: 1, y: 2, # note
    z: 3}
b:
- q   # c1
# above r
- r
-
  k: v
c: >-
  some folded
  text here

d: |
  lit
  eral
e:
f: 'it''s'   # quoted
g: "dq \u00e9"
h: [1, 2,
    3]
"i i":
    deep: # c
        deeper:
          - {id: a}
          - {id: b} # bb

          - id: c
            # inside
            l: [x, y]
          - - n1
            - n2
j: plain
  multi # cc
"""
TEXTS: Final = (HARD, HARD.replace("\n", "\r\n"), HARD.rstrip("\n"), SCENARIOS[1].read_text(encoding="utf-8"))
VALUES: Final[list[Any]] = [
    "teks", "2,5 miliar", "80%", "it's", "- dash", "# hash", "a: b", "012", "no", 5, 1_234_567, Decimal("1.5"), True,
    None, "", "multi\nline", "é {x}", "x, y", [1, "a"], {"k": 1}, {"n": {"m": ["u", 2]}}, [{"id": "new"}], "2027",
    "key?", ":c", "~", "2027-01-05", "*x", "&y", "!z", "@at", "`", "%p", ">g", "|", {"a\u00a0b": "\ttab"},
]  # fmt: skip


def changed_lines(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def collections(data: Any) -> Iterator[Any]:
    if isinstance(data, dict | list):
        yield data
        for each in data.values() if isinstance(data, dict) else data:
            yield from collections(each)


def change_something(data: Any, choose: random.Random) -> None:
    there, value = choose.choice(list(collections(data))), copy.deepcopy(choose.choice(VALUES))
    spots = list(there) if isinstance(there, dict) else list(range(len(there)))
    what = choose.choice(["setting", "removing", "adding"])
    if spots and what == "setting":
        there[choose.choice(spots)] = value
    elif spots and what == "removing":
        del there[choose.choice(spots)]
    elif isinstance(there, list):
        there.insert(choose.randint(0, len(there)), value)
    else:
        entries = [*there.items()]
        entries.insert(choose.randint(0, len(entries)), (choose.choice(["neu", "2027", "k e y", "12x", "a.b"]), value))
        there.clear()
        there.update(entries)


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_changed_the_text_says_it_or_nothing_is_changed(text: str) -> None:
    choose, refused, tried = random.Random(13), 0, few(300, 6)
    for _time in range(tried):
        wanted = data_of(text)
        for _change in range(choose.choice([1, 1, 2, 4])):
            change_something(wanted, choose)
        if not wanted:
            continue
        try:
            made = amended(text, wanted)
        except CannotAmend:
            refused += 1
            continue
        assert same(data_of(made), wanted)
        assert "\r\n" in text or "\r" not in made
        assert "\r\n" not in text or made.count("\n") == made.count("\r\n")
    assert refused * 50 <= tried


@pytest.mark.parametrize("file", sampled(SCENARIOS, 4), ids=lambda file: str(file.stem))
def test_one_changed_value_is_one_changed_line(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert amended(text, data_of(text)) == text
    spots = [
        (number, key)
        for number, there in enumerate(collections(data_of(text)))
        for key in (there if isinstance(there, dict) else range(len(there)))
        if not isinstance(there[key], dict | list | None) and len(str(there[key])) < 100
    ]
    for number, key in spots[:: max(1, len(spots) // 8)]:
        wanted = data_of(text)
        there = list(collections(wanted))[number]
        there[key] = "12,5 juta" if isinstance(there[key], str) else there[key] + 1
        before, after = changed_lines(text, amended(text, wanted))
        assert (before[0], after[0]) == ("-", "+")


FUNDS: Final = """# head
funds:
  - id: apbd   # own
    # grows
    amount: 24_500_000  # [K]
  - {id: b, amount: 1}
# end
"""


def test_what_is_taken_out_and_put_in_leaves_comments_and_order() -> None:
    wanted = data_of(FUNDS)
    wanted["funds"][0]["name"] = "APBD: murni"
    del wanted["funds"][1]
    assert sorted(changed_lines(FUNDS, amended(FUNDS, wanted))) == [
        "+    name: 'APBD: murni'\n",
        "-  - {id: b, amount: 1}\n",
    ]
    wanted = data_of(FUNDS)
    wanted["funds"].append({"id": "c", "amount": "2,5 miliar"})
    assert changed_lines(FUNDS, amended(FUNDS, wanted)) == ["+  - id: c\n", "+    amount: 2,5 miliar\n"]
    wanted = data_of(FUNDS)
    wanted["funds"][1] |= {"amount": "2,5 miliar", "kind": "own"}
    assert changed_lines(FUNDS, amended(FUNDS, wanted))[1] == "+  - {id: b, amount: '2,5 miliar', kind: own}\n"
    wanted = data_of(FUNDS)
    del wanted["funds"][0]
    assert amended(FUNDS, wanted) == "# head\nfunds:\n  - {id: b, amount: 1}\n# end\n"


def test_a_renamed_record_stays_where_it_is() -> None:
    text = "groups:\n  - {id: a, headcount: 1}  # first\n  - {id: b, headcount: 2}\n"
    wanted = data_of(text)
    wanted["groups"][0]["id"] = "z"
    assert changed_lines(text, amended(text, wanted))[1:] == ["+  - {id: z, headcount: 1}  # first\n"]


def test_folded_text_keeps_its_lines_around_what_was_changed() -> None:
    text = "a: >-\n  satu dua\n  tiga empat\n  lima enam\nb: 1\n"
    wanted = data_of(text) | {"a": "satu dua tiga EMPAT lima enam"}
    assert changed_lines(text, amended(text, wanted)) == ["-  tiga empat\n", "+  tiga EMPAT\n"]


@pytest.mark.parametrize(
    "text",
    ["a: &x 1\nb: *x\n", "a: !!str 1\n", "a: 1\na: 2\n", "- 1\n", "", "a: [\n", "a: 1\n---\nb: 2\n"],
)
def test_what_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(CannotAmend):
        amended(text, {"a": 2})


def test_a_value_that_was_refused_may_be_corrected() -> None:
    text = "a: 012 # code\nb: no\n"
    wanted = data_of(text) | {"a": "012"}
    assert amended(text, wanted) == "a: '012' # code\nb: no\n"
