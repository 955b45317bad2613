"""What we do: each function here runs in a fresh process, and returns what it took."""
