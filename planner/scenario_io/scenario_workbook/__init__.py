"""A scenario as an Excel workbook, for planners who live in worksheets: template and export out, import in.

Excel libraries are imported when a workbook is read or written, so that other commands start at once.
"""

from planner.scenario_io.scenario_workbook.beside import left_beside, without_them
from planner.scenario_io.scenario_workbook.dated_prices import dated_prices
from planner.scenario_io.scenario_workbook.importing import imported, in_order, workbook_tree
from planner.scenario_io.scenario_workbook.writing import workbook_bytes

__all__ = ["dated_prices", "imported", "in_order", "left_beside", "without_them", "workbook_bytes", "workbook_tree"]
