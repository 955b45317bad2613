"""What exists: one frozen class a concept. No clock, no randomness, no I/O."""
