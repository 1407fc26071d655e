"""Words of results for templates."""
