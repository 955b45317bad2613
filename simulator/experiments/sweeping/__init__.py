"""A scenario at many points: what is varied, what is found at each, kept as it comes."""
