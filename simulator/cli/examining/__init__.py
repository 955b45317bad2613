"""What `simulator doctor` looks at: facts about this installation and this machine, as values."""
