"""The tables of the store as they came to be, one step a file."""
