"""docs/third-party.md: every package that the lock file pins, with its licence. `make licences` runs this file.

The licence is what the package says of itself: its licence expression, else its licence classifiers, else the first
line of its licence field, else that of its licence file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "third-party.md"

HEAD: Final = """# Licences of others

What `planner` is installed with, made by `make licences` from `requirements.lock` and from what each package says of
itself. Nothing of these packages is copied into the repository. *needed*: by every installation; *extra*: by one of the
extras; *development*: by tests and benchmarks alone. What is indented is there because another package needs it.

| package | version | licence | for |
|---|---|---|---|
"""


def pinned() -> Iterator[tuple[str, str]]:
    """(name, version) of the packages in the lock file that are needed on every system."""
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        found = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;[^\\]*)?", line)
        if found and not found[3]:
            yield found[1], found[2]


def purposes() -> dict[str, str]:
    """For what the packages named in pyproject.toml are there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = {_name(each): "needed" for each in project["project"]["dependencies"]}
    for extra, packages in project["project"]["optional-dependencies"].items():
        named |= {_name(each): f"extra {extra}" for each in packages}
    return {_name(each): "development" for each in project["dependency-groups"]["dev"]} | named


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=;! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def licence_of(found: Distribution) -> str:
    """What a package says of its licence."""
    said = found.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = [c.rsplit("::", 1)[-1].strip() for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    named = [c for c in classifiers if c != "OSI Approved"]
    field = (said.get("License") or "").strip().splitlines()
    return ", ".join(named) or (field[0] if field else _of_its_file(found))


def _of_its_file(found: Distribution) -> str:
    """The first line of the licence that lies in the package."""
    for file in found.files or ():
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
            return lines[0] if lines else "not stated"
    return "not stated"


def page() -> str:
    """The page, with what is installed here."""
    purpose = purposes()
    rows = []
    for name, version in pinned():
        try:
            licence = licence_of(distribution(name))
        except PackageNotFoundError:
            licence = "not installed where this page was made"
        why = purpose.get(name)
        rows.append(f"| {name if why else f'· {name}'} | {version} | {licence.replace('|', '/')} | {why or ''} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
