"""Pure rules about papers: states, kinds, numbers, what a paper says."""
