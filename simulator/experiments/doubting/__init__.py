"""Reasons to look twice at a study's figures."""
