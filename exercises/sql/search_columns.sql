-- What the columns are computed by that a search reads. The dictionary of each word is named in
-- full, so that all of this may be called immutable: unaccent() alone depends on the search path.
CREATE OR REPLACE FUNCTION exercises_plain(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT lower(public.unaccent('public.unaccent', public.accounts_seen(words))) $$;

-- Hyphens, slashes and dots part words: PostgreSQL would read "hip/knee" as a file's name.
-- Of a position the first word only ("lying"): "back" is asked for as a part of the body.
CREATE OR REPLACE FUNCTION exercises_said(tags varchar[], lay jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT ARRAY(
            SELECT word FROM unnest(tags) AS tag, jsonb_array_elements_text(lay -> tag) AS word
        )
    $$;

CREATE OR REPLACE FUNCTION exercises_stems(words text[], weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT setweight(
            to_tsvector('pg_catalog.english', plain) || to_tsvector('pg_catalog.simple', plain),
            weight
        )
        FROM translate(
            public.exercises_plain(array_to_string(words, ' ')), '-/_.:@''', '       '
        ) AS plain
    $$;

CREATE OR REPLACE FUNCTION exercises_search_document(
    name varchar, synonyms varchar[], muscles varchar[], regions varchar[],
    conditions varchar[], equipment varchar[], "position" varchar, lay text
) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT public.exercises_stems(ARRAY[name], 'A')
            || public.exercises_stems(synonyms, 'B')
            || public.exercises_stems(
                muscles || regions || conditions
                || public.exercises_said(muscles || regions || conditions, lay::jsonb)::varchar[],
                'C'
            )
            || public.exercises_stems(
                equipment || split_part("position", ' ', 1)::varchar
                || public.exercises_said(equipment || "position", lay::jsonb)::varchar[],
                'D'
            )
    $$;

CREATE OR REPLACE FUNCTION exercises_search_tags(
    regions varchar[], muscles varchar[], conditions varchar[], equipment varchar[],
    "position" varchar, precautions varchar[]
) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT ARRAY(
            SELECT 'region:' || tag FROM unnest(regions) AS tag
            UNION SELECT 'muscle:' || tag FROM unnest(muscles) AS tag
            UNION SELECT 'condition:' || tag FROM unnest(conditions) AS tag
            UNION SELECT 'equipment:' || tag FROM unnest(equipment) AS tag
            UNION SELECT 'position:' || "position" WHERE "position" <> ''
            UNION SELECT 'avoid:' || tag FROM unnest(precautions) AS tag
        )
    $$;

-- One word as typed: its stem, or what begins like it.
CREATE OR REPLACE FUNCTION exercises_query(word text, weights text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        SELECT to_tsquery('pg_catalog.english', term || ':' || weights)
            || to_tsquery('pg_catalog.simple', term || ':*' || weights)
        FROM (
            SELECT '''' || translate(public.exercises_plain(word), '''\', '') || '''' AS term
        ) AS terms
    $$;
