"""A job's life for people: as sentences, as a time line, as a picture."""
