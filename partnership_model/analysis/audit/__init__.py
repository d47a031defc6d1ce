"""The audit of somebody else's scoring table: one check a module, all exact in fractions but for shares of weightings."""
