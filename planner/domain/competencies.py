"""Competencies (kompetensi) of the job standard."""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from planner.domain.base import Name, Quantity, Record

CompetencyKind = Literal["technical", "managerial", "socio_cultural"]


class Competency(Record):
    """One competency that people may lack."""

    id: Name
    """Identifier, unique among competencies."""
    name: Name = ""
    """Name as printed; the id when absent."""
    kind: CompetencyKind
    """technical, managerial or socio_cultural."""
    weight: Quantity = Field(default=Fraction(1), gt=0)
    """Worth of one closed gap relative to others [weight > 0]."""

    @property
    def label(self) -> str:
        return self.name or self.id
