"""The body of a run's page: each section a picture where one helps, and its whole table."""
