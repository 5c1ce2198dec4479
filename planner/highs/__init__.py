"""HiGHS as this program runs it: silent, in one thread, and with every answer checked."""
