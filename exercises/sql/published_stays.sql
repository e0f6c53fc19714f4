-- A draft may change and go; what is published stays, with its photos. The columns that follow
-- others are not yet computed in a BEFORE trigger.
CREATE OR REPLACE FUNCTION exercises_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['search_document', 'search_tags'];
BEGIN
    IF OLD.published_at IS NOT NULL
        AND to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change
    THEN
        RAISE EXCEPTION 'a published exercise version never changes: publish the next one'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'exerciseversion_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER exerciseversion_stays
    BEFORE UPDATE ON exercises_exerciseversion
    FOR EACH ROW EXECUTE FUNCTION exercises_version_stays();

CREATE OR REPLACE TRIGGER exerciseversion_stays_at_once
    BEFORE TRUNCATE ON exercises_exerciseversion
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('exerciseversion_stays');

-- Deleting is left to the deletion of the whole version, which Django does row by row.
CREATE OR REPLACE FUNCTION exercises_shown_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM exercises_exerciseversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the photos of a published exercise version never change'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'shown_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER shown_stays
    BEFORE INSERT OR UPDATE ON exercises_shown
    FOR EACH ROW EXECUTE FUNCTION exercises_shown_stays();

CREATE OR REPLACE TRIGGER shown_stays_at_once
    BEFORE TRUNCATE ON exercises_shown
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('shown_stays');
