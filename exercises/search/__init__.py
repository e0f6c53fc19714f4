"""Find exercises: by words, by tags, by what someone keeps at hand."""

from exercises.search.text import find

__all__ = ["find"]
