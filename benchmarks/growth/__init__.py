"""What planning costs as the number of groups grows, in time and memory: `make bench-growth`."""
