"""Pure formulas of events."""
