"""The least changes that give a scenario without a plan one."""
