"""Writes: one function for each thing that somebody does with an account."""

from fourcorners.accounts.actions.endpoints import (
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    renew_secret,
    send_again,
)
from fourcorners.accounts.actions.keys import make_key, note_key_use, revoke_key
from fourcorners.accounts.actions.links import follow_link, forgot_password, sign_up
from fourcorners.accounts.actions.passkeys import add_passkey, ask_passkey, remove_passkey, sign_in_with_passkey
from fourcorners.accounts.actions.sessions import complete_session, end_other_sessions, end_session, touch_session
from fourcorners.accounts.actions.sign_in import change_password, confirm_identity, sign_in
from fourcorners.accounts.actions.staff import add_staff, change_role, disable_account, enable_account, invite_again

__all__ = [
    "add_endpoint",
    "add_passkey",
    "add_staff",
    "ask_passkey",
    "change_endpoint",
    "change_password",
    "change_role",
    "complete_session",
    "confirm_identity",
    "disable_account",
    "enable_account",
    "end_other_sessions",
    "end_session",
    "follow_link",
    "forgot_password",
    "invite_again",
    "make_key",
    "note_key_use",
    "remove_endpoint",
    "remove_passkey",
    "renew_secret",
    "revoke_key",
    "send_again",
    "sign_in",
    "sign_in_with_passkey",
    "sign_up",
    "touch_session",
]
