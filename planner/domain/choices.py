"""Choices between programmes: which run only together, only with another, or not beside one another."""

from pydantic import Field

from planner.domain.base import Name, Names, Record


class Choices(Record):
    """Relations between programmes, about whether they run at all in the horizon."""

    together: tuple[Names, ...] = ()
    """Lists of programmes that all run or all do not."""
    only_if: dict[Name, Name] = Field(default_factory=dict)
    """Programme -> the programme without which it does not run."""
    at_most_one_of: tuple[Names, ...] = ()
    """Lists of programmes of which at most one runs."""

    @property
    def programmes(self) -> frozenset[str]:
        """Ids of all programmes that some relation names."""
        listed = (*self.together, *self.at_most_one_of, tuple(self.only_if), tuple(self.only_if.values()))
        return frozenset(name for names in listed for name in names)
