"""The keys of the reader as Textual wants them, made from the table of actions."""

from __future__ import annotations

from textual.binding import Binding

from arxtui.tui.actions import ACTIONS, PREFIXES, single_keys

IN_SEARCH = ("open", "down", "up", "page_down", "back", "next_pane", "previous_pane", "palette", "quit_now")
"""The actions whose keys work in the search line."""


def bindings() -> list[Binding]:
    """A binding for every action with a key, and one for every first key of two.

    With priority, so that a key has acted before the next one is looked at; see `ReaderApp.on_event`.
    """
    bound = []
    for action in ACTIONS:
        single = single_keys(action)
        ways = {"": single} if not action.numbered else {key: (key,) for key in single}
        for number, keys in ways.items():
            if keys:
                name = f"do('{action.id}', '{number}')" if number else f"do('{action.id}')"
                id_ = f"{action.id}_{number}" if number else action.id
                bound.append(
                    Binding(
                        ",".join(keys),
                        name,
                        action.name,
                        id=id_,
                        tooltip=action.tooltip,
                        show=False,
                        priority=True,
                    )
                )
    return bound + [
        Binding(key, f"prefix('{key}')", name, id=f"prefix_{key}", show=False, priority=True)
        for key, name in PREFIXES.items()
    ]
