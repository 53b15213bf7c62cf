"""Conditions put to a query, and taken out of it, as a person would do it: the rest stays as it was typed."""

from __future__ import annotations

import re

from arxtui.core.queries.lexing import lex
from arxtui.core.queries.parsing import parse
from arxtui.core.queries.tree import And, Everything, Node, Or, all_of

_AND = re.compile(r"and\b\s*", re.IGNORECASE)


def narrowed(text: str, condition: str) -> str:
    """A query that asks for a condition too, `date:2021` say. One that does already stays as it is."""
    query, added = parse(text), parse(condition).tree
    if _parts(added) <= _parts(query.tree):
        return text
    if isinstance(added, Or):
        condition = f"({condition})"
    if query.tree == Everything():
        return condition if query.sort is None else f"{condition} sort:{query.sort}"
    result = _joined(text.strip(), condition)
    # What is half typed would take the condition in: an open quote, a field without a value, a TeX accent.
    if query.errors or parse(result).tree != all_of([query.tree, added]):
        return _joined(str(query), condition)
    return result


def _joined(text: str, condition: str) -> str:
    return f"({text}) {condition}" if _terms(text) is None else f"{text} {condition}"


def widened(text: str, condition: str) -> str:
    """A query without a condition that `narrowed` put to it, or that was typed; as it is where it has none such."""
    gone = _parts(parse(condition).tree)
    terms = _terms(text) or [text]
    kept = [term for term in terms if not set() < _parts(parse(term).tree) <= gone]
    if len(kept) == len(terms):
        return text
    if kept and kept[0] != terms[0]:
        kept[0] = _AND.sub("", kept[0])
    return " ".join(kept)


def _parts(tree: Node) -> set[Node]:
    """What must all hold."""
    return set(tree.nodes if isinstance(tree, And) else (tree,)) - {Everything()}


def _terms(text: str) -> list[str] | None:
    """The conditions that a query puts together, each with the `and` before it; None where `or` joins them."""
    spans: list[tuple[int, int]] = []
    depth = 0
    waiting = False  # for what an `and`, `not` or field belongs to
    for token in lex(text):
        if token.kind == "or" and not depth:
            return None
        begun = bool(spans) and (waiting or depth > 0)
        start = spans.pop()[0] if begun else token.start
        spans.append((start, token.end))
        depth += (token.kind == "open") - (token.kind == "close")
        waiting = token.kind in ("and", "not", "field")
    return [text[start:end] for start, end in spans]
