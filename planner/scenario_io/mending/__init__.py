"""Other values put into cells of a workbook that somebody sent; all else of it stays byte for byte."""

from planner.scenario_io.mending.workbook import TypedCell, mended_workbook

__all__ = ["TypedCell", "mended_workbook"]
