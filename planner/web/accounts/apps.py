"""The accounts as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Users and their rights."""

    name = "planner.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
