"""What a shell offers when Tab is pressed: words from the commands, and from a scenario's text."""
