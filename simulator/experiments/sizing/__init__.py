"""The cheapest fleet that meets the targets, and what shows that it is."""
