"""What one run comes to: its page, section by section, and its tables in a terminal."""
