"""Reads: access first, ordered by something unique."""
