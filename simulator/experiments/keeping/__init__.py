"""What is kept of a study on disk, and how it is opened again."""
