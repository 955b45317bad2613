"""A sizing told: the cheapest fleet that meets the targets, and why it is."""
