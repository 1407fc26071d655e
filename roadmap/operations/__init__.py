"""Writes: bringing plans in, editing, execution, evidence, hand-down, reminders."""
