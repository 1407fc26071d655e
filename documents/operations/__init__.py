"""Writes: drafting, agreement, signing, acquaintance."""
