-- What was told only grows, the check is added once, and nothing goes. What became of the e-mail
-- about it may be noted at any time.
CREATE OR REPLACE FUNCTION patients_warning_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.patient_id, NEW.told_by_id, NEW.told_at)
            = (OLD.id, OLD.patient_id, OLD.told_by_id, OLD.told_at)
        AND NEW.which @> OLD.which
        AND (OLD.checked_at IS NULL
            OR (NEW.which, NEW.checked_at, NEW.checked_by_id, NEW.checked_by_name, NEW.check_note)
                = (OLD.which, OLD.checked_at, OLD.checked_by_id, OLD.checked_by_name, OLD.check_note))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'warning signs are append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'warning_is_append_only';
END $$;

CREATE OR REPLACE TRIGGER warning_is_append_only
    BEFORE UPDATE OR DELETE ON patients_warningsign
    FOR EACH ROW EXECUTE FUNCTION patients_warning_is_append_only();

CREATE OR REPLACE TRIGGER warning_is_append_only_at_once
    BEFORE TRUNCATE ON patients_warningsign
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('warning_is_append_only');
