"""Files of Excel and Word before a parser sees them."""

from __future__ import annotations

import io
import zipfile

import pytest

from planner.office_archive import MAX_PARTS, SMALL, is_harmless, is_xml, unpacked


def archive(*parts: bytes) -> zipfile.ZipFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for number, part in enumerate(parts):
            target.writestr(f"{number}.xml", part)
    return zipfile.ZipFile(made)


def test_a_part_that_is_packed_more_tightly_than_honest_ones_makes_a_bomb() -> None:
    assert unpacked(archive(b"<a/>", b"0" * (SMALL + 1)), 100).is_bomb
    assert not unpacked(archive(b"<a/>", b"0" * SMALL), 100).is_bomb


def test_very_many_parts_make_a_bomb() -> None:
    assert unpacked(archive(*[b""] * (MAX_PARTS + 1)), 100).is_bomb


def test_the_size_is_that_of_all_parts() -> None:
    found = unpacked(archive(b"<a/>", b"<bb/>"), 100)
    assert (found.size, found.is_bomb) == (9, False)


@pytest.mark.parametrize(
    ("content", "harmless"),
    [
        (b"<?xml version='1.0' encoding='UTF-8'?><a/>", True),
        (b"<a/>", True),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", False),
        (b"<?xml version='1.0' encoding='UTF-7'?><a/>", False),
        ("<a/>".encode("utf-16"), False),
    ],
)
def test_xml_is_harmless_where_no_encoding_and_no_entity_hides_anything(content: bytes, harmless: bool) -> None:
    assert is_xml(content)
    assert is_harmless(content) is harmless
