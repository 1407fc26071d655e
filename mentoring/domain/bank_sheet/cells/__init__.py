"""Parsers of single cells: each returns a value, a doubt, or a fault."""
