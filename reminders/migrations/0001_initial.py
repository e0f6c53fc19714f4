import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import reminders.channels
import uuid
from django.db import migrations, models

from config import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("patients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameDue",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "patient",
                        "on",
                        "at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("at", models.TimeField()),
                ("asks_from", models.PositiveSmallIntegerField()),
                ("asks_to", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "came_due",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("beat_at", models.DateTimeField()),
                ("done_until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reminder_preference",
                        serialize=False,
                        to="patients.patient",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="send me reminders")),
                ("has_own_times", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "new_times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TimeField(), blank=True, default=list, size=None
                    ),
                ),
                ("counts_from", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ChoiceMade",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("is_on", models.BooleanField()),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TimeField(), blank=True, null=True, size=None
                    ),
                ),
                (
                    "new_times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TimeField(), blank=True, default=list, size=None
                    ),
                ),
                ("counts_from", models.DateTimeField(blank=True, null=True)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_choices",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("patient", "made_at"), name="reminder_choice_once_at_a_moment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "waiting"),
                            ("claimed", "being prepared"),
                            ("handed", "being handed over"),
                            ("sent", "sent"),
                            ("failed", "refused"),
                            ("uncertain", "may have arrived"),
                            ("skipped", "kept back"),
                            ("expired", "too late"),
                        ],
                        default="due",
                        max_length=9,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("handed_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("doubts", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("on", models.DateField()),
                ("at", models.TimeField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("chosen", "one of the day's times"),
                            ("later", "the patient asked for one more"),
                            ("old_clock", "the patient's clock has moved past it"),
                        ],
                        default="chosen",
                        max_length=9,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        default="email", max_length=20, validators=[reminders.channels.validate]
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("letter", models.UUIDField(blank=True, null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.assignment",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "due")), fields=["due_at"], name="reminder_due"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("claimed", "handed"))),
                        fields=["lease_until"],
                        name="reminder_held",
                    ),
                    models.Index(
                        condition=models.Q(("letter__isnull", False)),
                        fields=["letter"],
                        name="reminder_letter",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["due_at"], name="reminder_in_time"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gte", models.F("due_at"))),
                        name="reminder_expires_after_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("claimed", "handed")), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="reminder_held_has_a_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["handed", "sent", "uncertain"]), _negated=True),
                            ("handed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reminder_handed_is_stamped",
                    ),
                    models.UniqueConstraint(
                        fields=("patient", "on", "at", "channel"), name="reminder_once_per_time"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("origin", "later")),
                        fields=("patient", "on", "channel"),
                        name="reminder_later_once_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("zone", models.CharField(max_length=64)),
                ("at", models.TimeField(verbose_name="time")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_slots",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [models.Index(fields=["zone", "at"], name="slot_local_time")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("patient", "position"), name="slot_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__lte", 2)), name="slot_three_at_most"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("at__gte", datetime.time(4, 0)), ("at__lte", datetime.time(22, 30))
                        ),
                        name="slot_in_waking_hours",
                    ),
                ],
            },
        ),
        sql.from_file("reminders", "keys"),
    ]
