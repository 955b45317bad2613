"""What charts look like: each kind of them as an SVG drawing, the same bytes every time."""
