"""How others do it: the models ours are timed against, each as its users would write it."""
