"""What is varied over a study of many runs: paths, and the values each takes."""
