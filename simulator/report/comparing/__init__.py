"""Variants side by side for people: what each changes, in sentences, tables and pictures."""
