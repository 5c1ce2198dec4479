"""Names and versions of the engines, as printed with a plan."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

_PACKAGES: Final = {
    "highs": ("HiGHS", "highspy"),
    "highs-plain": ("HiGHS without presolve", "highspy"),
    "cbc": ("CBC", "cbcbox"),
}


@cache
def solver_version(solver: str) -> tuple[str, str]:
    """(name, version) of an engine; the version is "-" where the package does not say."""
    name, package = _PACKAGES[solver]
    try:
        return name, version(package)
    except PackageNotFoundError:
        return name, "-"
