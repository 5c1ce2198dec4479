"""How processes of this program start sooner: what they do not load, and how rarely they collect garbage."""

from __future__ import annotations

import _thread
import atexit
import dataclasses
import functools
import gc
import os
import re
import sys
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, Final

from planner.processes.threads import end_waiting_for_dead_threads

UNUSED: Final = ("ortools", "pyscipopt")
"""Solvers that PuLP loads where they are installed, and that nothing here uses."""

STAND_INS: Final = ("cpsat_logutils", "cpsat_logutils.schema")
"""The log parser of a solver that nothing here uses: PuLP cannot be loaded without it, and spends most time on it."""


PLUGIN_LOADER: Final = "pydantic.plugin._loader"
"""Looks for plugins of Pydantic; a tenth of the time of a short command."""

DJANGO_JSON: Final = "django.core.serializers.json"
"""Writes records of a database as JSON, and loads all that they need."""

NEW_OBJECTS: Final = 100_000
"""New objects after which garbage is collected; Python's own value is 700."""


class _Undescribed(dict[Any, Any]):
    """Stands in for a TypedDict: it knows no fields, which only type checkers ask for."""

    def __init_subclass__(cls, **_settings: Any) -> None:
        pass


class _StandIn(ModuleType):
    """A module that has whatever is imported from it: an empty class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


class _PlainJson(ModuleType):
    """Stands in for Django's writer of JSON, which loads all of its database: Python's own writer."""

    def __getattr__(self, name: str) -> Any:
        if name != "DjangoJSONEncoder":
            raise AttributeError(name)
        import json

        return json.JSONEncoder


class _Later:
    """Stands in for a regular expression until it is used."""

    def __init__(self, pattern: str, flags: int = 0, make: Callable[..., re.Pattern[str]] = re.compile) -> None:
        self._made = functools.partial(make, pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._made(), name)
        setattr(self, name, value)  # as fast from now on as the expression itself
        return value


def _fields_alone(record: type | None = None, /, **settings: Any) -> Any:
    """Make a dataclass without comparison, representation or frozen fields, which nobody needs here."""
    kept = {name: value for name, value in settings.items() if name in ("init", "kw_only")}
    return dataclass(record, repr=False, eq=False, **kept)


REPLACED: Final[Mapping[str, tuple[Any, str, object]]] = {
    "annotated_types": (dataclasses, "dataclass", _fields_alone),
    "pydantic.types": (dataclasses, "dataclass", _fields_alone),
    "pydantic.functional_validators": (dataclasses, "dataclass", _fields_alone),
    "pydantic.functional_serializers": (dataclasses, "dataclass", _fields_alone),
    "pydantic._internal._decorators": (dataclasses, "dataclass", _fields_alone),
    "pydantic._internal._fields": (dataclasses, "dataclass", _fields_alone),
    "pydantic._internal._utils": (dataclasses, "dataclass", _fields_alone),
    "pydantic.aliases": (dataclasses, "dataclass", _fields_alone),
    "pydantic.json_schema": (dataclasses, "dataclass", _fields_alone),
    "pydantic_core.core_schema": (typing, "TypedDict", _Undescribed),
    "h11._events": (dataclasses, "dataclass", _fields_alone),
    "uvicorn._types": (typing, "TypedDict", _Undescribed),
    "fractions": (re, "compile", _Later),
    "html.parser": (re, "compile", _Later),
    "jinja2.filters": (re, "compile", _Later),
    "jinja2.lexer": (re, "compile", _Later),
    "jinja2.utils": (re, "compile", _Later),
    "textwrap": (re, "compile", _Later),
    "yaml.constructor": (re, "compile", _Later),
    "yaml.reader": (re, "compile", _Later),
    "yaml.resolver": (re, "compile", _Later),
}
"""Replacements in force while a module is loaded: what they replace takes most of that time and is not used here."""


LEFT_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "pydantic.types": ("secrets",),
    "pydantic._internal._validators": ("zoneinfo",),
    "pydantic._internal._generate_schema": ("zoneinfo",),
    "django.http.response": (DJANGO_JSON,),
    "django.core.checks": ("django.core.checks.mail",),
    "django.core.handlers.exception": ("django.views",),
    "django.middleware.common": ("django.core.mail",),
    "django.utils.log": ("django.core.management.color", "django.core.mail"),
    "planner.web.addresses": ("django.views",),
    "uvicorn": ("uvicorn.main",),
    "uvicorn.config": ("configparser",),
}
"""Modules left out while another is loaded, since nothing here uses them: secret texts, time zones, tables written as
JSON, letters, Django's debug pages and class-based views, and the command line of the web server."""


