"""`serve`: the workbench on a port of this machine, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from planner.errors import InputError, PlannerError, reason_of
from planner.locale import _, language_in_force, ngettext
from planner.processes.address_space import ensure_allowed
from planner.processes.child_process import BACKGROUND
from planner.solve.outcome import SearchLimits
from planner.store.leftovers import clear_leftovers
from planner.web.access import Access
from planner.web.archive import Archive
from planner.web.bench import Bench
from planner.web.office import LOOPBACK, OfficeAccess
from planner.web.resuming import resume_later
from planner.web.runs import Keeper, Runs
from planner.web.workspace import Workspace

GRACE: Final = 2
"""How long open pages may delay the end of the server [s]."""
LATER: Final = 3.0
"""How long after the start the index is brought up to date, unless a page asks for it before [s]."""
EARLY: Final = (
    "django.http.response", "django.core.checks", "django.utils.log", "django.core.handlers.exception",
    "django.middleware.common", "h11._events", "planner.web.addresses",
)  # fmt: skip
"""Modules of every page that are loaded in less time (`planner.processes.lean`) while no other thread runs."""
LEAST_MEMORY: Final = 500
"""Address space in which pages, a plan and a question were made [MB]; with less, libraries hang or end the process."""
TRIES: Final = 20
"""How many ports after the usual one are tried where it is taken."""


@dataclass(frozen=True)
class ServerPlace:
    """Where a workbench listens and what it remembers."""

    port: int | None = None
    """The port; the first free one from `usual_port` on where none is asked for."""
    usual_port: int = 8765
    host: str = ""
    """Address of this machine that others reach; empty where nobody else may. Others need accounts."""
    url: str = ""
    """Address that browsers use, where it is not that of host and port, as behind a proxy."""
    database: str = ""
    """URL of the database; empty for the one in the folder of results."""
    rebuild: bool = False
    """Whether the index of runs and journal is made anew first."""
    cluster: str | None = None
    """Address of the Dask cluster that makes the plans of questions; None for this machine."""


def serve(
    folder: Path,
    results: Path,
    limits: SearchLimits,
    place: ServerPlace,
    *,
    say: Callable[[str], None],
    browser: bool = False,
) -> None:
    """Serve the workbench on `folder` until Ctrl-C; `say` prints a line for the user.

    Raises InputError where folder, port, address or database cannot be used, packages are missing, or others could
    reach it and there is no account yet, or the system allows too little memory.
    """
    ensure_allowed(LEAST_MEMORY)
    try:
        from uvicorn.config import Config
        from uvicorn.server import Server

        from planner.web.configuration import configure

        for name in EARLY:
            import_module(name)
    except ImportError as error:
        words = _("The workbench needs the package '{name}'. Install it with: pip install 'planner[web]'")
        raise InputError(words.format(name=error.name)) from None
    if not folder.is_dir():
        raise InputError(_("{folder}: there is no such folder.").format(folder=folder))
    if place.cluster:
        from planner.batch.cluster import Cluster, silence_dask

        silence_dask()
        Cluster(place.cluster).end(at_once=True)  # that it does not answer is told at once
    os.environ.setdefault(BACKGROUND, "1")  # pages go before searches
    with closing(_listener(place)) as listener:
        access = _access(place, listener.getsockname()[1], say)
        workspace, archive = Workspace(folder, results), Archive(results.absolute())
        runs = Runs(results, limits, keeper(archive), place.cluster)
        bench = Bench(workspace, runs, access, language_in_force(), archive, place.database, place.cluster)
        application = configure(bench)
        _prepare(bench, place, say)
        resume_later(bench)
        say(_("Workbench: {link}").format(link=access.link))
        say(_("It stays open until you press Ctrl-C."))
        if browser and not access.has_accounts:
            import webbrowser

            webbrowser.open(access.link)
        settings = Config(
            application,
            loop="asyncio",
            http="h11",
            ws="none",  # pages use none, and looking for a package that speaks them takes time
            log_level="error",
            timeout_graceful_shutdown=GRACE,
            server_header=False,
            lifespan="off",
        )
        try:
            Server(settings).run(sockets=[listener])
        except KeyboardInterrupt:  # the way to end it
            pass
        finally:
            runs.end(wait=GRACE)


def keeper(archive: Archive) -> Keeper:
    """Return what keeps the plan of a search as a run of the archive, with how it came about."""
    return lambda run, plan: archive.keep(run.name, run.loaded, plan, run.by, searched_on=run.goes_on is not None)


def _access(place: ServerPlace, port: int, say: Callable[[str], None]) -> Access:
    if place.host:
        return OfficeAccess(place.host, port, place.url)
    if place.url:
        raise InputError(_("--url goes with --host."))
    return Access(port, lambda link: say(_("If you need to open it again: {link}").format(link=link)))


def _prepare(bench: Bench, place: ServerPlace, say: Callable[[str], None]) -> None:
    """Bring the index up to date: after the first page, but before it where accounts or another database are used."""
    archive, access = bench.archive, bench.access
    if place.rebuild:
        count = archive.rebuild()
        words = ngettext("The index is made anew: {count} plan.", "The index is made anew: {count} plans.", count)
        say(words.format(count=count))
    if not place.database and not access.has_accounts:
        later = threading.Timer(LATER, _tidy, (bench,))
        later.daemon = True
        later.start()
        return
    archive.open()
    if access.has_accounts:
        from planner.web.accounts.register import has_administrator

        if not has_administrator():
            words = _(
                "With --host others reach the workbench, so that everybody needs an account, and there is none yet."
                " Make that of the first administrator: planner account NAME --role administrator"
            )
            raise InputError(words)
        if access.scheme == "http" and place.host not in LOOPBACK:
            say(_("Without https passwords can be read on the network: put it behind a proxy that has a certificate."))
        from django.contrib.sessions.backends.db import SessionStore

        SessionStore.clear_expired()
    _tidy(bench)


def _tidy(bench: Bench) -> None:
    """Tidy folder and archive; what is wrong with the archive is told by the pages that need it."""
    from django.db import close_old_connections

    clear_leftovers(bench.workspace.folder, below=True)
    with suppress(PlannerError):
        bench.archive.tidy()
    close_old_connections()


def _listener(place: ServerPlace) -> socket.socket:
    """Return a socket on loopback, or on the address that others reach; InputError where no port that is tried is
    free."""
    tried = [place.port] if place.port is not None else [*range(place.usual_port, place.usual_port + TRIES)]
    for number in tried:
        family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((place.host or "127.0.0.1", number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            reason = reason_of(error)
            continue
        return listener
    words = _("The port {port} cannot be used: {reason}. Name another with --port.")
    raise InputError(words.format(port=tried[0], reason=reason))
