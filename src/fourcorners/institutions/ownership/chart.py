"""A graph of owners as a drawing (SVG): layers from the people at the top down to the institution, no script in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from fourcorners.kit.data import load_toml

from .model import Edge, EdgeKind, Graph, NodeKind
from .reading import share_text
from .tangles import reaching

__all__ = ["draw_chart"]

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 180, 54, 26, 78, 56
ACROSS_MAX = 12
"""Boxes in one row; a layer with more takes several rows."""
SWEEPS = 8
LINE_CHARACTERS, NOTE_CHARACTERS = 22, 30
"""What fits into a box: a longer name is cut, a longer note below it drawn closer."""

_FILLS = {
    NodeKind.PERSON: ("#e8f1fb", "#1d4f8c"),
    NodeKind.ENTITY: ("#f4f4f1", "#4a4a45"),
    NodeKind.ARRANGEMENT: ("#f6edfa", "#6b3a86"),
    NodeKind.STATE: ("#fdf3e0", "#8a5a00"),
}
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8Z" fill="#555"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class _Placed:
    x: float
    y: float
    row: int


def draw_chart(graph: Graph, subject: str, *, owners: Iterable[str] = (), locale: str = "en") -> str:
    """The chart of everybody above the subject, `owners` with a bold frame, in the words of a locale.

    The same graph gives the same bytes.
    """
    words = _words(locale)
    graph.node(subject)
    held_by = {key: sorted({edge.holder for edge in edges}) for key, edges in graph.held.items()}
    shown = reaching(held_by, subject)
    rows = _rows(graph, subject, shown, held_by)
    placed = {
        node: _Placed(MARGIN + column * (BOX_WIDTH + GAP_X), MARGIN + row * (BOX_HEIGHT + GAP_Y), row)
        for row, nodes in enumerate(rows)
        for column, node in _centred(nodes, max(map(len, rows)))
    }
    width = 2 * MARGIN + max(map(len, rows)) * (BOX_WIDTH + GAP_X) - GAP_X
    height = 2 * MARGIN + len(rows) * (BOX_HEIGHT + GAP_Y) - GAP_Y
    marked = set(owners)
    name = graph.nodes[subject].name or subject
    people = sum(graph.nodes[node].kind is NodeKind.PERSON for node in shown)
    counts = words["drawn"].format(boxes=len(shown), rows=len(rows), people=people)
    described = " ".join([counts, *(_sentence(graph, edge, words) for edge in _edges(graph, shown))])
    return "\n".join(
        [
            _opening(width, height, words),
            f'<title id="chart-title">{escape(words["title"].format(name=name))}</title>',
            f'<desc id="chart-desc">{escape(described)}</desc>',
            _TIP,
            f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
            *_lines(graph, shown, placed, words),
            *(_box(graph, node, place, subject, marked, words) for node, place in sorted(placed.items())),
            "</svg>\n",
        ]
    )


def _opening(width: float, height: float, words: Mapping[str, str]) -> str:
    direction = ' direction="rtl"' if words["direction"] == "rtl" else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-labelledby="chart-title chart-desc" '
        f'font-family="system-ui, sans-serif" font-size="12"{direction}>'
    )


def _edges(graph: Graph, shown: set[str]) -> list[Edge]:
    return [edge for key in sorted(shown) for edge in graph.held.get(key, ()) if edge.holder in shown]


def _rows(graph: Graph, subject: str, shown: set[str], held_by: Mapping[str, list[str]]) -> list[list[str]]:
    """Nodes by row, the subject at the bottom: everybody one row above the highest of what they hold.

    A holding that leads back up (from somebody nearer the subject to somebody farther) does not count for the rows: it
    is what closes a circle. Within rows nodes stand near the middle of what they are joined to.
    """
    away = {subject: 0}
    pending = [subject]
    for held in pending:
        for holder in held_by.get(held, ()):
            if holder not in away:
                away[holder] = away[held] + 1
                pending.append(holder)
    down = {n: {e.owned: 1 for e in graph.holding.get(n, ()) if e.owned in shown} for n in sorted(shown)}
    level: dict[str, int] = {}
    for node in sorted(shown, key=lambda n: (not held_by.get(n), away[n], n)):  # the unheld close no circle
        level[node] = max((level[held] + 1 for held in down[node] if held in level), default=0)
    layers: list[list[str]] = [[] for _ in range(max(level.values()) + 1)]
    for node in sorted(shown, key=lambda n: (graph.nodes[n].name, n)):
        layers[level[node]].append(node)
    ordered = _untangled([layer for layer in layers if layer], down, held_by)
    return [row for layer in reversed(ordered) for row in _split(layer)]


def _untangled(
    layers: list[list[str]], down: Mapping[str, Iterable[str]], up: Mapping[str, list[str]]
) -> list[list[str]]:
    """Rows ordered by the mean place of neighbours, downwards and upwards in turn (Sugiyama 1981)."""
    for sweep in range(SWEEPS):
        place = {node: (i + 0.5) / len(layer) for layer in layers for i, node in enumerate(layer)}
        neighbours = down if sweep % 2 == 0 else up
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            layer.sort(key=lambda node, near=neighbours, at=place: _mean(near.get(node, ()), at, node))  # type: ignore[misc]
            place.update({node: (i + 0.5) / len(layer) for i, node in enumerate(layer)})
    return layers


def _mean(near: Iterable[str], place: Mapping[str, float], node: str) -> float:
    found = [place[other] for other in near if other in place and other != node]
    return sum(found) / len(found) if found else place[node]


def _split(layer: list[str]) -> list[list[str]]:
    rows = -(-len(layer) // ACROSS_MAX)
    size = -(-len(layer) // rows)
    return [layer[start : start + size] for start in range(0, len(layer), size)]


def _centred(nodes: list[str], most: int) -> list[tuple[float, str]]:
    return [(column + (most - len(nodes)) / 2, node) for column, node in enumerate(nodes)]


def _lines(graph: Graph, shown: set[str], placed: Mapping[str, _Placed], words: Mapping[str, str]) -> list[str]:
    """One line for each pair, with what stands on it; those that do not lead down are curved at the side."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in _edges(graph, shown):
        pairs.setdefault((edge.holder, edge.owned), []).append(edge)
    lines, labels = [], []
    for number, ((holder, held), edges) in enumerate(pairs.items()):
        a, b = placed[holder], placed[held]
        x1, x2 = a.x + BOX_WIDTH / 2, b.x + BOX_WIDTH / 2
        dashes = "" if any(edge.share is not None for edge in edges) else ' stroke-dasharray="5 4"'
        at = (0.24, 0.36, 0.48)[number % 3]  # labels of lines side by side stand at different heights
        if b.row > a.row:
            y1, y2 = a.y + BOX_HEIGHT, b.y - 2
            path = f"M{x1:g} {y1:g} L{x2:g} {y2:g}"
            near = min(at, at * (BOX_HEIGHT + GAP_Y) / (y2 - y1))
            x, y = x1 + (x2 - x1) * near, y1 + (y2 - y1) * near
        else:
            side = 44
            y1, y2 = a.y + BOX_HEIGHT / 2, b.y + BOX_HEIGHT / 2
            start, end = (a.x + BOX_WIDTH, b.x + BOX_WIDTH + 2) if x1 <= x2 else (a.x, b.x - 2)
            bend = side if x1 <= x2 else -side
            path = f"M{start:g} {y1:g} C{start + bend:g} {y1 - 12:g} {end + bend:g} {y2 + 12:g} {end:g} {y2:g}"
            x, y = (start + end) / 2 + bend * 0.75, (y1 + y2) / 2
        lines.append(f'<path d="{path}" fill="none" stroke="#777" marker-end="url(#tip)"{dashes}/>')
        labels.append(_label(x, y, _said(edges, words)))
    return lines + labels


