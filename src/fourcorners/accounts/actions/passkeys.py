"""Passkeys (W3C Web Authentication): a key pair on one's own device, unlocked there: two factors in one."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from fourcorners.accounts.actions.sessions import Further, Opened, Proof, check_fresh, nothing_further, open_session
from fourcorners.accounts.errors import PasskeyRefused, TooMany
from fourcorners.accounts.models import Account, Challenge, Passkey, SignInSession
from fourcorners.accounts.policy import number, span
from fourcorners.accounts.queries import get_account, list_passkeys, person_of
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.canonical import sha256_hex
from fourcorners.kit.ids import new_id

__all__ = ["Party", "add_passkey", "ask_passkey", "remove_passkey", "sign_in_with_passkey"]

SEALED = "passkey"


@dataclass(frozen=True, slots=True)
class Party:
    """To whom a passkey is bound: the host name, and the origin that it must come from."""

    host: str
    origin: str


def ask_passkey(db: WriteSession, party: Party, *, actor: str, session: str | None = None) -> tuple[str, str]:
    """A challenge: its id, and the options for the browser as JSON; to add a passkey in a `session`, else to sign in.

    Raises NotFresh, TooMany.
    """
    db.execute(delete(Challenge).where(Challenge.expires_at <= db.now))
    account = None if session is None else get_account(db, check_fresh(db, session, actor=actor).account)
    options: Any
    if account is None:
        options = generate_authentication_options(
            rp_id=party.host, user_verification=UserVerificationRequirement.REQUIRED
        )
    else:
        held = [key for key, _ in list_passkeys(db, account.id)]
        if len(held) >= number("passkey", "kept_max"):
            raise TooMany("Remove a passkey first.", kept_max=number("passkey", "kept_max"))
        person = person_of(db, account)
        options = generate_registration_options(
            rp_id=party.host,
            rp_name="Fourcorners",
            user_id=account.id.encode(),
            user_name=person.email,
            user_display_name=person.name or person.email,
            exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential) for key in held],
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
    challenge = Challenge(
        id=new_id("cha"),
        account=None if account is None else account.id,
        challenge=options.challenge,
        expires_at=db.now + span("passkey", "ceremony_minutes"),
    )
    db.add(challenge)
    return challenge.id, options_to_json(options)


def add_passkey(
    db: WriteSession, session: str, party: Party, challenge: str, answer: str, *, actor: str, name: str
) -> Passkey:
    """Keep a passkey that a device just made. Raises NotFresh, PasskeyRefused."""
    account = get_account(db, check_fresh(db, session, actor=actor).account)
    asked = _take(db, challenge, account.id)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=asked,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused("The device's answer does not fit. Please try again.") from error
    credential_hash = sha256_hex(made.credential_id)
    if db.scalar(select(func.count()).select_from(Passkey).where(Passkey.credential_hash == credential_hash)):
        raise PasskeyRefused("This passkey is known already.")
    passkey = Passkey(
        id=new_id("pk"),
        account=account.id,
        credential=made.credential_id,
        credential_hash=credential_hash,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        sealed=seal_json(db, account.id, {"name": " ".join(name.split())[:60]}, SEALED),
        created_at=db.now,
    )
    db.add(passkey)
    audit(db, actor=actor, action="passkey.added", subject=passkey.id, owner=account.id)
    return passkey


def sign_in_with_passkey(
    db: WriteSession,
    party: Party,
    challenge: str,
    answer: str,
    proof: Proof,
    further: Further = nothing_further,
    *,
    confirm: str | None = None,
) -> Opened | None:
    """A session; with `confirm`, an open one is only proved again. Raises PasskeyRefused, whatever the cause."""
    asked = _take(db, challenge, None)
    passkey = db.scalar(select(Passkey).where(Passkey.credential_hash == _credential_hash(answer)))
    account = None if passkey is None else db.get(Account, passkey.account)
    if passkey is None or account is None or account.disabled_at is not None:
        raise PasskeyRefused("This passkey does not open an account here.")
    try:
        proved = verify_authentication_response(
            credential=answer,
            expected_challenge=asked,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused("This passkey does not open an account here.") from error
    passkey.sign_count, passkey.used_at = proved.new_sign_count, db.now
    if confirm is None:
        return open_session(db, account, proof, further, actor=account.id)
    session = db.get(SignInSession, confirm)
    if session is None or session.account != account.id:
        raise PasskeyRefused("This passkey does not open an account here.")
    session.proved_at = db.now
    details = {"by": "passkey"}
    audit(db, actor=account.id, action="session.confirmed", subject=session.id, owner=account.id, details=details)
    return None


def remove_passkey(db: WriteSession, session: str, passkey_id: str, *, actor: str) -> None:
    """Forget a passkey. Raises NotFresh, NotFound for one of somebody else."""
    check_fresh(db, session, actor=actor)
    passkey = db.get(Passkey, passkey_id)
    if passkey is None or passkey.account != actor:
        raise NotFound("There is no such passkey.")
    db.delete(passkey)
    audit(db, actor=actor, action="passkey.removed", subject=passkey_id, owner=actor)


def _take(db: WriteSession, challenge_id: str, account: str | None) -> bytes:
    """What was asked, once. Raises PasskeyRefused."""
    challenge = db.get(Challenge, challenge_id, with_for_update=True)
    if challenge is None or challenge.account != account or challenge.expires_at <= db.now:
        raise PasskeyRefused("That took too long. Please try again.")
    asked = challenge.challenge
    db.delete(challenge)
    return asked


def _credential_hash(answer: str) -> str:
    try:
        return sha256_hex(base64url_to_bytes(json.loads(answer)["rawId"]))
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused("What the browser sent is not a passkey's answer.") from error
