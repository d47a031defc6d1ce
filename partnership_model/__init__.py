"""Help English schools choose how to work together."""

__version__ = "0.1.0"
