"""The portal while its parts die under it."""
