"""PostgreSQL and Redis from Python wheels, and the small supervisor that keeps processes alive."""
