"""Pure formulas of questionnaires."""
