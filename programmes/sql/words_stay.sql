-- What was said to the patient with a published programme stays, or is erased: nobody can write
-- other words, nor any where there were none. See docs/adr/0040.
CREATE OR REPLACE FUNCTION programmes_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM programmes_programme
    WHERE id IN (OLD.programme_id, NEW.programme_id) FOR SHARE;
    IF EXISTS (
        SELECT FROM programmes_programme
        WHERE id IN (OLD.programme_id, NEW.programme_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the words of a published programme never change: they can be erased'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'programmewords_stay';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER programmewords_stay
    BEFORE INSERT OR UPDATE ON programmes_programmewords
    FOR EACH ROW EXECUTE FUNCTION programmes_words_stay();

CREATE OR REPLACE FUNCTION programmes_item_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    programmes uuid[] := ARRAY(
        SELECT programme_id FROM programmes_item WHERE id IN (OLD.item_id, NEW.item_id)
    );
BEGIN
    PERFORM 1 FROM programmes_programme WHERE id = ANY(programmes) FOR SHARE;
    IF EXISTS (
        SELECT FROM programmes_programme WHERE id = ANY(programmes) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the notes of a published programme never change: they can be erased'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'itemwords_stay';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER itemwords_stay
    BEFORE INSERT OR UPDATE ON programmes_itemwords
    FOR EACH ROW EXECUTE FUNCTION programmes_item_words_stay();

CREATE OR REPLACE TRIGGER programmewords_stay_at_once
    BEFORE TRUNCATE ON programmes_programmewords
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('programmewords_stay');

CREATE OR REPLACE TRIGGER itemwords_stay_at_once
    BEFORE TRUNCATE ON programmes_itemwords
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_truncate_is_refused('itemwords_stay');
