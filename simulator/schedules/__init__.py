"""When things are due: Quartz cron in a time zone. Pure functions from text to instants."""
