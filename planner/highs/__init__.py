"""HiGHS as everything here runs it: silent, in one thread, and with every answer checked."""
