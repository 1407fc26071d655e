"""Organisations, persons, users, roles, Access, consents: the lowest app."""
