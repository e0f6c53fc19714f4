-- Of the version it is under: published, and this clinic's or everyone's.
CREATE OR REPLACE FUNCTION exercises_signature_is_of() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER signature_is_of
    BEFORE INSERT ON exercises_signature
    FOR EACH ROW EXECUTE FUNCTION exercises_signature_is_of();

CREATE OR REPLACE FUNCTION exercises_signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER signature_stays
    AFTER UPDATE ON exercises_signature
    FOR EACH ROW EXECUTE FUNCTION exercises_signature_stays();
CREATE CONSTRAINT TRIGGER signature_is_kept
    AFTER DELETE ON exercises_signature
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION exercises_signature_stays();

CREATE OR REPLACE TRIGGER signature_stays_at_once
    BEFORE TRUNCATE ON exercises_signature
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('signature_stays');
