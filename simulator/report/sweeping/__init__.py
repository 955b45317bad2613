"""What a sweep says: in a terminal, and as a report with its curves."""
