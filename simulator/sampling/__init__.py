"""Named random streams, and distributions drawn by inversion: one uniform a draw."""
