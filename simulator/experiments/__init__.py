"""Many runs of one question: replications, verdicts, comparisons, and what is kept of them."""
