"""`serve`: the workbench on a port of this machine, until Ctrl-C."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from planner.errors import InputError, PlannerError, reason_of
from planner.locale import _, language_in_force, ngettext
from planner.solve.outcome import SearchLimits
from planner.web.access import Access
from planner.web.archive import Archive
from planner.web.bench import Bench
from planner.web.runs import Runs
from planner.web.workspace import Workspace

GRACE: Final = 2
"""How long open pages may delay the end of the server [s]."""
TRIES: Final = 20
"""How many ports after the usual one are tried where it is taken."""


def serve(
    folder: Path,
    results: Path,
    limits: SearchLimits,
    *,
    port: int | None,
    usual_port: int,
    say: Callable[[str], None],
    browser: bool,
    rebuild: bool = False,
) -> None:
    """Serve the workbench on `folder` until Ctrl-C; `say` prints a line for the user.

    With `rebuild` the index of runs and journal is made anew first. Without a `port` the first free one from
    `usual_port` on is taken. Raises InputError where the folder or the port cannot be used, or packages are missing.
    """
    try:
        import uvicorn

        from planner.web.configuration import configure
    except ImportError as error:
        words = _("The workbench needs the package '{name}'. Install it with: pip install 'planner[web]'")
        raise InputError(words.format(name=error.name)) from None
    if not folder.is_dir():
        raise InputError(_("{folder}: there is no such folder.").format(folder=folder))
    listener = _listener(port, usual_port)
    workspace = Workspace(folder, results)
    access = Access(
        listener.getsockname()[1], lambda link: say(_("If you need to open it again: {link}").format(link=link))
    )
    archive = Archive(workspace.results)
    runs = Runs(results, limits, lambda run, plan: archive.keep(run.name, run.loaded, plan, run.by))
    bench = Bench(workspace, runs, access, language_in_force(), archive)
    application = configure(bench)
    if rebuild:
        count = archive.rebuild()
        say(
            ngettext("The index is made anew: {count} plan.", "The index is made anew: {count} plans.", count).format(
                count=count
            )
        )
    say(_("Workbench: {link}").format(link=access.link))
    say(_("It stays open until you press Ctrl-C."))
    threading.Thread(target=_remembering, args=(archive,), name="archive", daemon=True).start()
    if browser:
        webbrowser.open(access.link)
    settings = uvicorn.Config(
        application, log_level="error", timeout_graceful_shutdown=GRACE, server_header=False, lifespan="off"
    )
    try:
        uvicorn.Server(settings).run(sockets=[listener])
    except KeyboardInterrupt:  # the way to end it
        pass
    finally:
        runs.end()
        listener.close()


def _remembering(archive: Archive) -> None:
    """Bring the index up to date beside the first page; what is wrong with it is told by the pages that need it."""
    from django.db import close_old_connections

    with suppress(PlannerError):
        archive.tidy()
    close_old_connections()


def _listener(port: int | None, usual_port: int) -> socket.socket:
    """A socket that listens on loopback alone; InputError where the port, or all that are tried, are taken."""
    tried = [port] if port is not None else [*range(usual_port, usual_port + TRIES)]
    for number in tried:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            reason = reason_of(error)
            continue
        return listener
    words = _("The port {port} cannot be used: {reason}. Name another with --port.")
    raise InputError(words.format(port=tried[0], reason=reason))
