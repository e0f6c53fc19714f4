-- A template's name and whether it is archived are about the list, not about what anyone was
-- given: patients have copies, which are no templates and stay frozen altogether. The title of
-- such a copy may name a person: it can be erased, and never becomes another one.
CREATE OR REPLACE FUNCTION programmes_programme_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    otherwise programmes_programme%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        otherwise := NEW;
        IF OLD.is_template THEN
            otherwise.title := OLD.title;
            otherwise.archived_at := OLD.archived_at;
        ELSIF NEW.title = '' THEN
            otherwise.title := OLD.title;
        END IF;
        IF otherwise IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a published programme never changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_published_is_frozen';
END $$;

CREATE OR REPLACE TRIGGER programme_published_is_frozen
    BEFORE UPDATE OR DELETE ON programmes_programme
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION programmes_programme_is_frozen();

-- FOR SHARE waits for a publication under way in another transaction, and the next statement
-- sees it: nothing slips into a programme while it is being published.
CREATE OR REPLACE FUNCTION programmes_item_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM programmes_programme
    WHERE id IN (OLD.programme_id, NEW.programme_id) FOR SHARE;
    IF EXISTS (
        SELECT FROM programmes_programme
        WHERE id IN (OLD.programme_id, NEW.programme_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the items of a published programme never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'item_of_published_is_frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE OR REPLACE TRIGGER item_of_published_is_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON programmes_item
    FOR EACH ROW EXECUTE FUNCTION programmes_item_is_frozen();

CREATE OR REPLACE TRIGGER programme_published_is_frozen_at_once
    BEFORE TRUNCATE ON programmes_programme
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('programme_published_is_frozen');

CREATE OR REPLACE TRIGGER item_of_published_is_frozen_at_once
    BEFORE TRUNCATE ON programmes_item
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('item_of_published_is_frozen');
