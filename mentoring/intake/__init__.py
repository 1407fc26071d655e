"""A spreadsheet on its way into a bank: read, planned against what is there, written all at once."""