@contextmanager
def _replaced(name: str) -> Iterator[None]:
    """Put the replacement of REPLACED for a module in force, where it has one, within a `with` block."""
    if name not in REPLACED:
        yield
        return
    owner, attribute, replacement = REPLACED[name]
    kept = getattr(owner, attribute)
    setattr(owner, attribute, replacement)
    try:
        yield
    finally:
        setattr(owner, attribute, kept)


@contextmanager
def _left_out(name: str) -> Iterator[None]:
    """Put a stand-in in place of what LEFT_OUT names for a module, unless it is loaded already."""
    unused = [each for each in LEFT_OUT.get(name, ()) if each not in sys.modules]
    for each in unused:
        sys.modules[each] = _PlainJson(each) if each == DJANGO_JSON else _StandIn(each)
    try:
        yield
    finally:
        for each in unused:
            del sys.modules[each]


class _Finder:
    """Finds the modules of REPLACED and LEFT_OUT as usual, and loads them with replacements or stand-ins.

    In a process with several threads it loads them unchanged.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in REPLACED or name in LEFT_OUT else None
        if spec is None or spec.loader is None:
            return None
        load: Any = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            if not _is_alone():
                load(module)
                return
            with suppress(ImportError):
                import typing_extensions  # noqa: F401  (it may take TypedDict from `typing`, and must have the real one)
            with _replaced(name), _left_out(name):
                load(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]  # only this loader's, to wrap it
        return spec


def _is_alone() -> bool:
    """Return whether no other thread runs: one that loads a module meanwhile would take a replacement as the original.

    A record of money that it made then would be equal to no other, and would be read by another process as nonsense.
    """
    return _thread._count() == 0


def set_up_process() -> None:
    """Make this process start and run faster; only for processes that run nothing but planner, at their start."""
    without_unused_solvers()
    without_plugins()
    without_what_only_loads()
    without_threads_of_numpy()
    end_waiting_for_dead_threads()
    collect_rarely()


def without_unused_solvers() -> None:
    """Keep PuLP from loading UNUSED and STAND_INS."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None: not to be found; the stubs miss it
    for name in STAND_INS:
        sys.modules.setdefault(name, _StandIn(name))


def without_plugins() -> None:
    """Keep Pydantic from searching all installed packages for plugins, and from loading what that takes."""
    loader: Any = ModuleType(PLUGIN_LOADER)
    loader.get_plugins = tuple
    sys.modules.setdefault(PLUGIN_LOADER, loader)


def without_what_only_loads() -> None:
    """Load the modules of REPLACED in less time."""
    if not any(finder is _Finder for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder)  # a class with find_spec is a finder


def without_threads_of_numpy() -> None:
    """Keep NumPy's linear algebra to one thread, where the user does not say otherwise.

    Nothing here is large enough for more. Each would take 30 MB of addresses, and where memory is limited and one does
    not start, OpenBLAS sends its process a Ctrl-C that nobody pressed.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def collect_rarely() -> None:
    """Collect garbage only after so many new objects: records and layouts are many objects with hardly any cycles.

    Python looks through all of them once more when it ends, which took a sixth of a short command; this prevents it.
    """
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
