"""A roadmap as PDF, DOCX and calendar feed."""
