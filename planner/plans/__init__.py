"""The answer in whole people and whole rupiah: settlement, tables, measures and comparison."""
