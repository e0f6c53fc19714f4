-- What was told only grows, or turns out to have been told earlier; the check is added once, and
-- nothing goes but the words of the check, which can be erased. What became of the e-mail about it may be noted at any time.
CREATE OR REPLACE FUNCTION patients_warning_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.patient_id, NEW.told_by_id)
            = (OLD.id, OLD.patient_id, OLD.told_by_id)
        AND NEW.which @> OLD.which
        AND NEW.told_at <= OLD.told_at
        AND (OLD.checked_at IS NULL
            OR (NEW.told_at, NEW.which, NEW.checked_at, NEW.checked_by_id, NEW.checked_by_name)
                    = (OLD.told_at, OLD.which, OLD.checked_at, OLD.checked_by_id, OLD.checked_by_name)
                AND NEW.check_note IN (OLD.check_note, ''))
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

-- A check is made in words: not a rule of the row, since the words may be erased from it later.
CREATE OR REPLACE FUNCTION patients_warning_checked_in_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR OLD.checked_at IS NULL THEN
        RAISE EXCEPTION 'a warning sign is checked in words'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'warning_checked_in_words';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER warning_checked_in_words
    BEFORE INSERT OR UPDATE ON patients_warningsign
    FOR EACH ROW WHEN (NEW.checked_at IS NOT NULL AND NEW.check_note = '')
    EXECUTE FUNCTION patients_warning_checked_in_words();
