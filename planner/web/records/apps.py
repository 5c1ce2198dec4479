"""The index as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig


class Records(AppConfig):
    """Runs and journal."""

    name = "planner.web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
