"""`planner model`: the optimisation model of a scenario as MPS or LP, for other solvers and auditors."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import settings, translated
from planner.cli.files import refuse_to_overwrite
from planner.locale import N_, _

SUFFIXES = (".mps", ".lp")


@translated.command(
    "model",
    help=N_(
        "Writes the optimisation model of a scenario in the MPS or LP format, which every solver reads, and beside it"
        " a key (CSV) that says what each of the solver's names means."
    ),
    examples=(
        ("planner model scenarios/jambi-2027.yaml --out jambi.mps", N_("For another solver:")),
        ("planner model scenarios/contoh-kecil.yaml --out contoh.lp", N_("To read the algebra:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("scenario", metavar=N_("SCENARIO"), help=N_("Scenario file."))
@settings.changes
@translated.option(
    "--out", required=True, metavar=N_("FILE.mps|FILE.lp"), help=N_("File to write; its ending says which format.")
)
@translated.option("--force", is_flag=True, help=N_("Overwrite files that exist."))
def command(scenario: str, changes: tuple[str, ...], out: str, force: bool) -> None:
    """Write the model and its key."""
    path = Path(out)
    if path.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(_("the file must end in .mps or .lp."), param_hint="--out")
    for file in (path, path.with_suffix(".key.csv")):
        refuse_to_overwrite(file, ours=False, force=force)
    from planner.model.export import write_model
    from planner.scenario_io import read_scenario

    resolved = read_scenario(scenario, changes)
    key = write_model(resolved, path)
    click.echo(_("Model: {path}").format(path=path))
    click.echo(_("Key to its names: {path}").format(path=key))
