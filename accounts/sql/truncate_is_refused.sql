-- What rows may not be changed or deleted one by one may not be emptied at once either: each table
-- is refused in the name of the rule that refuses the change of a single row.
CREATE OR REPLACE FUNCTION accounts_truncate_is_refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never emptied: TRUNCATE refused by %', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_ARGV[0];
END $$;
