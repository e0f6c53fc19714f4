"""Old events about a part of a record name the patient too, as new ones do."""

from django.db import migrations

# By what the event is about; a part that is gone cannot be joined, and its event stays as it is.
FILL = """
ALTER TABLE accounts_auditevent DISABLE TRIGGER audit_is_append_only;
UPDATE accounts_auditevent SET patient_id = subject_id
    WHERE subject_type = 'patient' AND patient_id IS DISTINCT FROM subject_id;
UPDATE accounts_auditevent e SET patient_id = parts.patient_id FROM (
    SELECT 'invitation' AS kind, id, patient_id FROM patients_invitation
    UNION ALL SELECT 'assignment', id, patient_id FROM patients_assignment
    UNION ALL SELECT 'day', d.id, a.patient_id FROM patients_day d
        JOIN patients_assignment a ON a.id = d.assignment_id
    UNION ALL SELECT 'session', s.id, a.patient_id FROM patients_session s
        JOIN patients_assignment a ON a.id = s.assignment_id
    UNION ALL SELECT 'painreport', id, patient_id FROM patients_painreport
    UNION ALL SELECT 'warningsign', id, patient_id FROM patients_warningsign
    UNION ALL SELECT 'dealtwith', id, patient_id FROM patients_dealtwith
    UNION ALL SELECT 'programme', id, patient_id FROM programmes_programme
        WHERE patient_id IS NOT NULL
) parts
WHERE e.patient_id IS NULL AND e.subject_type = parts.kind AND e.subject_id = parts.id;
SET CONSTRAINTS ALL IMMEDIATE;  -- a row that is written twice still waits to be looked at
ALTER TABLE accounts_auditevent ENABLE TRIGGER audit_is_append_only;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("patients", "0015_access_taken_back"),
        ("programmes", "0004_whose_own"),
        ("accounts", "0014_audit_of_looks"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
