"""Pages about people, thin."""
