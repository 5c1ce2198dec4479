"""The table of rights."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Right(models.Model):
    """A role that an account has, for one agency or for all."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="planner_rights")
    role = models.CharField(max_length=20)
    agency = models.TextField(blank=True, default="")
    """The agency as scenarios name it; empty for all."""

    class Meta:
        app_label = "accounts"
        constraints = (models.UniqueConstraint(fields=("user", "role", "agency"), name="one_right_once"),)
