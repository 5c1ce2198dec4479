"""The agency's own sentences: what is read of Markdown, and that nothing of the text is lost or interpreted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.report.wording.markdown import ListOfBlocks, Paragraph, Run, WordTable, blocks_of, plain_text
from planner.report.wording.markdown_html import html_of
from tests.pages.markup import read

MIXED = """Kalimat **tebal**, *miring* & <b>apa adanya</b>
lanjutan  
baris baru

2. dua
   - dalam
3. tiga

| Uraian | Nilai |
|---|---:|
| Indeks | 75 |
"""


def test_paragraphs_lists_and_tables_are_read() -> None:
    text, numbered, words = blocks_of(MIXED)

    assert isinstance(text, Paragraph)
    assert text.text == "Kalimat tebal, miring & <b>apa adanya</b> lanjutan\nbaris baru"
    assert [run for run in text.runs if run.bold or run.italic] == [Run("tebal", True), Run("miring", False, True)]
    assert isinstance(numbered, ListOfBlocks)
    assert (numbered.ordered, numbered.first, len(numbered.items)) == (True, 2, 2)
    assert isinstance(numbered.items[0][1], ListOfBlocks)
    assert isinstance(words, WordTable)
    assert (words.right, len(words.rows)) == ((False, True), 2)


def test_html_has_our_markup_alone() -> None:
    page = read(f"<div>{html_of(blocks_of(MIXED))}</div>")

    assert [bold.text for bold in page.all("b")] == []
    assert [strong.text for strong in page.all("strong")] == ["tebal"]
    assert "<b>apa adanya</b>" in page.all("p")[0].text
    assert [cell.text for cell in page.all("th")] == ["Uraian", "Nilai"]
    assert page.all("ol")[0].attributes["start"] == "2"


def test_what_is_no_part_of_it_stays_as_written() -> None:
    text = "# judul\n\n[tautan](http://contoh) `kode` ![g](x.png) &amp; <script>alert(1)</script> {{ 7*7 }}"

    assert plain_text(blocks_of(text)) == text.replace("\n\n", "\n")


def test_text_that_markdown_would_drop_is_kept() -> None:
    for text in ("- " * 60 + "dalam sekali", "| a | b |\n|---|---|\n| 1 | 2 | 300 |"):
        assert sum(map(str.isalnum, plain_text(blocks_of(text)))) == sum(map(str.isalnum, text))


@given(st.text(st.sampled_from("aB1 .-*_|#>\n<&`[]()\\:"), max_size=80))
def test_no_letter_is_ever_lost(text: str) -> None:
    kept = [character for character in plain_text(blocks_of(text)) if character.isalpha()]
    assert kept == [character for character in text if character.isalpha()]
