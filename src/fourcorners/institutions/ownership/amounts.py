"""Exact numbers for long chains of shares: no common divisor is looked for until a share is told."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm, log2

__all__ = ["SCALE_BITS_MAX", "Amount", "Scale"]

SCALE_BITS_MAX = 64
"""A common denominator of all shares that is longer than this is not used: it would grow with every step."""
NEAR = 1e-6
"""Logarithms that differ by less do not settle a comparison. In our longest chains they are off by some 1e-9."""
LEAP, LEAPS_MAX = 64, 16
"""A power that is farther than `LEAP` from those known is worked out alone; after so many of them, all between are."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`number / (scale ** power * divisor)`, where `scale` belongs to the graph; not in lowest terms."""

    number: int
    power: int = 0
    divisor: int = 1


class Scale:
    """Arithmetic with amounts over one common denominator of the shares of a graph.

    Fractions look for a common divisor at every step, which takes a chain of n companies about n squared times as long
    as the numbers are. Here a step costs one multiplication, because every share is a whole number over `scale`.
    """

    def __init__(self, shares: set[Fraction]) -> None:
        common = 1
        for share in shares:
            common = lcm(common, share.denominator)
            if common.bit_length() > SCALE_BITS_MAX:
                common = 1
                break
        self.scale = common
        self._powers = [1]
        self._leaps: dict[int, int] = {}

    def times(self, amount: Amount, share: Fraction) -> Amount:
        """A share of an amount."""
        if share == 1:
            return amount
        if self.scale % share.denominator == 0:
            factor = share.numerator * (self.scale // share.denominator)
            return Amount(amount.number * factor, amount.power + 1, amount.divisor)
        return Amount(amount.number * share.numerator, amount.power, amount.divisor * share.denominator)

    def plus(self, a: Amount, b: Amount) -> Amount:
        """The sum of two amounts."""
        if not a.number or not b.number:
            return a if a.number else b
        divisor = a.divisor if a.divisor == b.divisor else lcm(a.divisor, b.divisor)
        power = max(a.power, b.power)
        return Amount(self._over(a, power, divisor) + self._over(b, power, divisor), power, divisor)

    def together(self, amounts: list[Amount]) -> tuple[list[int], int, int]:
        """The amounts as whole numbers over one power of the scale and one divisor."""
        divisor = lcm(*(amount.divisor for amount in amounts))
        power = max(amount.power for amount in amounts)
        return [self._over(amount, power, divisor) for amount in amounts], power, divisor

    def told(self, amount: Amount) -> Fraction:
        """As a fraction in lowest terms."""
        return Fraction(amount.number, self._power(amount.power) * amount.divisor)

    def is_at_least(self, amount: Amount, least: Fraction) -> bool:
        """Whether an amount comes to `least`."""
        # Logarithms settle nearly every comparison, and cost nothing; only what is very near is multiplied out.
        if amount.number > 0 and least > 0:
            told = log2(amount.number) - amount.power * log2(self.scale) - log2(amount.divisor)
            off = told - log2(least)
            if abs(off) > NEAR:
                return off > 0
        whole = self._power(amount.power) * amount.divisor
        return amount.number * least.denominator >= whole * least.numerator

    def roughly(self, amount: Amount) -> float:
        """As a float."""
        return amount.number / (self._power(amount.power) * amount.divisor)

    def _over(self, amount: Amount, power: int, divisor: int) -> int:
        return amount.number * self._power(power - amount.power) * (divisor // amount.divisor)

    def _power(self, exponent: int) -> int:
        if exponent - len(self._powers) > LEAP:
            if exponent in self._leaps:
                return self._leaps[exponent]
            if len(self._leaps) < LEAPS_MAX:
                self._leaps[exponent] = self.scale**exponent
                return self._leaps[exponent]
        while len(self._powers) <= exponent:
            self._powers.append(self._powers[-1] * self.scale)
        return self._powers[exponent]
