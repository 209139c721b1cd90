"""Mails through a real mail server on this machine."""

import socket

import pytest
from aiosmtpd.controller import Controller

from fourcorners.infra.mail import MailFailed, SmtpPost, deliver, list_mails, open_post, write_mail
from fourcorners.infra.settings import Settings

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd"),
]


class Inbox:
    """Keeps what arrives; refuses the address that nobody has."""

    def __init__(self):
        self.kept = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the server's own name
        if address.startswith("nobody"):
            return "550 there is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server's own name
        self.kept.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox():
    """A mail server; `inbox.url` is its address."""
    handler = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.url = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()


def write(floor, to="ana@example.org"):
    with floor.database.write() as db:
        return write_mail(db, owner="app_1", kind="test", to=to, subject="Prüfung", text="Grüße,\nFourcorners").id


def test_a_mail_arrives_once(sqlite_floor, inbox):
    mail = write(sqlite_floor)
    post = SmtpPost(inbox.url, "Fourcorners <no-reply@example.org>")
    for _ in range(2):
        with sqlite_floor.database.write() as db:
            deliver(db, post, mail)
    (arrived,) = inbox.kept
    assert arrived.rcpt_tos == ["ana@example.org"]
    text = arrived.content.decode()
    assert f"Message-ID: <{mail}@fourcorners>" in text
    with sqlite_floor.database.read() as db:
        assert not list_mails(db)[0].shown_only


def test_what_the_server_refuses_is_tried_again(sqlite_floor, inbox):
    mail = write(sqlite_floor, "nobody@example.org")
    with pytest.raises(MailFailed), sqlite_floor.database.write() as db:
        deliver(db, SmtpPost(inbox.url, "no-reply@example.org"), mail)
    with sqlite_floor.database.read() as db:
        assert list_mails(db)[0].sent_at is None


def test_a_server_that_is_not_there_is_a_refusal(sqlite_floor):
    mail = write(sqlite_floor)
    with pytest.raises(MailFailed), sqlite_floor.database.write() as db:
        deliver(db, open_post(Settings(smtp_url="smtp://127.0.0.1:9")), mail)
