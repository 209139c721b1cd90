"""Where people are led: home after signing in, and the ways in the side of the console (a new page is a line here)."""

from collections.abc import Mapping
from dataclasses import dataclass

from fourcorners.accounts import Actor, Kind, Permission, can
from fourcorners.web.words import Words

__all__ = ["CONSOLE", "HITS", "HOMES", "QUEUE", "Place", "home_of", "places_of"]

HITS, QUEUE = "/console/hits", "/console/queue"

HOMES: dict[Kind, str] = {Kind.STAFF: "/console", Kind.CUSTOMER: "/security"}
"""Where somebody goes who signed in on the way to nowhere in particular."""


@dataclass(frozen=True, slots=True)
class Place:
    """A way in the side of the console: its address, the key of its words, its picture, and who may go there."""

    path: str
    words: str
    icon: str
    permission: Permission | None = None


CONSOLE: tuple[Place, ...] = (
    Place("/console/overview", "accounts.places.overview", "chart", Permission.SEE_CASES),
    Place(QUEUE, "accounts.places.queue", "queue", Permission.SEE_CASES),
    Place(HITS, "accounts.places.hits", "search", Permission.SEE_CASES),
    Place("/console/policy", "accounts.places.policy", "settings", Permission.TRY_POLICY),
    Place("/console/staff", "accounts.staff.title", "people", Permission.MANAGE_STAFF),
    Place("/console/help", "help.editor.title", "paper", Permission.WRITE_HELP),
    Place("/console/keys", "accounts.keys.title", "key", Permission.MANAGE_KEYS),
    Place("/console/webhooks", "api.hooks.title", "mail", Permission.MANAGE_WEBHOOKS),
    Place("/console/api", "api.docs.title", "paper", Permission.MANAGE_KEYS),
    Place("/security", "accounts.security.title", "lock"),
)


def home_of(actor: Actor) -> str:
    """Where they go after signing in."""
    return HOMES[actor.kind] if actor.kind else "/"


def places_of(actor: Actor, words: Words, waiting: Mapping[str, int]) -> list[tuple[str, str, str, int]]:
    """What the side of the console shows to somebody: address, words, picture, and how many wait there."""
    open_to = [place for place in CONSOLE if place.permission is None or can(actor, place.permission)]
    return [(place.path, words(place.words), place.icon, waiting.get(place.path, 0)) for place in open_to]