def _label(x: float, y: float, text: str) -> str:
    wide = 6.2 * len(text) + 6
    return (
        f'<rect x="{x - wide / 2:.1f}" y="{y - 8:.1f}" width="{wide:.1f}" height="16" rx="3" fill="#fff" opacity=".9"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11" fill="#222">{escape(text)}</text>'
    )


def _said(edges: list[Edge], words: Mapping[str, str]) -> str:
    said = []
    for edge in edges:
        what = "" if edge.kind is EdgeKind.SHARES else words[edge.kind.value]
        amount = share_text(edge.share, 2).rsplit("= ", 1)[-1] if edge.share is not None else ""
        word = f"{amount} {what}".strip()
        marks = (("bearer", edge.bearer), ("nominee", bool(edge.held_for)))
        said.append(word + "".join(f" ({words[key]})" for key, holds in marks if holds))
    return ", ".join(said)


def _sentence(graph: Graph, edge: Edge, words: Mapping[str, str]) -> str:
    names = [graph.nodes[end].name or end for end in (edge.holder, edge.owned)]
    return words["sentence"].format(holder=names[0], held=_said([edge], words), owned=names[1])


def _box(graph: Graph, node: str, place: _Placed, subject: str, owners: set[str], words: Mapping[str, str]) -> str:
    about = graph.nodes[node]
    fill, line = _FILLS[about.kind]
    thick = 3 if node in owners or node == subject else 1.2
    told = [
        words[about.kind.value],
        about.country,
        words["listed"] if about.listed else "",
        words["widely_held"] if about.widely_held else "",
    ]
    notes = " · ".join(filter(None, [*told, words["owner"] if node in owners else ""]))
    name = about.name or about.id
    short = name if len(name) <= LINE_CHARACTERS else name[: LINE_CHARACTERS - 1] + "…"
    radius = BOX_HEIGHT / 2 if about.kind is NodeKind.PERSON else 4
    middle = place.x + BOX_WIDTH / 2
    close = f' textLength="{BOX_WIDTH - 20}" lengthAdjust="spacingAndGlyphs"' if len(notes) > NOTE_CHARACTERS else ""
    return (
        f'<g><title>{escape(name)}</title><rect x="{place.x:g}" y="{place.y:g}" width="{BOX_WIDTH}" '
        f'height="{BOX_HEIGHT}" rx="{radius:g}" fill="{fill}" stroke="{line}" stroke-width="{thick:g}"/>'
        f'<text x="{middle:g}" y="{place.y + 23:g}" text-anchor="middle" fill="#111">{escape(short)}</text>'
        f'<text x="{middle:g}" y="{place.y + 40:g}" text-anchor="middle" font-size="10" fill="{line}"{close}>'
        f"{escape(notes)}"
        "</text></g>"
    )


def _words(locale: str) -> Mapping[str, str]:
    """The words of `chart.toml`: English where a locale has none."""
    table: Mapping[str, Mapping[str, str]] = load_toml("fourcorners.institutions.ownership", "chart.toml")
    return {**table["en"], **table.get(locale, {})}
