"""The picture of the page: relative gap against time, a field for each case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.peers.measured import OURS, Measured
from benchmarks.peers.traces import GAPS, gap_of, refuted

ACROSS: Final = 3


def draw(all_measured: Sequence[Measured], seconds: float, file: Path) -> None:
    """Draw the gaps of all cases into an SVG file."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "peers", "font.size": 8, "svg.fonttype": "none"}
    from matplotlib import pyplot

    down = -(-len(all_measured) // ACROSS)
    figure, fields = pyplot.subplots(down, ACROSS, figsize=(11, 2.8 * down), squeeze=False, sharey=True)
    for field in fields.flat[len(all_measured) :]:
        field.set_axis_off()
    for field, found in zip(fields.flat, all_measured, strict=False):
        for number, run in enumerate(found.searches):
            steps = [
                (max(0.01, step.seconds), max(1e-6, gap)) for step in run.steps() if (gap := gap_of(step)) is not None
            ]
            if steps and not refuted(run, found.searches):
                times, gaps = zip(*steps, strict=True)
                width = 2.0 if run.name == OURS else 1.2
                field.step(times, gaps, where="post", label=run.name, color=f"C{number}", linewidth=width)
                field.plot(times[-1], gaps[-1], "o", color=f"C{number}", markersize=3)
        field.set(title=found.case.name, xscale="log", yscale="log", xlim=(0.01, 1.5 * seconds), ylim=(8e-7, 2))
        field.set_xlabel("seconds")
        for gap in GAPS:
            field.axhline(gap, color="#bbbbbb", linewidth=0.6)
    fields[0, 0].set_ylabel("relative gap")
    known = {
        label: line for field in fields.flat for line, label in zip(*field.get_legend_handles_labels(), strict=True)
    }
    figure.legend(known.values(), known.keys(), loc="outside upper center", ncols=len(known) or 1)
    figure.tight_layout(rect=(0, 0, 1, 0.96))
    figure.savefig(file, format="svg", metadata={"Date": None})
    pyplot.close(figure)
