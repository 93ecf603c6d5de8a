"""Bodies of HTTP answers as they were before they were sent, never more of them than a limit."""

from __future__ import annotations

import zlib

from inforce.errors import UsageError, as_written

_WRAPPED = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


def decoded(data: bytes, encodings: str | None, limit: int, label: str) -> bytes:
    """The body behind its `Content-Encoding` (RFC 9110, 8.4).

    Raises `UsageError` where it is damaged, of an unknown encoding, or longer than `limit` bytes.
    """
    for encoding in reversed([each.strip().lower() for each in (encodings or "").split(",")]):
        if encoding in ("", "identity", "none"):
            continue
        try:
            data = _brotli(data, limit) if encoding == "br" else _inflated(data, encoding, limit, label)
        except (zlib.error, ValueError) as error:
            raise UsageError(f"{label}: its {encoding} body is damaged ({error}); save the page") from None
        if len(data) > limit:
            raise UsageError(f"{label}: unpacks to more than {limit // 2**20} MB; give its text")
    return data


def _inflated(data: bytes, encoding: str, limit: int, label: str) -> bytes:
    if encoding not in _WRAPPED:
        raise UsageError(f"{label}: is packed as {as_written(encoding)}, which is not read; save the page")
    # Some servers send deflate without its wrapper (RFC 9110, 8.4.1.2).
    bare = encoding == "deflate" and not (data[:1] == b"\x78" and int.from_bytes(data[:2]) % 31 == 0)
    packer = zlib.decompressobj(-zlib.MAX_WBITS if bare else _WRAPPED[encoding])
    out = packer.decompress(data, limit + 1)
    if not packer.eof and len(out) <= limit:
        raise ValueError("it breaks off")
    return out


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli  # noqa: PLC0415 - only archives hold such bodies; installed with fastwarc

    packer = brotli.Decompressor()
    out: bytes = b""
    try:
        out = packer.process(data, output_buffer_limit=limit + 1)
        while not packer.is_finished() and len(out) <= limit:
            more = packer.process(b"", output_buffer_limit=limit + 1 - len(out))
            if not more:
                raise ValueError("it breaks off")
            out += more
    except brotli.error as error:
        raise ValueError(str(error)) from None
    return out


def unchunked(data: bytes) -> bytes:
    """A body sent in chunks (RFC 9112, 7.1), put together; one that only says so stays as it is."""
    out = bytearray()
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 1_000)
        try:
            size = int(data[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0 or end + 2 + size > len(data):
            return data
        if size == 0:
            return bytes(out)
        out += data[end + 2 : end + 2 + size]
        at = end + 4 + size


def media_type_of(header: str | None) -> tuple[str, str | None]:
    """The media type and the charset of a `Content-Type`."""
    name, _, parameters = (header or "").partition(";")
    for parameter in parameters.split(";"):
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset" and value.strip().strip("\"'"):
            return name.strip().lower(), value.strip().strip("\"'")
    return name.strip().lower(), None
