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
        " their documents without typing commands. Only this machine can reach it, by a link that works once. Ctrl-C"
        " ends it."
    ),
    examples=(
        ("planner serve scenarios", N_("Work on the scenarios of a folder:")),
        ("planner serve scenarios --port 9000 --no-browser", N_("On another port, without opening the browser:")),
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
@settings.limits
def command(
    folder: str,
    port: int | None,
    no_browser: bool,
    out: str,
    rebuild: bool,
    gap: float,
    time_limit: float,
    solver: str,
    strategy: str,
) -> None:
    """Serve until Ctrl-C."""
    from planner.web.server import serve

    limits = settings.chosen_limits(gap, time_limit, solver, strategy)
    serve(
        Path(folder),
        Path(out),
        limits,
        port=port,
        usual_port=USUAL_PORT,
        say=click.echo,
        browser=not no_browser,
        rebuild=rebuild,
    )
