"""What ballots say together: weights, agreement, support and how far they speak for those who were asked."""
