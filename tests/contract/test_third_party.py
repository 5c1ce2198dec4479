from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.contract.third_party import PAGE, ROOT, pinned, purposes

LOCK = ROOT / "requirements.lock"


def test_every_pinned_package_is_on_the_page_with_its_version_and_a_licence() -> None:
    rows = re.findall(r"^\| (?:· )?(\S+) \| (\S+) \| (.+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    rows = rows[1:]  # after the head
    assert [(name, version) for name, version, _licence in rows] == list(pinned()), "run: make licences"
    assert not [name for name, _version, licence in rows if "not installed" in licence]


def test_what_is_named_as_needed_is_pinned() -> None:
    assert purposes().keys() <= {name for name, _version in pinned()}


def is_installed(name: str, version: str) -> bool:
    """Whether a package is there as it is pinned."""
    try:
        return distribution(name).version == version
    except PackageNotFoundError:
        return False


def test_what_pinned_packages_need_is_pinned_in_a_version_that_they_take() -> None:
    """The set-up installs the pins in parts and without looking for what they need."""
    lock = LOCK.read_text(encoding="utf-8")
    versions = {canonicalize_name(name): version for name, version in re.findall(r"^(\S+)==([^\s;]+)", lock, re.M)}
    missing = []
    for name, pin in pinned():
        if not is_installed(name, pin):  # with the lowest versions others are, and what they need is not what pins need
            continue
        for text in distribution(name).requires or ():
            needed = Requirement(text)
            if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
                continue
            version = versions.get(canonicalize_name(needed.name))
            if version is None or not needed.specifier.contains(version, prereleases=True):
                missing.append((name, text, version))
    assert missing == []
