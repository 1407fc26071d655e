"""Bringing a plan into the tables, from whatever it was read."""
