"""What a notebook or a script calls, and results that show and plot themselves there."""
