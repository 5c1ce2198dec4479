"""Many plans made at once: in this process, in others, or on a cluster; kept as they come, and carried over."""
