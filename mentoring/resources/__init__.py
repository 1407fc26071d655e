"""Untrusted spreadsheets of mentoring, turned into clean values."""
