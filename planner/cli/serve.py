"""`planner serve`: the workbench in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from planner.cli import settings, translated
from planner.locale import N_

USUAL_PORT: Final = 8765
"""Port that is taken where it is free and none is asked for."""


@translated.command(
    "serve",
    help=N_(
        "Opens the workbench in the browser, on a folder of scenarios: see them, change them, plan them and download"
        " their documents without typing commands. Only this machine can reach it, by a link that works once; with"
        " --host an office can, with accounts. Ctrl-C ends it."
    ),
    examples=(
        ("planner serve scenarios", N_("Work on the scenarios of a folder:")),
        ("planner serve scenarios --port 9000 --no-browser", N_("On another port, without opening the browser:")),
        (
            "planner serve scenarios --host 127.0.0.1 --url https://diklat.example.go.id",
            N_("For an office, behind a proxy on the same machine:"),
        ),
    ),
    exit_codes=(0, 2),
)
@translated.argument(
    "folder", default="scenarios", required=False, metavar=N_("FOLDER"), help=N_("Folder of the scenario files.")
)
@translated.option("--port", type=click.IntRange(1, 65535), metavar=N_("PORT"), help=N_("Port of this machine."))
@translated.option("--no-browser", is_flag=True, help=N_("Only print the link."))
@translated.option(
    "--out",
    default="reports",
    show_default=True,
    metavar=N_("FOLDER"),
    help=N_("Folder of the results; each scenario has its own folder in it, named by its id."),
)
@translated.option(
    "--rebuild",
    is_flag=True,
    help=N_("Make the index of all kept plans and of the journal anew from their files first."),
)
@translated.option(
    "--host",
    default="",
    metavar=N_("ADDRESS"),
    help=N_("Serve an office: listen on this address of the machine. Everybody then needs an account."),
)
@translated.option(
    "--url",
    default="",
    metavar=N_("URL"),
    help=N_("With --host: the address that browsers use, such as https://diklat.example.go.id behind a proxy."),
)
@translated.option(
    "--cluster",
    metavar=N_("ADDRESS"),
    help=N_("Make the plans of questions on this Dask cluster instead of this machine, such as tcp://10.0.0.5:8786."),
)
@settings.database
@settings.limits
def command(
    folder: str,
    port: int | None,
    no_browser: bool,
    out: str,
    rebuild: bool,
    host: str,
    url: str,
    cluster: str | None,
    database: str,
    gap: float,
    time_limit: float,
    solver: str,
    strategy: str,
) -> None:
    """Serve until Ctrl-C."""
    from planner.web.server import ServerPlace, serve

    limits = settings.chosen_limits(gap, time_limit, solver, strategy)
    place = ServerPlace(port, USUAL_PORT, host, url, database, rebuild, cluster)
    serve(Path(folder), Path(out), limits, place, say=click.echo, browser=not no_browser)
