"""Pure rules of mentoring: no Django, no clock, no I/O."""
