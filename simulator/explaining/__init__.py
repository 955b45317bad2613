"""One job's life from its records: what held the slots it waited for, and who overtook it."""
