"""What advice says: in sentences, in a terminal, and as a page."""
