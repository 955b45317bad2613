"""What stood free while jobs waited, and the one rule that kept them off it."""
