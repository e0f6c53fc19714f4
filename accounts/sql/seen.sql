-- Words as they are seen, for searching: without what has no shape (soft hyphens, marks of width
-- nought, marks of direction), each accent in one piece with its letter. The same as seen() of
-- accounts/seen.py: a query goes through that, what is stored through this.
CREATE OR REPLACE FUNCTION accounts_seen(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        SELECT normalize(
            regexp_replace(
                words,
                '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E'
                    || '\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8'
                    || '\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
                '',
                'g'
            ),
            NFC
        )
    $$;
