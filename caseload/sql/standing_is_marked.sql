-- Whatever a patient's place in a caseload depends on, apart from the date: each write of it leaves
-- a mark, in the same transaction. A mark never waits for another one.
CREATE OR REPLACE FUNCTION caseload_standing_is_marked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written record := COALESCE(NEW, OLD);
    changed uuid[];
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'patients_patient' THEN
            changed := ARRAY[written.id];
        WHEN 'patients_day', 'patients_session', 'patients_pause' THEN
            changed := ARRAY(
                SELECT patient_id FROM patients_assignment WHERE id = written.assignment_id);
        WHEN 'patients_tick' THEN
            changed := ARRAY(
                SELECT patient_id FROM patients_session
                JOIN patients_assignment ON patients_assignment.id = assignment_id
                WHERE patients_session.id = written.session_id);
        WHEN 'patients_nottoday' THEN
            changed := ARRAY(
                SELECT patient_id FROM patients_day
                JOIN patients_assignment ON patients_assignment.id = assignment_id
                WHERE patients_day.id = written.day_id);
        WHEN 'patients_latesign' THEN
            changed := ARRAY(SELECT patient_id FROM patients_warningsign WHERE id = written.sign_id);
        WHEN 'accounts_user' THEN
            changed := ARRAY(SELECT id FROM patients_patient WHERE user_id = written.id);
        WHEN 'accounts_letter' THEN
            changed := ARRAY(SELECT patient_id FROM patients_invitation WHERE letter_id = written.id);
        WHEN 'accounts_addresstrouble' THEN
            changed := ARRAY(
                SELECT id FROM patients_patient WHERE email = written.address
                UNION SELECT patients_patient.id FROM patients_patient
                JOIN accounts_user ON accounts_user.id = user_id
                WHERE accounts_user.email = written.address);
        ELSE
            changed := ARRAY[written.patient_id];
    END CASE;
    INSERT INTO caseload_changed (patient_id, transaction)
    SELECT one, pg_current_xact_id()::text::bigint FROM unnest(changed) one
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER standing_is_marked AFTER UPDATE ON patients_patient
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_assignment
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_invitation
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_addresschange
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_warningsign
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_painreport
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_dealtwith
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_day
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_session
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_pause
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_tick
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_nottoday
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON patients_latesign
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER INSERT OR UPDATE OR DELETE ON accounts_addresstrouble
    FOR EACH ROW EXECUTE FUNCTION caseload_standing_is_marked();
-- An account is written at each sign-in, a letter several times on its way.
CREATE OR REPLACE TRIGGER standing_is_marked AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email)
    EXECUTE FUNCTION caseload_standing_is_marked();
CREATE OR REPLACE TRIGGER standing_is_marked AFTER UPDATE ON accounts_letter
    FOR EACH ROW WHEN (NEW.kind = 'invitation' AND (OLD.state, OLD.reason) IS DISTINCT FROM (NEW.state, NEW.reason))
    EXECUTE FUNCTION caseload_standing_is_marked();
