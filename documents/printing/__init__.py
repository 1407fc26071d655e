"""Papers into files: PDF by WeasyPrint, DOCX by python-docx."""
