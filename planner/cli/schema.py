"""`planner schema`: the JSON Schema of the scenario format, for editors."""

from __future__ import annotations

import click

from planner.cli import translated
from planner.locale import N_


@translated.command(
    "schema",
    help=N_(
        "Prints the JSON Schema of the scenario format. An editor that knows it (VS Code with the YAML extension,"
        " for one) completes keys, explains them and marks mistakes while you write."
    ),
    examples=(("planner schema > scenarios/skema.json", N_("Keep the schema beside your scenarios:")),),
    exit_codes=(0,),
)
def command() -> None:
    """Print the schema, in a stable order."""
    from planner.scenario_io import schema_text

    click.echo(schema_text(), nl=False)
