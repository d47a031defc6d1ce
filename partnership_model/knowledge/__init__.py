"""What we know: reads `data/` and cases strictly, and gives the facts of a day."""
