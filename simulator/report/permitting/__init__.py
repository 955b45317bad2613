"""Who may do what, and why not: for a terminal."""
