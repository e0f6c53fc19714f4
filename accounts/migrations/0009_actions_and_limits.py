"""Actions are spelled one way, events name the patient they are about, and limits are counted."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

# What was written before keeps its meaning: only the spelling changes.
RESPELL = """
ALTER TABLE accounts_auditevent DISABLE TRIGGER audit_is_append_only;
UPDATE accounts_auditevent e SET action = w.spelled FROM (VALUES
    ('accepted invitation', 'invitation_accepted'),
    ('added patient', 'patient_added'),
    ('assigned', 'plan_assigned'),
    ('changed clinic', 'clinic_changed'),
    ('changed own name', 'own_name_changed'),
    ('changed review', 'plan_review_changed'),
    ('changed time zone', 'time_zone_changed'),
    ('checked sign, goes on', 'sign_checked_goes_on'),
    ('checked sign, stays paused', 'sign_checked_stays_paused'),
    ('deactivated', 'member_deactivated'),
    ('dealt with a reason', 'reason_dealt_with'),
    ('described session', 'session_described'),
    ('edited patient', 'patient_edited'),
    ('ended', 'plan_ended'),
    ('ended first visit', 'first_visit_ended'),
    ('handed over', 'patient_handed_over'),
    ('invited colleague', 'colleague_invited'),
    ('invited patient', 'patient_invited'),
    ('joined team', 'team_joined'),
    ('logged session', 'session_logged'),
    ('made clinician', 'member_made_clinician'),
    ('made lead', 'member_made_lead'),
    ('made operator', 'operator_made'),
    ('paused', 'plan_paused'),
    ('printed', 'record_printed'),
    ('published change', 'plan_change_published'),
    ('reactivated', 'member_reactivated'),
    ('read', 'record_read'),
    ('reminders changed', 'reminders_changed'),
    ('reminders stopped', 'reminders_stopped'),
    ('resumed', 'plan_resumed'),
    ('said not today', 'not_today_said'),
    ('said which sign', 'sign_named'),
    ('started change', 'plan_change_started'),
    ('started clinic', 'clinic_started'),
    ('told of a warning sign', 'sign_told'),
    ('told of much pain', 'pain_told'),
    ('took back not today', 'not_today_taken_back'),
    ('took back what was noted', 'reason_taken_back'),
    ('tried address again', 'address_tried_again'),
    ('undid session', 'session_undone'),
    ('unmade operator', 'operator_unmade'),
    ('used another template', 'plan_replaced'),
    ('withdrew invitation', 'invitation_withdrawn')
) AS w (was, spelled) WHERE e.action = w.was;
UPDATE accounts_auditevent SET patient_id = subject_id WHERE subject_type = 'patient';
SET CONSTRAINTS ALL IMMEDIATE;  -- a row that is written twice still waits to be looked at
ALTER TABLE accounts_auditevent ENABLE TRIGGER audit_is_append_only;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_zones_of_today'),
    ]

    operations = [
        migrations.CreateModel(
            name='LimitUse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=64)),
                ('used_at', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField())),
                ('forgotten_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='auditevent',
            name='patient_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(condition=models.Q(('patient_id__isnull', False)), fields=['patient_id', '-at'], name='audit_of_a_patient'),
        ),
        migrations.AddIndex(
            model_name='limituse',
            index=models.Index(fields=['forgotten_at'], name='limituse_forgotten'),
        ),
        migrations.AddConstraint(
            model_name='limituse',
            constraint=models.UniqueConstraint(fields=('name', 'key'), name='limituse_once'),
        ),
        migrations.RunSQL(RESPELL, migrations.RunSQL.noop),
    ]
