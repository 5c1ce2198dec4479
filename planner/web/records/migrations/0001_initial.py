"""Runs and journal."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the index."""

    initial: Final = True

    dependencies: ClassVar[list[Any]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="WrittenLine",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("who", models.TextField()),
                ("signed_in", models.BooleanField()),
                ("action", models.CharField(max_length=20)),
                ("subject", models.CharField(db_index=True, max_length=255)),
                ("note", models.TextField()),
                ("facts", models.JSONField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="KeptRun",
            fields=[
                ("run", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("file", models.CharField(max_length=255)),
                ("scenario_id", models.CharField(max_length=80)),
                ("title", models.TextField()),
                ("agency", models.TextField()),
                ("scenario_sha256", models.CharField(max_length=64)),
                ("plan_sha256", models.CharField(db_index=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                ("planner_version", models.CharField(max_length=40)),
                ("solver", models.CharField(max_length=80)),
                ("seconds", models.FloatField()),
                ("interrupted", models.BooleanField()),
                ("status", models.CharField(max_length=20)),
                ("claim", models.CharField(max_length=20)),
                ("gaps_closed", models.FloatField()),
                ("total_need", models.BigIntegerField()),
                ("total_cost", models.BigIntegerField()),
                ("own_cost", models.BigIntegerField()),
                ("partner_cost", models.BigIntegerField()),
                ("participants", models.BigIntegerField()),
                ("pinned", models.BooleanField(default=False)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField()),
                ("findings", models.IntegerField(default=0)),
                ("review", models.CharField(default="", max_length=12)),
                ("submitted_by", models.TextField(default="")),
                ("submitted_at", models.DateTimeField(null=True)),
                ("reviewed_by", models.TextField(default="")),
                ("reviewed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-made_at", "-run"], name="runs_by_time"),
                    models.Index(fields=["scenario_id", "-made_at", "-run"], name="runs_of_scenario"),
                    models.Index(fields=["review", "-made_at"], name="runs_by_review"),
                ],
            },
        ),
    ]
