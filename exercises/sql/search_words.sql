-- Slips of the keyboard are told by the words that there are, each kept once. The words of a
-- version join the others in order, so that two writers do not wait in a circle.
CREATE OR REPLACE FUNCTION exercises_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO exercises_word (word)
        SELECT word FROM unnest(tsvector_to_array(NEW.search_document)) AS word ORDER BY word
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER exerciseversion_keeps_words
    AFTER INSERT OR UPDATE ON exercises_exerciseversion
    FOR EACH ROW EXECUTE FUNCTION exercises_keep_words();

-- The same, or any word that is spelled much like it. How alike is alike enough, 0 to 1, is
-- a setting of the operator that uses the index. Measured on the library: slips
-- ("pirifromis", "strech") reach 0.47 and more.
CREATE OR REPLACE FUNCTION exercises_query_like(typed text) RETURNS tsquery
    LANGUAGE plpgsql STABLE STRICT
    SET pg_trgm.similarity_threshold = 0.42
    AS $$
        DECLARE
            alike text;
        BEGIN
            SELECT string_agg(quote_literal(replace(word, '\', '')), ' | ') INTO alike
                FROM exercises_word WHERE word % public.exercises_plain(typed);
            RETURN public.exercises_query(typed, 'ABCD') || COALESCE(alike, '')::tsquery;
        END
    $$;
