"""Why a group does not take a programme, or why a gap remains open."""
