"""Reading a bank of mentors or mentees out of the rows of a school spreadsheet."""
