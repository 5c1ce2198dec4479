from __future__ import annotations

import re

from tests.contract.third_party import PAGE, pinned, purposes


def test_every_pinned_package_is_on_the_page_with_its_version_and_a_licence() -> None:
    rows = re.findall(r"^\| (?:· )?(\S+) \| (\S+) \| (.+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    rows = rows[1:]  # after the head
    assert [(name, version) for name, version, _licence in rows] == list(pinned()), "run: make licences"
    assert not [name for name, _version, licence in rows if "not installed" in licence]


def test_what_is_named_as_needed_is_pinned() -> None:
    assert purposes().keys() <= {name for name, _version in pinned()}
