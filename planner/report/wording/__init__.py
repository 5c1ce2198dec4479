"""The words and number formats of reports: labels, budget lines, rupiah, dates, safe text."""
