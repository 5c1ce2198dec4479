"""Which of a plan's seats the same people can take: attendance patterns, or a limit that shows there are none."""
