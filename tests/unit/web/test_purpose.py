"""The question that a scenario file opens with."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.web.purpose import question_in


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("# Pertanyaan: cukupkah Rp180 juta?\nformat: 1\n", "Cukupkah Rp180 juta?"),
        ("# a schema\n#\n# Question: who is trained,\n# and who pays?\n# Data of 2027.\nformat: 1\n",
         "Who is trained, and who pays?"),
        ("# Pertanyaan:\n#   apa yang tercapai\n#\n# Data.\n", "Apa yang tercapai"),
        ("format: 1\n# Pertanyaan: di sini tidak dicari?\n", ""),
        ("# Data rekaan.\nformat: 1\n", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_it_is_found_in_the_first_comment_alone(tmp_path: Path, text: str, question: str) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(text)
    assert question_in(file) == question


def test_a_file_that_is_no_text_has_none_and_a_long_one_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes(b"\xff\xfe# Pertanyaan: \x00?")
    assert question_in(file) == "?", "what cannot be shown is left out"
    file.write_text("# Pertanyaan: " + "a" * 5000)
    assert len(question_in(file)) == 400
    assert question_in(tmp_path / "nowhere.yaml") == ""
