"""Papers: kinds, register, numbering, PDF and DOCX, signatures, acquaintance."""
