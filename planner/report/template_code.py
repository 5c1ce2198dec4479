"""Compiled templates, kept beside their sources as Python keeps its modules: compiling takes longer than rendering."""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Final

from jinja2 import compiler
from jinja2.bccache import Bucket, BytecodeCache

from planner.whole_file import write_whole

FOLDER: Final = "__pycache__"


class TemplateCode(BytecodeCache):
    """Keeps the code of templates of one environment; `settings` is the file that says how they are compiled.

    Code that was made by another compiler, of another text or with other settings is not used. Where nothing can be
    written, as in a folder of the system, templates are compiled each time.
    """

    def __init__(self, settings: str) -> None:
        states = [Path(file).stat() for file in (settings, compiler.__file__)]
        self._made_by = repr([(state.st_mtime_ns, state.st_size) for state in states])

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the file of a template's code; empty where the template lies in no file."""
        if filename is None:
            return ""
        return str(Path(filename).parent / FOLDER / f"{Path(filename).name}.{sys.implementation.cache_tag}")

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, ValueError, TypeError):
            content = Path(bucket.key).read_bytes() if bucket.key else b""
            stamp = self._stamp(bucket)
            if content.startswith(stamp):
                code = marshal.loads(content[len(stamp) :])
                bucket.code = code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):
                file = Path(bucket.key)
                file.parent.mkdir(exist_ok=True)
                write_whole(file, self._stamp(bucket) + marshal.dumps(bucket.code), flush=False)

    def _stamp(self, bucket: Bucket) -> bytes:
        return hashlib.sha256(f"{self._made_by} {bucket.checksum}".encode()).digest()
