"""For people: a study as tables in a terminal, and as a page that needs nothing but a browser."""
