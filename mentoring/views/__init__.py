"""Pages of mentoring, thin."""
