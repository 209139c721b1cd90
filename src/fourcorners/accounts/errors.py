"""What accounts decline."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "AccountDisabled",
    "AccountKindFixed",
    "EmailInvalid",
    "EmailTaken",
    "IdempotencyConflict",
    "KeyInvalid",
    "LastAdministrator",
    "LinkSpent",
    "NotAllowed",
    "NotFresh",
    "NotSignedIn",
    "PasskeyRefused",
    "PasswordWeak",
    "ScopeMissing",
    "SignInRefused",
    "SignInThrottled",
    "TooMany",
]


class NotSignedIn(Refusal):
    """Nobody is signed in here, or no longer."""

    code = "not_signed_in"


class SignInRefused(Refusal):
    """E-mail and password, or the passkey, do not belong together. It never says which of them is wrong."""

    code = "sign_in_refused"
    retryable = True


class SignInThrottled(Refusal):
    """Too many attempts for this e-mail or from this address, whether there is such an account or not."""

    code = "sign_in_throttled"
    retryable = True


class NotFresh(Refusal):
    """What guards the account may be changed only shortly after signing in."""

    code = "not_fresh"
    retryable = True


class NotAllowed(Refusal):
    """This person's role does not include that."""

    code = "not_allowed"


class AccountDisabled(Refusal):
    """The account was switched off by an administrator."""

    code = "account_disabled"


class EmailInvalid(Refusal):
    """The text is no e-mail address that we can write to."""

    code = "email_invalid"
    retryable = True


class EmailTaken(Refusal):
    """There is an account with this address. Only administrators are ever told."""

    code = "email_taken"


class PasswordWeak(Refusal):
    """Too short, too long, or among the first that anybody would try; `why` says which."""

    code = "password_weak"
    retryable = True


class LinkSpent(Refusal):
    """The link was used, has run out, or never was one."""

    code = "link_spent"


class PasskeyRefused(Refusal):
    """What the browser sent is not a passkey's answer to what we asked."""

    code = "passkey_refused"
    retryable = True


class KeyInvalid(Refusal):
    """No API key, or one that was revoked or never was one."""

    code = "key_invalid"


class ScopeMissing(Refusal):
    """The API key is good, but not for this; `scope` says what it lacks."""

    code = "scope_missing"


class AccountKindFixed(Refusal):
    """An account is a person's or an institution's, for good (INS15); `holder` says whose it is."""

    code = "account_kind_fixed"


class LastAdministrator(Refusal):
    """Somebody must be left who can manage staff."""

    code = "last_administrator"


class TooMany(Refusal):
    """One account can hold only so many of these."""

    code = "too_many_held"


class IdempotencyConflict(Refusal):
    """The idempotency key was used before, within a day, for another request; nothing was done now."""

    code = "idempotency_conflict"
