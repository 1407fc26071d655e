"""Time measurements against what a bare tool needs for the same work, side by side in one run."""
