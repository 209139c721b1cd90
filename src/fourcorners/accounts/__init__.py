"""Who signs in: people with passwords and passkeys, programs with keys, what each may do, and for how long."""

from fourcorners.accounts.actions.sessions import Further, Opened, Proof, complete_session
from fourcorners.accounts.queries import actor_of, find_session, get_account, get_key, person_of
from fourcorners.accounts.rules import SYSTEM, Actor, Kind, Permission, Role, Scope, can, check_can

__all__ = [
    "SYSTEM",
    "Actor",
    "Further",
    "Kind",
    "Opened",
    "Permission",
    "Proof",
    "Role",
    "Scope",
    "actor_of",
    "can",
    "check_can",
    "complete_session",
    "find_session",
    "get_account",
    "get_key",
    "person_of",
]
