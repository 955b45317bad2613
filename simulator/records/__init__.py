"""The tables a run leaves behind: their columns, and their files."""
