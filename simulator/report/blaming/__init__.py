"""Who made whom wait: for the report and the terminal."""
