"""Self-checks: records against the engine's own meter, the rules, and each other."""
