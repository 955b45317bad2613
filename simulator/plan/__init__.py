"""A scenario made ready to run, once."""
