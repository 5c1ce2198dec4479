"""The index as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig


class Records(AppConfig):
    """Runs and journal."""

    name = "planner.web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Leave the tables to who asks for them first: they take a third of the time until the first page."""
        self.models = self.apps.all_models[self.label]
