"""The bill of materials names every package that is pinned, with what it can be told by."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.contract.sbom import bill
from tests.contract.third_party import pinned

LOCK = (Path(__file__).parents[2] / "requirements.lock").read_text(encoding="utf-8")


def test_every_pinned_package_is_in_it_with_hashes_and_licence() -> None:
    made = bill()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    components = {(one["name"], one["version"]): one for one in made["components"]}
    assert set(components) == set(pinned())
    for one in components.values():
        assert re.fullmatch(r"pkg:pypi/[a-z0-9._-]+@[\w.+]+", one["purl"])
        hashes = one["externalReferences"][0]["hashes"]
        assert hashes
        assert all(f"--hash=sha256:{each['content']}" in LOCK for each in hashes)
    assert sum("licenses" in one for one in components.values()) > 0.9 * len(components)
    assert components["click", dict(pinned())["click"]]["scope"] == "required"
    assert json.dumps(bill()) == json.dumps(made)
