"""Terms in words: the kind of a term and its windows of dates."""
