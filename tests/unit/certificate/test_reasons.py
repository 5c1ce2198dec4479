"""The reasons of derived lines, each misused by hand: no line follows from what does not imply it."""

from __future__ import annotations

from hashlib import sha256

import pytest

from planner.certificate import verify

ROWS = """VER 1.0
VAR 2
x
value
INT 1
0
OBJ max
1 1 1
CON 4 2
least:0 G 0 1 0 1
most:0 L 5 1 0 1
twice L 9 1 0 2
defines:value E 0 2 1 1 0 -1
"""
"""x is whole, 0 <= x <= 5 and 2 x <= 9, so that the most is 4. Derived lines are numbered from 4 on."""


def checked(best: int, bound: str, *derived: str) -> verify.CertificateFile:
    """The certificate of a plan with x = `best`, and of a bound."""
    lines = "".join(f"{line} -1\n" for line in derived)
    text = f"{ROWS}RTP range {best} {bound}\nSOL 1\nplan 2 0 {best} 1 {best}\nDER {len(derived)}\n{lines}"
    return sound(text)


def sound(text: str) -> verify.CertificateFile:
    """The certificate with this content, which is in order."""
    file = verify.CertificateFile(f"% planner-certificate 1 {sha256(text.encode()).hexdigest()}\n{text}")
    file.check()
    return file


ROUNDED = "r L 4 1 0 1 { rnd 1 2 1/2 }"


@pytest.mark.parametrize(
    "derived",
    [
        (ROUNDED, "b L 4 1 1 1 { lin 2 4 1 3 1 }"),
        (
            "low L 3 1 0 1 { asm }", "high G 4 1 0 1 { asm }",
            "one L 3 1 1 1 { lin 2 4 1 3 1 }", "two L 9/2 1 1 1 { lin 2 2 1/2 3 1 }",
            "x L 4 1 0 1 { rnd 1 2 1/2 }", "two L 4 1 1 1 { lin 2 8 1 3 1 }",
            "b L 4 1 1 1 { uns 6 4 9 5 }",
        ),
    ],
)  # fmt: skip
def test_what_follows_is_taken(derived: tuple[str, ...]) -> None:
    if len(derived) > 2:  # the fourth of them is half a person too strong
        derived = tuple(
            line.replace("two L 4 1 1 1 { lin 2 2 1/2", "two L 9/2 1 1 1 { lin 2 2 1/2") for line in derived
        )
    assert checked(4, "4", *derived).bound == 4


LOW, HIGH = "low L 3 1 0 1 { asm }", "high G 4 1 0 1 { asm }"
ONE = "one L 3 1 1 1 { lin 2 4 1 3 1 }"


