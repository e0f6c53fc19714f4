"""A signature is one clinic's: a row of its own, with name and role as they were."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was signed for everybody holds from now on where its signer works today. Who never
# wrote a name is called by the address that was shown in its place.
FILL = r"""
INSERT INTO exercises_signature (id, clinic_id, version_id, by_id, name, role, signed_on)
    SELECT
        gen_random_uuid(), clinic.id, version.id, signer.id,
        CASE WHEN signer.name ~ '\S' THEN signer.name ELSE left(signer.email, 120) END,
        COALESCE(membership.role, 'clinician'),
        version.reviewed_on
    FROM exercises_exerciseversion AS version
        JOIN exercises_exercise AS exercise ON exercise.id = version.exercise_id
        JOIN accounts_user AS signer ON signer.id = version.reviewed_by_id
        CROSS JOIN accounts_clinic AS clinic
        LEFT JOIN accounts_membership AS membership
            ON membership.user_id = signer.id AND membership.clinic_id = clinic.id
    WHERE clinic.id = exercise.clinic_id
        OR (
            exercise.clinic_id IS NULL
            AND membership.id IS NOT NULL AND membership.deactivated_at IS NULL
        );
"""

# Of the version it is under: published, and this clinic's or everybody's.
KEEP = """
CREATE FUNCTION exercises_signature_is_of() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signed record;
BEGIN
    SELECT version.published_at, exercise.clinic_id INTO signed
        FROM exercises_exerciseversion AS version
            JOIN exercises_exercise AS exercise ON exercise.id = version.exercise_id
        WHERE version.id = NEW.version_id;
    IF signed.published_at IS NULL THEN
        RAISE EXCEPTION 'a draft cannot be signed: publish it first'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'signature_of_published';
    END IF;
    IF signed.clinic_id <> NEW.clinic_id THEN
        RAISE EXCEPTION 'a clinic signs its own exercises and shared ones only'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'signature_of_own_or_shared';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signature_is_of
    BEFORE INSERT ON exercises_signature
    FOR EACH ROW EXECUTE FUNCTION exercises_signature_is_of();

CREATE FUNCTION exercises_signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND to_jsonb(NEW) - 'withdrawn_at' = to_jsonb(OLD) - 'withdrawn_at'
    THEN
        RETURN NULL;
    END IF;
    -- With the version that it is under it may go.
    IF TG_OP = 'DELETE'
        AND NOT EXISTS (SELECT FROM exercises_exerciseversion WHERE id = OLD.version_id)
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a signature never changes: it can be taken back, once'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'signature_stays';
END $$;
CREATE TRIGGER signature_stays
    AFTER UPDATE ON exercises_signature
    FOR EACH ROW EXECUTE FUNCTION exercises_signature_stays();
CREATE CONSTRAINT TRIGGER signature_is_kept
    AFTER DELETE ON exercises_signature
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION exercises_signature_stays();
"""
NO_KEEP = """
DROP TRIGGER signature_is_kept ON exercises_signature;
DROP TRIGGER signature_stays ON exercises_signature;
DROP FUNCTION exercises_signature_stays();
DROP TRIGGER signature_is_of ON exercises_signature;
DROP FUNCTION exercises_signature_is_of();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_zones_of_today"),
        ("exercises", "0009_cues"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[("clinician", "Clinician"), ("lead", "Clinic lead")], max_length=9
                    ),
                ),
                ("signed_on", models.DateField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="exercises.exerciseversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("version", "clinic"),
                        name="signature_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", r"\S")), name="signature_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["clinician", "lead"])),
                        name="signature_role_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, NO_KEEP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
