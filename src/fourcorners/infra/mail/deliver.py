"""Delivery: by SMTP where the operator set a server, else by the Null twin, which keeps the mail to be looked at."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail.models import Mail
from fourcorners.infra.sealing import open_json
from fourcorners.infra.settings import Settings
from fourcorners.kit.errors import Refusal

__all__ = ["SEALED", "Letter", "MailFailed", "NullPost", "Post", "SmtpPost", "deliver", "open_post"]

SEALED = "mail"
TIMEOUT_S = 20


class MailFailed(Refusal):
    """The mail server did not take the mail; it is tried again."""

    code = "mail_failed"
    retryable = True


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `message_id` is the mail's own id, so that a mail that is sent twice can be told as one."""

    message_id: str
    to: str
    subject: str
    text: str


class Post(Protocol):
    """Whoever takes letters away. `shows_only` is true for the Null twin."""

    shows_only: bool

    def take(self, letter: Letter) -> None:
        """Send it. Raises MailFailed."""


class NullPost:
    """Sends nothing: the mail stays in its table, where the demo's page shows it."""

    shows_only = True

    def take(self, letter: Letter) -> None:
        """Nothing is sent."""


class SmtpPost:
    """A real mail server."""

    shows_only = False

    def __init__(self, url: str, sender: str) -> None:
        self.server = urlsplit(url)
        self.sender = sender

    def take(self, letter: Letter) -> None:
        """Send it, with TLS for `smtps` and STARTTLS where the server offers it. Raises MailFailed."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Message-ID"] = f"<{letter.message_id}@fourcorners>"
        message.set_content(letter.text)
        host = self.server.hostname or "localhost"
        try:
            with self._connect(host) as smtp:
                if self.server.scheme == "smtp" and smtp.has_extn("starttls"):
                    smtp.starttls(context=ssl.create_default_context())
                    smtp.ehlo()
                if self.server.username:
                    smtp.login(unquote(self.server.username), unquote(self.server.password or ""))
                smtp.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed("The mail server did not take the mail.", server=host) from error

    def _connect(self, host: str) -> smtplib.SMTP:
        if self.server.scheme == "smtps":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, self.server.port or 465, timeout=TIMEOUT_S, context=context)
        else:
            smtp = smtplib.SMTP(host, self.server.port or 25, timeout=TIMEOUT_S)
        smtp.ehlo()
        return smtp


def open_post(settings: Settings) -> Post:
    """SMTP if a server is set, else the Null twin."""
    url = settings.smtp_url.get_secret_value()
    return SmtpPost(url, settings.mail_from) if url else NullPost()


def deliver(db: WriteSession, post: Post, mail_id: str) -> None:
    """Send one mail, unless it has been. Raises MailFailed (try again later), KeyDestroyed."""
    mail = db.get(Mail, mail_id, with_for_update=True)
    if mail is None or mail.sent_at is not None:
        return
    letter = open_json(db, mail.owner, mail.sealed, SEALED)
    post.take(Letter(mail.id, letter["to"], letter["subject"], letter["text"]))
    mail.sent_at, mail.shown_only = db.now, post.shows_only
