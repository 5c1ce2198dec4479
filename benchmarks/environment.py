"""Makes `.venv-bench`: this package beside the peers of the dependency group `bench`, apart from `.venv`.

    python benchmarks/environment.py

It needs nothing but the standard library. What the lock file pins has the same version here, so that the product is
measured as it is used; of the peers the group pins each one. An environment that is as wanted is kept.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
ENVIRONMENT: Final = ROOT / ".venv-bench"
STAMP: Final = ENVIRONMENT / "ready"
PYTHON: Final = ENVIRONMENT / "bin" / "python"


def group() -> list[str]:
    """The requirements of the dependency group `bench`."""
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(described["dependency-groups"]["bench"])


def pins() -> list[str]:
    """`name==version` of every package in the lock file, without its hashes."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9._-]+==[^\s;\\]+)", lock, re.MULTILINE)


def main() -> None:
    """Make the environment anew where it was made from something else."""
    wanted = hashlib.sha256("\n".join([str(ROOT), sys.version, *group(), *pins()]).encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    print("Menyiapkan .venv-bench / setting up .venv-bench ...", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.write("\n".join(pins()))
        constraints.flush()
        command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--only-binary", ":all:"]
        wishes = ["--constraint", constraints.name, "--editable", ".", *group()]
        subprocess.run([*command, *wishes], cwd=ROOT, check=True)
    STAMP.write_text(wanted)


if __name__ == "__main__":
    main()
