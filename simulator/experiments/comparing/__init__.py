"""Variants side by side on common random numbers: what each changes, with its interval."""
