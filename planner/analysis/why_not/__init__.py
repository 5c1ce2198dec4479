"""Why a group is not in a programme, or why a gap stays open."""
