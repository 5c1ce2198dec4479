"""The workbench: planning in a browser, on a folder of scenarios, for planners who type no commands.

It shows what the other rooms compute: scenarios are read and checked as everywhere, plans are made by `planning`, kept
by `store`, and shown by the views and templates of `report`. Django answers requests; htmx moves parts of pages.
"""
