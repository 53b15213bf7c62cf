"""What the text index is asked about papers that is not about words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import tantivy


class Conditions:
    """Queries about facts. None of them has a say in the order.

    Args:
        schema: the index's.
    """

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def everything(self) -> tantivy.Query:
        """All papers, but not the stamp."""
        return silent(tantivy.Query.exists_query("paper"))

    def without(self, query: tantivy.Query) -> tantivy.Query:
        """All papers that a query does not find."""
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, self.everything()), (tantivy.Occur.MustNot, query)]
        )

    def of_papers(self, numbers: Iterable[int]) -> tantivy.Query:
        """Papers by their numbers."""
        return self._numbers("paper", list(numbers))

    def in_files(self, numbers: Iterable[int]) -> tantivy.Query:
        """Papers that stand in one of some files, by the numbers of these."""
        return self._numbers("file", list(numbers))

    def _numbers(self, field: str, numbers: Collection[int]) -> tantivy.Query:
        if not numbers:
            return tantivy.Query.empty_query()
        return silent(tantivy.Query.term_set_query(self._schema, field, list(numbers)))

    def fact(self, fact: str) -> tantivy.Query:
        """Papers of which a fact is true; a year is one."""
        return silent(tantivy.Query.term_query(self._schema, "fact", fact))

    def category(self, pattern: str) -> tantivy.Query:
        """Papers that have a category, in lower case, which matches a regular expression."""
        return silent(tantivy.Query.regex_query(self._schema, "category", pattern))

    def between(self, field: Literal["date", "updated", "paper"], first: int, last: int) -> tantivy.Query:
        """Papers with a date in a range, as `textschema.date_number` writes dates, or a number; both ends included."""
        return silent(tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Unsigned, first, last))


def silent(query: tantivy.Query) -> tantivy.Query:
    """The same, without a say in the order."""
    return tantivy.Query.const_score_query(query, 0.0)
