"""Calls and text messages: written with the transaction that causes them, sealed, and placed by durable work."""

from fourcorners.infra.phone.deliver import HttpLine, Line, NullLine, PhoneFailed, Saying, deliver, open_line
from fourcorners.infra.phone.models import PhoneMessage
from fourcorners.infra.phone.write import list_phone_messages, read_phone_message, write_phone_message

__all__ = [
    "HttpLine",
    "Line",
    "NullLine",
    "PhoneFailed",
    "PhoneMessage",
    "Saying",
    "deliver",
    "list_phone_messages",
    "open_line",
    "read_phone_message",
    "write_phone_message",
]
