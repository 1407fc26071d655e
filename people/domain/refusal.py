"""A refusal that a person reads: what an operation raises when the rules say no."""


class RefusedError(Exception):
    """The operation is refused; the text is a Russian sentence for the person who asked."""
