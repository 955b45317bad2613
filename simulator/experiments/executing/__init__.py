"""Where replications are run: in this process, in several, or on a cluster; the same results."""
