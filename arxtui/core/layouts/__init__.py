"""The layouts that arxtui reads, a module each.

`record` and `inline` may stand mixed in one file: an identifier line ends an entry, and what follows it
tells which of the two the entry is written in.
"""
