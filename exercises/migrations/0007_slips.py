"""Find words that are spelled much like the typed one, by the trigram index."""

from django.db import migrations

# <% uses the index, and how alike is alike enough is a setting: only a function can bring
# its own. Share of the word's letter triples found in place, 0 to 1. Measured on the library:
# slips ("pirifromis", "strech") reach 0.47 and more, other words 0.43 at most.
LIKE = """
CREATE FUNCTION exercises_like(word text) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 100
    SET pg_trgm.word_similarity_threshold = 0.45
    AS $$
        BEGIN
            RETURN QUERY
                SELECT id FROM exercises_exerciseversion
                WHERE public.exercises_plain(word) <% search_words;
        END
    $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0006_full_text")]

    operations = [migrations.RunSQL(LIKE, "DROP FUNCTION exercises_like(text);")]
