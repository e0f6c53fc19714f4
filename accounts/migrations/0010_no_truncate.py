"""What rows may not be changed or deleted one by one may not be emptied at once either."""

from django.db import migrations

# Seven tables in four apps: one rule, so one migration. Each is refused in the name of the
# constraint that refuses the change of a single row.
TABLES = [
    ("accounts_auditevent", "audit_is_append_only"),
    ("patients_warningsign", "warning_is_append_only"),
    ("programmes_programme", "programme_published_is_frozen"),
    ("programmes_item", "item_of_published_is_frozen"),
    ("exercises_exerciseversion", "exerciseversion_stays"),
    ("exercises_shown", "shown_stays"),
    ("exercises_signature", "signature_stays"),
]

REFUSE = """
CREATE FUNCTION accounts_truncate_is_refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never emptied: TRUNCATE refused by %', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_ARGV[0];
END $$;
"""
ALLOW = "DROP FUNCTION accounts_truncate_is_refused();"
REFUSE_ON = """
CREATE TRIGGER {constraint}_at_once
    BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('{constraint}');
"""
ALLOW_ON = "DROP TRIGGER {constraint}_at_once ON {table};"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_actions_and_limits"),
        ("exercises", "0011_no_signature_for_all"),
        ("programmes", "0002_published_is_frozen"),
        ("patients", "0004_warning_signs"),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        *(
            migrations.RunSQL(
                REFUSE_ON.format(table=table, constraint=constraint),
                ALLOW_ON.format(table=table, constraint=constraint),
            )
            for table, constraint in TABLES
        ),
    ]
