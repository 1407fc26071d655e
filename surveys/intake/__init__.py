"""A file's way into a questionnaire."""
