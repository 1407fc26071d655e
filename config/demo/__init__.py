"""A fictional district in the middle of its work: never loaded in production."""
