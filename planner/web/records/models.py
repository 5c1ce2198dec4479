"""The tables of the index. Rupiah are whole numbers, for SQLite loses digits of decimals."""

from __future__ import annotations

from django.db import models


class KeptRun(models.Model):
    """A run, as its folder and the journal say."""

    run = models.CharField(primary_key=True, max_length=32)
    file = models.CharField(max_length=255)
    scenario_id = models.CharField(max_length=80)
    title = models.TextField()
    agency = models.TextField()
    scenario_sha256 = models.CharField(max_length=64)
    plan_sha256 = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()
    planner_version = models.CharField(max_length=40)
    solver = models.CharField(max_length=80)
    seconds = models.FloatField()
    interrupted = models.BooleanField()
    status = models.CharField(max_length=20)
    claim = models.CharField(max_length=20)
    gaps_closed = models.FloatField()
    total_need = models.BigIntegerField()
    total_cost = models.BigIntegerField()
    own_cost = models.BigIntegerField()
    partner_cost = models.BigIntegerField()
    participants = models.BigIntegerField()

    pinned = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField()
    """When the checker saw it last."""
    findings = models.IntegerField(default=0)
    """What the checker then found; 0 where the plan holds."""
    review = models.CharField(max_length=12, default="")
    """A state of planner.web.review_states."""
    submitted_by = models.TextField(default="")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.TextField(default="")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "records"
        indexes = (
            models.Index(fields=("-made_at", "-run"), name="runs_by_time"),
            models.Index(fields=("scenario_id", "-made_at", "-run"), name="runs_of_scenario"),
            models.Index(fields=("review", "-made_at"), name="runs_by_review"),
        )


class WrittenLine(models.Model):
    """A line of the journal."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.TextField()
    signed_in = models.BooleanField()
    action = models.CharField(max_length=20)
    subject = models.CharField(max_length=255, db_index=True)
    note = models.TextField()
    facts = models.JSONField()
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "records"
