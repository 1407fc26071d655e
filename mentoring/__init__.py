"""Mentoring: banks, matching, pairs and groups, orders on them, programmes, meetings."""
