"""Writes: events, their guests, attendance, the questions asked after them."""
