"""Blame: every pending second charged to what held the slots a job could have used."""
