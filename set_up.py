"""Makes `.venv`: the pinned packages of requirements.lock and this package, ready to run.

Run by `make` before everything else, with the Python that `find-python` names. It needs nothing but the
standard library. When `.venv` is already what it should be, this takes a blink; otherwise it is made
anew, so that an interrupted set-up, a moved folder, a new lock or a vanished Python heal by themselves.
Two runs at once wait for each other.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "ready"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def wanted() -> str:
    """What `.venv` must have been made from: the pins, the package's description, the Python and the place."""
    description = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    facts = [(ROOT / name).read_bytes() for name in ("requirements.lock", "set_up.py")]
    facts += [repr(description["project"]).encode(), sys.version.encode(), os.fsencode(ROOT)]
    return hashlib.sha256(b"\0".join(facts)).hexdigest()


def ready() -> bool:
    """Whether `.venv` was finished from what is wanted now, and still runs."""
    if not STAMP.is_file() or STAMP.read_text() != wanted():
        return False
    try:
        return subprocess.run([PYTHON, "-c", "import planner"], cwd=ENVIRONMENT, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Hold a lock that the system gives back even if this process is killed."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Menunggu penyiapan lain selesai / waiting for another set-up ...", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks: the worst that can happen is a set-up that has to be repeated
        yield


PARTS = 4
"""Into how many parts the pins are divided: pip unpacks on one processor, and the largest package takes a third."""
INSTALLER = "uv"
"""The pin that installs the others in a sixth of pip's time."""
WHOLE = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
"""The lock names all that any package needs, so an installer seeks no more than it."""


def install_pins() -> None:
    """Install the pins: by `uv`, which pip installs first; where either cannot, by pip, a part on each processor.

    uv is not made for every system that Python runs on, nor for every way in which pip may be set to reach a mirror.
    """
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = [pin for pin in re.split(r"^(?=\S)", lock, flags=re.MULTILINE) if pin and not pin.startswith("#")]
    others = [pin for pin in pins if not pin.startswith(f"{INSTALLER}==")]
    if pip("install", *WHOLE, "--retries", "1", *listed("installer", set(pins) - set(others)), needed=False):
        seen = sys.stdout.isatty()
        command = [str(PYTHON.with_name(INSTALLER)), "pip", "install", "--python", str(PYTHON), "--system-certs"]
        quiet = () if seen else ("--quiet",)
        if ran([*command, *quiet, *sources_of_pip(), *WHOLE, *listed("all", others)], heard=seen):
            return
        print("uv tidak dapat memasangnya; dilanjutkan dengan pip / uv could not; pip goes on ...", flush=True)

    anew = ("--ignore-installed", "--no-compile", "--progress-bar", "off")  # also what uv may have begun

    def install(part: int) -> None:
        pip("install", *WHOLE, *anew, *listed(str(part), others[part::PARTS]))

    with ThreadPoolExecutor(os.cpu_count()) as together:
        for _part in together.map(install, range(PARTS)):
            pass


def sources_of_pip() -> tuple[str, ...]:
    """Return where pip looks for packages by its settings, such as a mirror, in the words of uv.

    Every pin has its hash, so it may come from whichever source has it.
    """
    command = [str(PYTHON), "-I", "-m", "pip", "config", "list"]
    settings = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout
    found = re.findall(r"^[\w:]+\.(index-url|extra-index-url|find-links)='(.*)'$", settings, flags=re.MULTILINE)
    words = [word for name, values in found for value in values.split() for word in (f"--{name}", value)]
    return (*words, "--index-strategy", "unsafe-best-match")


def listed(name: str, pins: Iterable[str]) -> tuple[str, str]:
    """Write pins into a file of their own, and return the words that name it to an installer."""
    file = ENVIRONMENT / f"pins-{name}.txt"
    file.write_text("".join(pins), encoding="utf-8")
    return "--requirement", str(file)


def ran(command: list[str], *, heard: bool = True) -> bool:
    """Run a command, whose errors are shown if they are to be heard; return whether it did what it should."""
    try:
        return (
            subprocess.run(command, cwd=ROOT, check=False, stderr=None if heard else subprocess.DEVNULL).returncode == 0
        )
    except OSError:
        return False


def pip(*arguments: str, needed: bool = True) -> bool:
    """Run the environment's own pip; it reports on a terminal, and elsewhere only errors are heard.

    Return whether it did what it should; where that is needed, the set-up ends otherwise.
    """
    quiet = () if sys.stdout.isatty() and needed else ("-qq",)
    command = [str(PYTHON), "-I", "-m", "pip", *quiet, "--disable-pip-version-check", "--no-input", *arguments]
    done = ran(command, heard=needed)
    if needed and not done:
        sys.exit(
            "Penyiapan gagal: paket tidak dapat dipasang. Periksa sambungan internet, lalu ulangi; yang sudah diunduh\n"
            "tidak diunduh lagi. Bila Python ini terlalu baru bagi paketnya: make PYTHON=/jalur/ke/python3.12 setup\n"
            "Set-up failed: the packages could not be installed. Check the network and try again."
        )
    return done


def compile_packages() -> None:
    """Compile this package and what pip installed, on all processors; pip takes one, and compiles tests of packages.

    Left out is what hardly anything here loads: pip itself, mypy, which brings machine code, and pygments' languages.
    """
    unused = re.escape(str(ENVIRONMENT)) + r".*[/\\](tests?|pip|mypyc?|lexers)[/\\]"
    places = (str(ENVIRONMENT), str(ROOT / "planner"))
    command = [str(PYTHON), "-I", "-m", "compileall", "-qq", "-j", "0", "-x", unused, *places]
    subprocess.run(command, cwd=ROOT, check=False)  # what fails here is compiled, or fails, where it is imported


def make() -> None:
    """Build `.venv` from nothing; the stamp comes last."""
    print("Menyiapkan .venv; sekali saja, beberapa menit / setting up .venv; once, a few minutes ...", flush=True)
    STAMP.unlink(missing_ok=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True, symlinks=os.name != "nt")
    install_pins()
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    compile_packages()
    STAMP.write_text(wanted())


def main() -> None:
    if ready():
        return
    with alone():
        if not ready():
            make()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
