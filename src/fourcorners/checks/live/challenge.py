"""A challenge: random steps, bound to a nonce, that a recording made before cannot know."""

from dataclasses import dataclass
from random import Random

from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal

__all__ = ["STEPS", "Challenge", "ChallengeInvalid", "new_challenge", "steps_from"]

NONCE_BITS = 128


class ChallengeInvalid(Refusal):
    """The steps or the policy named do not exist, or none are named."""

    code = "challenge_invalid"


@dataclass(frozen=True, slots=True)
class Challenge:
    """Steps to be done in this order, seen from the person who does them.

    `nonce` names the challenge: whoever issues it keeps it, takes an answer once and not after `valid_s` seconds. The
    path of the dot is drawn from it (see dot_path).
    `shown_s` says when, in seconds of the clip, each step was put on the screen; None where nobody noted it.
    """

    steps: tuple[str, ...]
    nonce: str = ""
    valid_s: float = 0.0
    shown_s: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if not self.steps or set(self.steps) - set(STEPS):
            raise ChallengeInvalid(f"A challenge is made of {', '.join(STEPS)}.", steps=list(self.steps))
        if self.shown_s is not None and (
            len(self.shown_s) != len(self.steps) or list(self.shown_s) != sorted(self.shown_s)
        ):
            raise ChallengeInvalid("Each step is shown once, in order.", steps=list(self.steps))


STEPS: tuple[str, ...] = tuple(load_toml("fourcorners.checks.live", "challenge.toml")["steps"])
"""left, right, up, down, nod, blink, closer, dot."""


def new_challenge(rng: Random, policy: str = "standard") -> Challenge:
    """A random challenge; no step twice in a row. In earnest `rng` is `secrets.SystemRandom()`.

    Raises ChallengeInvalid for an unknown policy.
    """
    policies = load_toml("fourcorners.checks.live", "challenge.toml")["policies"]
    if policy not in policies:
        raise ChallengeInvalid(f"There is no policy {policy}; there are {', '.join(policies)}.", policy=policy)
    rules = policies[policy]
    steps: list[str] = []
    while len(steps) < rules["movements_count"]:
        steps.append(rng.choice([m for m in rules["movements"] if not steps or m != steps[-1]]))
    for other in rng.sample(rules["others"], rules["others_count"]):
        steps.insert(rng.randrange(len(steps) + 1), other)
    return Challenge(tuple(steps), f"{rng.getrandbits(NONCE_BITS):032x}", float(rules["valid_s"]))


def steps_from(text: str) -> tuple[str, ...]:
    """Steps written as `right,left,down,up`. Raises ChallengeInvalid."""
    return Challenge(tuple(part.strip() for part in text.split(",") if part.strip())).steps
