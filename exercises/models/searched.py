"""What a search reads of a version: columns that the database keeps by itself.

The words that people say instead of the tags are part of a column's expression, so
a change of ``LAY_WORDS`` is a change of the model: ``makemigrations --check`` notices,
and the migration takes the column away and adds it again. The functions are in
``exercises/sql/search_columns.sql``.
"""

import json

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Value

from exercises.vocabulary import LAY_WORDS

COLUMNS = ("name", "synonyms", "muscles", "regions", "conditions", "equipment", "position")
TAGGED = ("regions", "muscles", "conditions", "equipment", "position", "precautions")


def lay_words() -> Value:
    """``LAY_WORDS`` as the SQL functions take them: one JSON object in a text."""
    words = {str(tag): list(said) for tag, said in sorted(LAY_WORDS.items())}
    return Value(json.dumps(words, ensure_ascii=False))


class SearchDocument(models.Func):
    """Every word and its stem, by weight: A name, B synonyms, C tags, D position and things."""

    function = "exercises_search_document"
    output_field = SearchVectorField()


class SearchTags(models.Func):
    """Every tag with its facet: "region:hip", "avoid:KNEE"."""

    function = "exercises_search_tags"
    output_field = ArrayField(models.TextField())


class Searched(models.Model):
    """The columns that a search reads. Nobody writes them."""

    search_document = models.GeneratedField(
        expression=SearchDocument(*COLUMNS, lay_words()),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_tags = models.GeneratedField(
        expression=SearchTags(*TAGGED),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        abstract = True
        indexes = [
            GinIndex(fields=["search_document"], name="exerciseversion_document"),
            GinIndex(fields=["search_tags"], name="exerciseversion_tags"),
        ]


class Word(models.Model):
    """A word of some version, kept by a trigger: what a typed word is compared with.

    Which clinic's it is nobody asks: it only widens a search that is scoped by itself.
    """

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_alike")]

    def __str__(self) -> str:
        return self.word
