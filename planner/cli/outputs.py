"""What a planning command is to write: its folder of results, its documents, and where its text for people goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.apart import HERE, Workers
from planner.cli.files import refuse_to_overwrite, write_file
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.plans.plan import Plan
    from planner.report.pdf import PdfPrinter
    from planner.report.views.document import Length
    from planner.report.word import Templates


@dataclass(frozen=True)
class Outputs:
    """Outputs of the command: folder of results, file of --json, workbook, PDF, and answers in the report."""

    folder: Path
    json: str | None
    force: bool
    xlsx: bool
    printer: PdfPrinter | None
    """Makes the PDF; None where none is asked for."""
    questions: tuple[str, ...] = ()
    """Names of the questions of --ask."""
    year: str = ""
    """Year of the RKA; empty for the first that is not over."""
    word: Templates | None = None
    """Templates of the Word documents; None where none are asked for."""
    length: Length = "full"
    """Length of the report."""
    changes: tuple[str, ...] = ()
    """Settings of --set, for the command that is proposed next."""
    workers: Workers = HERE

    @property
    def on_stdout(self) -> bool:
        """Whether plan.json is printed on standard output."""
        return self.json == "-"

    def without_documents(self) -> Outputs:
        """Return these outputs without the documents that take long to make."""
        return replace(self, xlsx=False, printer=None, word=None)

    def check_json(self) -> None:
        """Raise InputError if the file of --json cannot be written; called before the search."""
        from planner.store.stored_plan import read_plan_data

        if self.json is not None and not self.on_stdout:
            path = Path(self.json)
            try:
                ours = path.is_file() and bool(read_plan_data(path))
            except InputError:
                ours = False
            refuse_to_overwrite(path, ours=ours, force=self.force)

    def store_json(self, plan: Plan) -> None:
        """Write the plan where --json says."""
        if self.on_stdout:
            click.echo(plan.to_json().encode(), nl=False)
        elif self.json is not None:
            write_file(Path(self.json), plan.to_json())

    def say(self, text: str) -> None:
        """Print text for people: on standard error if plan.json is printed on standard output."""
        click.echo(text, err=self.on_stdout)
