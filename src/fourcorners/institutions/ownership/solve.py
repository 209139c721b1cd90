"""How much of an institution everybody holds in the end, exactly, whatever circles there are.

The share of i in the subject t is r(i) = w(i, t) + sum over j of w(i, j) r(j): the products of all chains, added up
(Regulation (EU) 2024/1624, article 52). Where holders hold each other, chains go round for ever and the sum is a
geometric series; its value is the smallest solution of the same equations. They are solved tangle by tangle, held ones
first, so that only the nodes of one tangle are ever in one system.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from .amounts import Amount, Scale
from .errors import SharesExceedWhole
from .shares import Shares
from .tangles import reaching, tangles

__all__ = ["Holdings", "indirect_shares", "loop_weight", "relevant", "solved", "totals"]

Holdings = Mapping[str, Mapping[str, Fraction]]
"""What each holder holds directly: holder -> held -> share; no share is 0."""

ONE, NOTHING = Amount(1), Amount(0)


def totals(holdings: Holdings) -> dict[str, Fraction]:
    """What is held directly of each that anybody holds."""
    found: dict[str, Fraction] = {}
    for held in holdings.values():
        for target, share in held.items():
            found[target] = found[target] + share if target in found else share
    return found


def relevant(
    holdings: Holdings, subject: str, together: Mapping[str, Fraction] | None = None
) -> dict[str, dict[str, Fraction]]:
    """Only what counts for the subject: chains that end there and begin with somebody who is not wholly held.

    A closed circle, whose members hold the whole of each other, belongs to nobody: no chain from outside enters it, and
    the series inside has no end. `together` are the `totals` of the holdings, if known.
    """
    held_by: dict[str, list[str]] = {}
    for holder, held in holdings.items():
        for target in held:
            held_by.setdefault(target, []).append(holder)
    above = reaching(held_by, subject)
    whole = totals(holdings) if together is None else together
    tops = [node for node in above if whole.get(node, 0) != 1]
    below: set[str] = set()
    for top in tops:
        below |= _below(holdings, top, below)
    kept = above & below
    return {
        holder: {target: share for target, share in holdings[holder].items() if target in kept}
        for holder in kept
        if holder in holdings
    }


def indirect_shares(holdings: Holdings, subject: str) -> Shares:
    """The share of each holder in the subject, direct and indirect; those whom no chain joins to it are absent."""
    return solved(relevant(holdings, subject), subject)


def solved(weights: Holdings, subject: str) -> Shares:
    """The same from what is `relevant` already."""
    scale = Scale({share for held in weights.values() for share in held.values()})
    found: dict[str, Amount] = {}
    nodes = {subject, *weights, *(target for held in weights.values() for target in held)}
    for part in tangles(weights, sorted(nodes)):
        if len(part) == 1 and part[0] not in weights.get(part[0], {}):
            found[part[0]] = _outward(part[0], weights, found, scale, subject)
        else:
            _solve_tangle(sorted(part), weights, found, scale, subject)
    found.pop(subject, None)
    return Shares(found, scale)


def loop_weight(holdings: Holdings, node: str, avoided: Iterable[str]) -> Fraction:
    """What of a node comes back to it round circles that touch none of the `avoided`: l in the series 1/(1 - l).

    It is the sum over all chains that leave the node and return once.
    """
    shunned = {*avoided, node}
    opened = {
        holder: {
            _AGAIN if target == node else target: share
            for target, share in held.items()
            if target == node or target not in shunned
        }
        for holder, held in holdings.items()
        if holder == node or holder not in shunned
    }
    return indirect_shares(opened, _AGAIN).get(node, Fraction(0))


_AGAIN = "\0the same node, come back to"


def _below(holdings: Holdings, top: str, seen: set[str]) -> set[str]:
    found, pending = {top}, [top]
    while pending:
        for held in holdings.get(pending.pop(), ()):
            if held not in found and held not in seen:
                found.add(held)
                pending.append(held)
    return found


def _outward(node: str, weights: Holdings, found: Mapping[str, Amount], scale: Scale, subject: str) -> Amount:
    """What a node holds through those already worked out; of the subject itself the whole."""
    total = NOTHING
    for held, share in weights.get(node, {}).items():
        if held == subject:
            total = scale.plus(total, scale.times(ONE, share))
        if held in found:
            total = scale.plus(total, scale.times(found[held], share))
    return total


def _solve_tangle(part: list[str], weights: Holdings, found: dict[str, Amount], scale: Scale, subject: str) -> None:
    """Nodes with one holder or one holding are put into their neighbours; the rest is solved densely.

    Long circles are thus as cheap as chains, and what is left is small.
    """
    inside = set(part)
    known = {node: _outward(node, weights, found, scale, subject) for node in part}
    rows = {
        node: {held: scale.times(ONE, share) for held, share in weights[node].items() if held in inside}
        for node in part
    }
    columns: dict[str, set[str]] = {node: set() for node in part}
    for node, row in rows.items():
        for held in row:
            columns[held].add(node)
    removed = _contract(rows, columns, known, scale)
    core = [node for node in part if node in rows]
    found.update(_solve_densely(core, rows, known, scale))
    for node, row, constant in reversed(removed):
        total = constant
        for held, share in row.items():
            total = scale.plus(total, _product(share, found[held]))
        found[node] = total


def _contract(
    rows: dict[str, dict[str, Amount]], columns: dict[str, set[str]], known: dict[str, Amount], scale: Scale
) -> list[tuple[str, dict[str, Amount], Amount]]:
    """Take out nodes while that adds no entry to the system; returns each with its equation, in order."""
    removed = []
    pending = sorted(rows, reverse=True)
    while pending and len(rows) > 1:
        node = pending.pop()
        if node not in rows or node in rows[node] or min(len(rows[node]), len(columns[node])) > 1:
            continue
        row = rows.pop(node)
        for held in row:
            columns[held].discard(node)
        for holder in columns.pop(node):
            share = rows[holder].pop(node)
            known[holder] = scale.plus(known[holder], _product(share, known[node]))
            for held, further in row.items():
                rows[holder][held] = scale.plus(rows[holder].get(held, NOTHING), _product(share, further))
                columns[held].add(holder)
            pending.append(holder)
        pending += list(row)
        removed.append((node, row, known[node]))
    return removed


def _product(a: Amount, b: Amount) -> Amount:
    return Amount(a.number * b.number, a.power + b.power, a.divisor * b.divisor)


def _solve_densely(
    core: list[str], rows: Mapping[str, Mapping[str, Amount]], known: Mapping[str, Amount], scale: Scale
) -> dict[str, Amount]:
    """(1 - w) r = b by elimination in whole numbers (Bareiss 1968): every division leaves no remainder."""
    size = len(core)
    place = {node: i for i, node in enumerate(core)}
    matrix = []
    for i, node in enumerate(core):
        entries = [NOTHING] * size
        for held, share in rows[node].items():
            entries[place[held]] = share
        numbers, _, _ = scale.together([*entries, ONE])
        line = [-number for number in numbers[:-1]]
        line[i] += numbers[-1]
        matrix.append((line, _product(known[node], Amount(numbers[-1]))))  # both sides times the denominator
    constants, power, divisor = scale.together([constant for _, constant in matrix])
    system = [[*line, constant] for (line, _), constant in zip(matrix, constants, strict=True)]
    determinant, solution = _bareiss(system, core)
    return {node: Amount(number, power, divisor * determinant) for node, number in zip(core, solution, strict=True)}


def _bareiss(system: list[list[int]], core: list[str]) -> tuple[int, list[int]]:
    """The determinant (made positive) and the solution times it, of a square system with its right side."""
    size, previous = len(system), 1
    for k in range(size):
        pivot_row = next((i for i in range(k, size) if system[i][k]), None)
        if pivot_row is None:
            raise _over_whole(core)
        if pivot_row != k:
            system[k], system[pivot_row] = system[pivot_row], [-x for x in system[k]]
        pivot, base = system[k][k], system[k]
        for i in range(k + 1, size):
            line, factor = system[i], system[i][k]
            if factor:
                system[i] = [0] * (k + 1) + [
                    (line[j] * pivot - factor * base[j]) // previous for j in range(k + 1, size + 1)
                ]
            else:
                system[i] = [0] * (k + 1) + [line[j] * pivot // previous for j in range(k + 1, size + 1)]
        previous = pivot
    determinant = previous
    solution = [0] * size
    for i in range(size - 1, -1, -1):
        line = system[i]
        rest = line[size] * determinant - sum(line[j] * solution[j] for j in range(i + 1, size))
        solution[i] = rest // line[i]
    if determinant < 0:
        determinant, solution = -determinant, [-x for x in solution]
    if min(solution) < 0 or (size and not any(solution)):
        raise _over_whole(core)
    return determinant, solution


def _over_whole(core: list[str]) -> SharesExceedWhole:
    """No smallest solution: with entries that are not negative, the series diverges (Perron and Frobenius)."""
    return SharesExceedWhole("These hold more of each other than there is: " + ", ".join(core[:10]) + ".", nodes=core)
