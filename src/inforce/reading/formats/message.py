"""An e-mail message (RFC 5322, MIME): its best text part, its subject, and the day of its Date header.

Plain text is taken before HTML, unless it is a mere stub beside it ("view this message in a browser").
What is attached is named, never read in silence nor dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from inforce.errors import UsageError, as_written
from inforce.reading.formats.extract import Extract, clean, one_line, written_day
from inforce.reading.page import main_text

#: Parts nested deeper, or more of them, are no message that a person wrote.
_MOST_PARTS = 500
#: Plain text shorter than this share of the page beside it is a stub.
_STUB = 0.3
_FORWARDED = ("-----Original Message-----", "---------- Forwarded message", "Begin forwarded message:")
_WHAT_ELSE = "give the article's text"


def read_message(data: bytes, label: str) -> Extract:
    """The message's text and metadata. Raises `UsageError` where it holds no text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = list(_parts(message, label))
        body = _body(message, parts, label)
        attached = [_attachment(part) for part in parts if _is_attached(part)]
        subject, sent = _header(message, "Subject"), _header(message, "Date")
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(f"{label}: is no message that can be parsed ({why}); {_WHAT_ELSE}") from None
    notes = [f"attached and not read: {name}; check it by itself" for name in attached]
    if any(mark in body for mark in _FORWARDED):
        notes.append("holds a forwarded message; the day is that of the outer one")
    day = written_day(sent)
    return Extract(
        text=body,
        title=one_line(subject),
        published=day,
        evidence=f"the message's Date header ({as_written(sent)})" if day else None,
        notes=tuple(notes),
    )


def _parts(message: EmailMessage, label: str) -> Iterator[EmailMessage]:
    """All parts in order; what stands in an attached message is that one's own."""
    waiting, count = [message], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _MOST_PARTS:
            raise UsageError(f"{label}: has more than {_MOST_PARTS} parts; {_WHAT_ELSE}")
        yield part
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting += reversed([each for each in part.iter_parts() if isinstance(each, EmailMessage)])


def _body(message: EmailMessage, parts: list[EmailMessage], label: str) -> str:
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attached(part)]
    plain = "\n\n".join(_plain(part) for part in texts if part.get_content_subtype() == "plain").strip()
    pages = [part for part in texts if part.get_content_subtype() == "html"]
    page, why = "", None
    if pages and len(plain) < _STUB * max(len(_content(part)) for part in pages):
        page, why = _page(pages, label)
    text = page if page and len(plain) < _STUB * len(page) else plain
    if not text:
        reason = f" ({why})" if why else ""
        raise UsageError(f"{label}: holds no text part to check{reason}; {_WHAT_ELSE}")
    return text


def _page(pages: list[EmailMessage], label: str) -> tuple[str, str | None]:
    """The main text of the first page that has any; else why there is none."""
    why = None
    for part in pages:
        try:
            return main_text(_content(part), label).text, None
        except UsageError as error:
            why = str(error).removeprefix(f"{label}: ").partition(";")[0]
    return "", why


def _content(part: EmailMessage) -> str:
    content = part.get_content()
    return content if isinstance(content, str) else ""


def _plain(part: EmailMessage) -> str:
    text = clean(_content(part))
    return _flowed(text) if str(part.get_param("format", "")).lower() == "flowed" else text


def _flowed(text: str) -> str:
    """Lines put together again that end in a space to say that they go on (RFC 3676)."""
    lines: list[str] = []
    open_ = False
    for line in text.split("\n"):
        if open_:
            lines[-1] += line
        else:
            lines.append(line)
        open_ = line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def _is_attached(part: EmailMessage) -> bool:
    """Whether a part stands beside the text: named or declared so, or of a kind that no body has."""
    if part.get_content_maintype() == "multipart":
        return False
    shown = part.get_content_maintype() == "text" and part.get_content_subtype() in ("plain", "html")
    return not shown or part.get_content_disposition() == "attachment"


def _attachment(part: EmailMessage) -> str:
    return f"{one_line(part.get_filename()) or 'without a name'} ({part.get_content_type()})"


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return clean(str(value)) if value is not None else None
