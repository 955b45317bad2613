"""May this submission become a job, who is next, where does it run: pure functions by name."""
