"""Activities of the budget (sub kegiatan): each has one RKA form, and programmes say which of them pays for them."""

from planner.domain.base import Name, Record, Text
from planner.domain.codes import ActivityCode


class Activity(Record):
    """One sub kegiatan."""

    code: ActivityCode
    """Code, such as 5.04.02.1.02.0007; read in every spelling."""
    name: Text = ""
    """Name as printed."""
    indicator: Text = ""
    """Performance indicator (indikator kinerja), as printed."""
    target_unit: Name | None = None
    """Unit of its target, such as orang."""
