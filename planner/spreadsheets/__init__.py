"""What holds of every spreadsheet and CSV file: no text is calculated, and formulas stand as they are written."""
