"""Writes: questionnaires, waves, answers, closing, what follows from the answers."""
