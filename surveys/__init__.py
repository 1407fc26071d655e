"""Questionnaires: what is asked, of whom, what they answered, and what follows from the answers."""
