"""The software bill of materials, in CycloneDX 1.6 as JSON: `make sbom` prints it.

Every package that requirements.lock pins, with its version, its hashes and its licence: those of an installation
(`scope` required), those of extras (optional), and those of tests alone (excluded).
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from planner.version import VERSION
from tests.contract.third_party import ROOT, licence_of, pinned, purposes

SCOPES = {"needed": "required", "development": "excluded"}
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def hashes() -> dict[str, list[str]]:
    """The SHA-256 of every file of a package that may be installed, by the name of the package."""
    parts = re.split(r"^(?=[A-Za-z0-9._-]+==)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.M)
    return {part.partition("==")[0]: HASH.findall(part) for part in parts if "==" in part}


def bill() -> dict[str, Any]:
    """The bill as JSON data; the same lock file gives the same bill."""
    known, purpose = hashes(), purposes()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "planner", "version": VERSION, "bom-ref": "planner"}},
        "components": [_component(name, version, known[name], purpose.get(name)) for name, version in pinned()],
    }


def _component(name: str, version: str, files: list[str], purpose: str | None) -> dict[str, Any]:
    address = f"pkg:pypi/{name.lower()}@{version}"
    found: dict[str, Any] = {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}
    if purpose is not None:
        found["scope"] = SCOPES.get(purpose, "optional")
    with suppress(PackageNotFoundError):  # another system installs it
        found["licenses"] = [{"license": {"name": licence_of(distribution(name))}}]
    references = [{"alg": "SHA-256", "content": content} for content in files]
    return found | {"externalReferences": [{"type": "distribution", "url": address, "hashes": references}]}


if __name__ == "__main__":
    print(json.dumps(bill(), indent=1, ensure_ascii=False))
