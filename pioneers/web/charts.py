"""Charts as dataclasses with every position computed; `components/charts.html` draws them.

A `key` is unique on its page: the ids of title and description come from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from pioneers.web.formats import number, percent
from pioneers.web.placing import fit, shade, shade_limits

LABEL_SIZE = 10.0  # drawn at 11: most names are narrower than the safe estimate
TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 64, 46, 3


@dataclass(frozen=True)
class Table:
    """The data of a chart as a table; the first column names the row, the others are figures."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bar:
    """One bar: `value` decides its length, `shown` stands beside it; `fill` is 0 to 4."""

    label: str
    value: int
    shown: str = ""
    note: str = ""
    href: str | None = None
    fill: int = 0


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its length in percent of the longest."""

    bar: Bar
    shown: str
    length: str


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from one zero line."""

    key: str
    title: str
    description: str
    bars: Sequence[DrawnBar]
    table: Table


def bar_chart(
    key: str, title: str, bars: Sequence[Bar], *, unit: str, description: str = ""
) -> BarChart:
    """A funnel or a breakdown, in the order given; `unit` heads the column of the table."""
    longest = max((bar.value for bar in bars), default=0)
    drawn = [
        DrawnBar(bar, bar.shown or number(bar.value), _percentage(bar.value, longest))
        for bar in bars
    ]
    table = Table(("", unit), [(each.bar.label, each.shown) for each in drawn])
    words = description or _bars_in_words(drawn, unit)
    return BarChart(key, title, words, drawn, table)


def _bars_in_words(drawn: Sequence[DrawnBar], unit: str) -> str:
    if not drawn:
        return _("There are no figures yet.")
    most = max(drawn, key=lambda each: each.bar.value)
    return _(
        "%(count)s bars in %(unit)s; the longest is %(label)s with %(value)s.",
        count=number(len(drawn)),
        unit=unit,
        label=most.bar.label,
        value=most.shown,
    )


def _percentage(value: float, whole: float) -> str:
    """A length for an SVG attribute, with a point whatever the language."""
    share = 0.0 if whole <= 0 else min(max(value / whole, 0.0), 1.0)
    return f"{share * 100:.2f}%"


@dataclass(frozen=True)
class Part:
    """One part of a stacked bar; `fill` is 0 to 4 or "quiet"."""

    label: str
    value: int
    shown: str = ""
    fill: str = "0"


@dataclass(frozen=True)
class DrawnPart:
    """A part with its place and length in percent."""

    part: Part
    shown: str
    start: str
    length: str


@dataclass(frozen=True)
class StackedBar:
    """One bar whose parts add up to the whole."""

    key: str
    title: str
    description: str
    parts: Sequence[DrawnPart]
    table: Table


def stacked_bar(
    key: str, title: str, parts: Sequence[Part], *, unit: str, whole: int | None = None
) -> StackedBar:
    """Parts beside each other, as shares of `whole` (their sum by default)."""
    total = max(sum(part.value for part in parts), whole or 0)
    drawn, before = [], 0
    for part in parts:
        place, length = _percentage(before, total), _percentage(part.value, total)
        drawn.append(DrawnPart(part, part.shown or number(part.value), place, length))
        before += part.value
    rows = [
        (each.part.label, each.shown, percent(each.part.value / total) if total else percent(0))
        for each in drawn
    ]
    words = "; ".join(f"{each.part.label}: {each.shown}" for each in drawn)
    return StackedBar(key, title, words, drawn, Table(("", unit, _("Share")), rows))


@dataclass(frozen=True)
class Progress:
    """A value against its target: the bar reaches as far as the larger of the two."""

    key: str
    title: str
    description: str
    length: str
    tick: str | None
    fill: int


def progress(
    key: str, title: str, *, value: int, target: int | None, unit: str, fill: int = 0
) -> Progress:
    """How far `value` is; the tick marks `target` (None or 0: no tick). `fill` 2 is warm."""
    whole = max(value, target or 0)
    if not target:
        words = _("%(value)s %(unit)s, no target.", value=number(value), unit=unit)
        return Progress(key, title, words, _percentage(value, whole), None, fill)
    words = _(
        "%(value)s %(unit)s; the target is %(target)s.",
        value=number(value),
        unit=unit,
        target=number(target),
    )
    return Progress(key, title, words, _percentage(value, whole), _percentage(target, whole), fill)


@dataclass(frozen=True)
class Tile:
    """A place on the map, by column and row from 0; `href` opens its records."""

    name: str
    col: int
    row: int
    value: int
    href: str | None = None


@dataclass(frozen=True)
class DrawnTile:
    """A tile with its position, its shade class (1 to 5) and the name that fits in it."""

    tile: Tile
    x: int
    y: int
    label: str
    shown: str
    shade: int


@dataclass(frozen=True)
class TileMap:
    """The places of a province as equal tiles, each near its neighbours; bars where too narrow."""

    key: str
    title: str
    description: str
    width: int
    height: int
    tile_width: int
    tile_height: int
    tiles: Sequence[DrawnTile]
    legend: Sequence[tuple[int, str]]
    bars: BarChart
    table: Table

    @property
    def linked(self) -> bool:
        """Whether tiles lead somewhere: an image would hide its links from a screen reader."""
        return any(each.tile.href for each in self.tiles)


def tile_map(key: str, title: str, tiles: Sequence[Tile], *, unit: str) -> TileMap:
    """A map of `tiles`; the shade classes hold about equal numbers of places."""
    limits = shade_limits([tile.value for tile in tiles])
    drawn = [_draw_tile(tile, limits) for tile in tiles]
    ranked = sorted(tiles, key=lambda tile: (-tile.value, tile.name))
    bars = bar_chart(
        f"{key}-bars",
        title,
        [Bar(tile.name, tile.value, href=tile.href) for tile in ranked],
        unit=unit,
    )
    columns = 1 + max((tile.col for tile in tiles), default=0)
    rows = 1 + max((tile.row for tile in tiles), default=0)
    return TileMap(
        key=key,
        title=title,
        description=bars.description,
        width=columns * (TILE_WIDTH + TILE_GAP) - TILE_GAP,
        height=rows * (TILE_HEIGHT + TILE_GAP) - TILE_GAP,
        tile_width=TILE_WIDTH,
        tile_height=TILE_HEIGHT,
        tiles=drawn,
        legend=_legend(limits),
        bars=bars,
        table=Table((_("Municipality"), unit), [(t.name, number(t.value)) for t in ranked]),
    )


def _draw_tile(tile: Tile, limits: Sequence[int]) -> DrawnTile:
    return DrawnTile(
        tile=tile,
        x=tile.col * (TILE_WIDTH + TILE_GAP),
        y=tile.row * (TILE_HEIGHT + TILE_GAP),
        label=fit(tile.name, TILE_WIDTH - 4, LABEL_SIZE),
        shown=number(tile.value),
        shade=shade(tile.value, limits),
    )


def _legend(limits: Sequence[int]) -> list[tuple[int, str]]:
    """Each shade class with the values it stands for."""
    lines, lowest = [(1, number(0))], 1
    for limit in limits:
        words = number(limit) if limit == lowest else f"{number(lowest)}–{number(limit)}"
        lines.append((shade(limit, limits), words))
        lowest = limit + 1
    return lines
