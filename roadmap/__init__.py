"""Roadmaps: reading them from documents, terms in words, execution, evidence, hand-down."""
