"""Pure rules about roadmaps: what a document says, terms in words, states, evidence."""
