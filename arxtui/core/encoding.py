r"""Bytes of a file as UTF-8 text with line feeds, read piece by piece, with the way back to the file's offsets.

The parser works on UTF-8 bytes in which every line ends with a line feed. For almost every file those are
the bytes of the file; carriage returns are replaced by as many bytes (`\r\n` by a blank and a line feed),
so that offsets stay. Only UTF-16 needs a translation of offsets.
"""

from __future__ import annotations

import codecs
from typing import Protocol

CHUNK = 1 << 18
"""Bytes read at a time."""

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SNIFFED = 8192


class Readable(Protocol):
    """A binary file at its beginning, or anything that can be read like one."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Source(Protocol):
    """Where the parser takes its bytes from.

    Attributes:
        bom: the number of bytes of the byte order mark at the beginning of the file.
        binary: whether the first bytes hold a zero byte, so that this is no text.
        same_offsets: whether what `read` gives has a byte for a byte of the file.
    """

    bom: int
    binary: bool
    same_offsets: bool

    def read(self) -> bytes:
        """The next piece as UTF-8 with line feeds; empty at the end."""

    def raw_length(self, text: bytes) -> int:
        """How many bytes of the file a stretch of what `read` gave takes."""

    @property
    def rest(self) -> int:
        """After the end: the number of bytes at the end of the file that are part of no character."""


class _Lines:
    r"""Carriage returns become line feeds, length for length, also where `\r` and `\n` fall into two pieces.

    `\r\r\n`, which a file gets that is converted twice, ends one line, not two.
    """

    def __init__(self) -> None:
        self._held = b""

    def feed(self, piece: bytes, *, last: bool) -> bytes:
        if self._held:
            piece, self._held = self._held + piece, b""
        if b"\r" not in piece:
            return piece
        if not last and piece.endswith(b"\r"):
            held = 2 if piece.endswith(b"\r\r") else 1
            piece, self._held = piece[:-held], piece[-held:]
        return piece.replace(b"\r\r\n", b"  \n").replace(b"\r\n", b" \n").replace(b"\r", b"\n")


class Utf8Source:
    """A file in UTF-8, or in anything that has ASCII in it."""

    rest = 0
    same_offsets = True

    def __init__(self, file: Readable, head: bytes) -> None:
        self._file, self._lines = file, _Lines()
        self.bom = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        self.binary = b"\0" in head[:_SNIFFED]
        self._next = head[self.bom :]

    def read(self) -> bytes:
        """See `Source.read`."""
        while True:
            piece = self._next or self._file.read(CHUNK)
            self._next = b""
            text = self._lines.feed(piece, last=not piece)
            if text or not piece:
                return text

    def raw_length(self, text: bytes) -> int:
        """See `Source.raw_length`."""
        return len(text)


class Utf16Source:
    """A file in UTF-16 that begins with a byte order mark."""

    bom = 2
    binary = False
    same_offsets = False

    def __init__(self, file: Readable, head: bytes) -> None:
        self._file, self._lines = file, _Lines()
        self._codec = _UTF16[head[:2]]
        self._next = head[2:]
        self._odd = b""
        # Half a surrogate pair is no character, but its two bytes must be found again: "surrogatepass".
        self._decoder = codecs.getincrementaldecoder(self._codec)("surrogatepass")
        self._ended = False

    def read(self) -> bytes:
        """See `Source.read`."""
        while not self._ended:
            piece = self._next or self._file.read(CHUNK)
            self._next = b""
            self._ended = not piece
            raw = self._odd + piece
            even = len(raw) & ~1
            self._odd = raw[even:]
            text = self._decoder.decode(raw[:even], self._ended).encode("utf-8", "surrogatepass")
            text = self._lines.feed(text, last=self._ended)
            if text:
                return text
        return b""

    def raw_length(self, text: bytes) -> int:
        """See `Source.raw_length`."""
        return len(text.decode("utf-8", "surrogatepass").encode(self._codec, "surrogatepass"))

    @property
    def rest(self) -> int:
        """See `Source.rest`."""
        return len(self._odd)


def open_source(file: Readable) -> Source:
    """Look at the first bytes of a file and choose how it is read.

    Args:
        file: a binary file at its beginning.

    Raises:
        OSError: the file cannot be read.
    """
    head = file.read(CHUNK)
    if head[:2] in _UTF16:
        return Utf16Source(file, head)
    return Utf8Source(file, head)


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("arxtui-latin1", _as_latin1)


def decode(raw: bytes) -> tuple[str, int | None]:
    """Decode a stretch of UTF-8; bytes that are none are read as Latin-1, one by one.

    Returns:
        The text, and the offset in `raw` of the first byte that is no UTF-8, or None.
    """
    try:
        return raw.decode(), None
    except UnicodeDecodeError as error:
        return raw.decode("utf-8", "arxtui-latin1"), error.start
