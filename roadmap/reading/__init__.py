"""Files of any kind to the blocks that `domain.document` understands."""
