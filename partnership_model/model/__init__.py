"""Who chooses: the group, what is open to it, judgements, value functions, weights and money. Pure."""
