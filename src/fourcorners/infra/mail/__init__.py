"""Mails: written with the transaction that causes them, sealed, and delivered afterwards by durable work."""

from fourcorners.infra.mail.deliver import Letter, MailFailed, NullPost, Post, SmtpPost, deliver, open_post
from fourcorners.infra.mail.models import Mail
from fourcorners.infra.mail.write import list_mails, read_mail, write_mail

__all__ = [
    "Letter",
    "Mail",
    "MailFailed",
    "NullPost",
    "Post",
    "SmtpPost",
    "deliver",
    "list_mails",
    "open_post",
    "read_mail",
    "write_mail",
]
