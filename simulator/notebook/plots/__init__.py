"""Pictures of results on matplotlib's axes, for analysts to go on with."""
