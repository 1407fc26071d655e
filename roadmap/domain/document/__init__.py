"""A document brought down to blocks, understood as a plan."""
