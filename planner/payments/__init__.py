"""Payments: amounts due, cost pools, conditions on money, and the settlement in whole rupiah."""
