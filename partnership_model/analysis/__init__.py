"""What follows: overall values, sensitivity and robustness. Pure."""