@pytest.mark.parametrize(
    "derived",
    [
        pytest.param(("m L 3 1 0 1 { lin 2 1 3/5 0 2/5 }", "b L 3 1 1 1 { lin 2 4 1 3 1 }"), id="both directions"),
        pytest.param(("m L 0 1 0 1 { lin 1 0 1 }", "b L 3 1 1 1 { lin 2 4 1 3 1 }"), id="the other direction"),
        pytest.param(("m L -5 1 0 -1 { lin 1 1 -1 }", "b L 3 1 1 1 { lin 2 4 -1 3 1 }"), id="turned"),
        pytest.param(("m L 3 1 0 1 { lin 1 1 1 }", "b L 3 1 1 1 { lin 2 4 1 3 1 }"), id="a smaller side"),
        pytest.param(("m L 3 1 0 1 { lin 1 2 1/3 }", "b L 3 1 1 1 { lin 2 4 1 3 1 }"), id="other terms"),
        pytest.param(("h L 9/2 1 1 1 { lin 2 2 1/2 3 1 }", "b L 3 1 1 1 { rnd 1 4 2/3 }"), id="rounded and scaled"),
        pytest.param(("h L 7/2 1 0 7/9 { lin 1 2 7/18 }", "b L 3 1 0 7/9 { rnd 1 4 1 }"), id="fractions rounded"),
        pytest.param((LOW, ONE), id="resting on an assumption"),
        pytest.param((LOW, HIGH, ONE, "b L 3 1 1 1 { uns 6 4 6 5 }"), id="one side of both"),
        pytest.param((LOW, "high G 5 1 0 1 { asm }", ONE, "no L -1 0 { lin 2 2 1 5 -2 }",
                      "b L 3 1 1 1 { uns 6 4 7 5 }"), id="a person between"),
        pytest.param(("low L 7/2 1 0 1 { asm }", "high G 9/2 1 0 1 { asm }", "one L 7/2 1 1 1 { lin 2 4 1 3 1 }",
                      "two L 0 0 { lin 2 2 1/2 5 -1 }", "b L 7/2 1 1 1 { uns 6 4 7 5 }"), id="halves"),
        pytest.param(("low L 3 1 1 1 { asm }", "high G 4 1 1 1 { asm }", "b L 3 1 1 1 { uns 4 4 4 5 }"),
                     id="a column that is not whole"),
        pytest.param((LOW, HIGH, ONE, "b L 3 1 1 1 { uns 6 5 6 4 }"), id="sides exchanged"),
        pytest.param((LOW, HIGH, ONE, "two L 9/2 1 1 1 { lin 2 2 1/2 3 1 }", "b L 3 1 1 1 { uns 6 4 7 5 }"),
                     id="the second side weaker"),
        pytest.param((LOW, HIGH, "two L 9/2 1 1 1 { lin 2 2 1/2 3 1 }", ONE, "b L 3 1 1 1 { uns 6 4 7 5 }"),
                     id="the first side weaker"),
        pytest.param(("m L 3 1 0 1 { lin 2 2 2 1 -3 }", "b L 3 1 1 1 { lin 2 4 1 3 1 }"), id="a row turned"),
        pytest.param(("r L 4 2 0 7 0 1 { rnd 1 2 1/2 }", "b L 4 1 1 1 { lin 2 4 1 3 1 }"), id="a column twice"),
        pytest.param(("r L 4 1 0 1 { rnd 1 2 1/2 }",), id="another row last"),
        pytest.param(("b L 3 1 1 1 { lin 1 4 1 }",), id="itself"),
        pytest.param(("b L 3 1 1 1 { lin 1 5 1 }", "b L 3 1 1 1 { lin 1 4 1 }"), id="a line to come"),
        pytest.param(("none L 0 0 { lin 2 1 1 1 1 }", "b L 3 1 1 1 { lin 1 4 1 }"), id="a row twice"),
        pytest.param(("b L 3 1 1 1 { sol }",), id="no reason"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused(derived: tuple[str, ...]) -> None:
    """Each would prove that x is at most 3, though 4 is possible."""
    with pytest.raises(verify.FAULTS):
        checked(3, derived[-1].split()[2], *derived)


def test_the_last_line_is_the_bound_that_is_stated() -> None:
    for best, bound in ((3, "3"), (4, "5"), (4, "9/2")):
        with pytest.raises(verify.FAULTS):
            checked(best, bound, ROUNDED, "b L 4 1 1 1 { lin 2 4 1 3 1 }")
    with pytest.raises(verify.FAULTS):
        checked(4, "4")


def test_a_fraction_is_not_rounded_where_a_column_is_not_whole() -> None:
    lines = "h L 9/2 1 1 1 { lin 2 2 1/2 3 1 }", "b L 4 1 1 1 { rnd 1 4 1 }"
    with pytest.raises(ValueError, match="line"):
        checked(4, "4", *lines)
    assert checked(4, "9/2", lines[0]).bound * 2 == 9


def test_a_branch_is_of_whole_columns_at_whole_numbers_one_apart() -> None:
    for low, high in ((3, 5), (4, 4), ("7/2", "9/2"), (4, 3)):
        asm = f"low L {low} 1 0 1 {{ asm }}", f"high G {high} 1 0 1 {{ asm }}"
        with pytest.raises(ValueError, match="line"):
            checked(3, "5", *asm, "b L 5 1 1 1 { lin 2 1 1 3 1 }", "b L 5 1 1 1 { uns 6 4 6 5 }")
    asm = "low L 3 1 0 1 { asm }", "high G 4 1 0 1 { asm }"
    assert checked(3, "5", *asm, "b L 5 1 1 1 { lin 2 1 1 3 1 }", "b L 5 1 1 1 { uns 6 4 6 5 }").bound == 5
    real = "low L 3 1 1 1 { asm }", "high G 4 1 1 1 { asm }"
    with pytest.raises(ValueError, match="line"):
        checked(3, "5", *real, "b L 5 1 1 1 { lin 2 1 1 3 1 }", "b L 5 1 1 1 { uns 6 4 6 5 }")


TEXT = f"""{ROWS}RTP range 4 4
SOL 1
plan 2 0 4 1 4
DER 2
{ROUNDED} -1
b L 4 1 1 1 {{ lin 2 4 1 3 1 }} -1
"""


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("twice L 9 1 0 2\n", "twice L 9 1\n0 2\n"),
        ("most:0 L 5 1 0 1\ntwice", "most:0 L 5 1 0 1 twice"),
        ("twice L 9 1 0 2\n", "twice L 9 1 0 7 0 2\n"),
        ("twice L 9 1 0 2\n", "twice L 9 1 0 2 1\n"),
        ("twice L 9 1 0 2\n", "twice L 9 2 0 2 1 0\n"),
        ("twice L 9 1 0 2\n", "twice L 9 1 7 2\n"),
        ("twice L 9 1 0 2\n", "twice L 9 01 0 2\n"),
        ("twice L 9 1 0 2\n", "twice L 9 1 00 2\n"),
        ("twice L 9 1 0 2\n", "twice L 9\x1c1 0 2\n"),
        ("twice L 9 1 0 2\n", "twice L 9\xa01 0 2\n"),
        ("twice L 9 1 0 2\n", "twice L 9 1 0 \u0662\n"),
        ("twice L 9 1 0 2\n", "twice L 0_9 1 0 2\n"),
        ("twice L 9 1 0 2\n", "twice < 9 1 0 2\n"),
        ("{ lin 2 4 1 3 1 }", "{ lin 2 4 +1 3 1 }"),
        ("{ lin 2 4 1 3 1 }", "{ lin 2 4 \u0661 3 1 }"),
        ("{ lin 2 4 1 3 1 }", "{ lin 2 4 1 3 1 0 0 }"),
        ("{ lin 2 4 1 3 1 }", "{ lin 2 4 1 3 1 3 1 }"),
        ("{ rnd 1 2 1/2 }", "{ asm 1 2 1/2 }"),
        ("INT 1\n0\n", "INT 1\n7\n"),
        ("INT 1\n0\n", "INT 2\n0\n"),
        ("VAR 2\nx\n", "VAR 2\nx y\n"),
        ("SOL 1\nplan 2 0 4 1 4\n", "SOL 1\nplan 2 0 4 1 5 1 4\n"),
        ("SOL 1\nplan 2 0 4 1 4\n", "SOL 1\nplan 3 0 4 1 4 7 1\n"),
        ("DER 2\n", "DER 1\n"),
        ("CON 4 2\n", "CON 4 1\n"),
    ],
)  # fmt: skip
def test_a_file_that_other_programs_could_read_otherwise_is_refused(what: str, other: str) -> None:
    sound(TEXT)
    assert what in TEXT
    with pytest.raises(verify.FAULTS):
        sound(TEXT.replace(what, other))


def test_a_name_may_hold_what_a_number_may_not() -> None:
    sound(TEXT.replace("twice", "a_b+c/\u00e9\u0661"))
