"""The cumulative line against its targets, drawn twice: for a wide and for a narrow box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _

from pioneers.web.charts import Table
from pioneers.web.formats import day as day_in_words
from pioneers.web.formats import number
from pioneers.web.i18n import language
from pioneers.web.placing import Box, calendar_ticks, nice_ticks, spread, text_width

SIZE = 13.0
LINE = 16.0
TOP, BOTTOM = 16.0, 28.0


@dataclass(frozen=True)
class Point:
    """The value reached at the end of a day."""

    day: date
    value: int


@dataclass(frozen=True)
class Goal:
    """A target: on a `day` (a dot on the dashed path), or without one (a line over the width)."""

    value: int
    label: str
    day: date | None = None


@dataclass(frozen=True)
class Label:
    """A text at its place; `anchor` is start, middle or end; `lead` leads to it from its object."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    kind: str = ""
    lead: str | None = None

    @property
    def box(self) -> Box:
        """The room it takes."""
        width = text_width(self.text, SIZE)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        left = self.x - shift
        return Box(left, self.y - 0.8 * SIZE, left + width, self.y + 0.25 * SIZE)


@dataclass(frozen=True)
class Drawing:
    """The line chart in one box: paths, dots and labels in the units of its viewBox."""

    name: str
    width: int
    height: int
    left: float
    right: float
    grid: Sequence[float]
    area: str
    curve: str
    end: tuple[float, float]
    goal_lines: Sequence[float]
    goal_path: str
    goal_dots: Sequence[tuple[float, float]]
    labels: Sequence[Label]


@dataclass(frozen=True)
class LineChart:
    """A cumulative line; `drawings` is empty when there is nothing to draw yet."""

    key: str
    title: str
    description: str
    drawings: Sequence[Drawing]
    table: Table
    goals: Table


def line_chart(
    key: str, title: str, points: Sequence[Point], goals: Sequence[Goal] = (), *, unit: str
) -> LineChart:
    """`points` in order of day, cumulative; `goals` in any order."""
    drawings = (
        [
            _Sketch("wide", 680, 280, points, goals).draw(),
            _Sketch("small", 300, 240, points, goals).draw(),
        ]
        if points
        else []
    )
    rows = [(day_in_words(point.day), number(point.value)) for point in points]
    goal_rows = [
        (goal.label, day_in_words(goal.day) if goal.day else "", number(goal.value))
        for goal in goals
    ]
    return LineChart(
        key,
        title,
        _in_words(points, goals, unit),
        drawings,
        Table((_("Day"), unit), rows),
        Table((_("Target"), _("Day"), unit), goal_rows),
    )


def _in_words(points: Sequence[Point], goals: Sequence[Goal], unit: str) -> str:
    if not points:
        return _("There are no figures yet.")
    words = _(
        "From %(first)s on %(first_day)s to %(last)s %(unit)s on %(last_day)s.",
        first=number(points[0].value),
        first_day=day_in_words(points[0].day),
        last=number(points[-1].value),
        last_day=day_in_words(points[-1].day),
        unit=unit,
    )
    return " ".join([words, *(f"{goal.label}." for goal in goals)])


class _Sketch:
    """The scales of one drawing, and the parts drawn to them."""

    def __init__(
        self, name: str, width: int, height: int, points: Sequence[Point], goals: Sequence[Goal]
    ) -> None:
        self.name, self.width, self.height = name, width, height
        self.points = points
        self.level = [goal for goal in goals if goal.day is None]
        self.dated = sorted(
            (goal for goal in goals if goal.day is not None), key=lambda goal: goal.day or date.min
        )
        days = [point.day for point in points] + [goal.day for goal in goals if goal.day]
        self.first, self.last = min(days), max(days)
        highest = max([point.value for point in points] + [goal.value for goal in goals])
        self.ticks = nice_ticks(highest, 4 if name == "wide" else 3)
        self.left = 8 + max(text_width(number(tick), SIZE) for tick in self.ticks)
        gutter = [number(points[-1].value), *(goal.label for goal in self.level)]
        self.right = width - 12 - max(text_width(text, SIZE) for text in gutter)
        self.floor = height - BOTTOM

    def x(self, day: date) -> float:
        """The place of a day."""
        days = max(1, (self.last - self.first).days)
        return round(self.left + (day - self.first).days / days * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        """The place of a value."""
        return round(self.floor - value / self.ticks[-1] * (self.floor - TOP), 1)

    def draw(self) -> Drawing:
        """Everything at its place."""
        curve = [(self.x(point.day), self.y(point.value)) for point in self.points]
        dots = [(self.x(goal.day), self.y(goal.value)) for goal in self.dated if goal.day]
        ground = f"L{curve[-1][0]} {self.floor}L{curve[0][0]} {self.floor}Z"
        labels = [*self.axis_labels(), *self.gutter_labels(curve[-1])]
        labels += self.dot_labels(dots, labels)
        return Drawing(
            name=self.name,
            width=self.width,
            height=self.height,
            left=round(self.left, 1),
            right=round(self.right, 1),
            grid=[self.y(tick) for tick in self.ticks],
            area=_path(curve) + ground,
            curve=_path(curve),
            end=curve[-1],
            goal_lines=[self.y(goal.value) for goal in self.level],
            goal_path=_path(dots) if len(dots) > 1 else "",
            goal_dots=dots,
            labels=labels,
        )

    def axis_labels(self) -> list[Label]:
        """Values at the left; years or months below, as many as there is room for."""
        labels = [
            Label(number(tick), round(self.left - 8, 1), self.y(tick) + 4, "end")
            for tick in self.ticks
        ]
        taken = 0.0
        for day, names_year in calendar_ticks(self.first, self.last):
            pattern = "y" if names_year else "MMM"
            text = format_date(day, pattern, locale=language())
            label = Label(text, self.x(day), self.height - 6.0, "middle")
            if label.box.left >= taken and label.box.right <= self.width:
                labels.append(label)
                taken = label.box.right + 8
        return labels

    def gutter_labels(self, end: tuple[float, float]) -> list[Label]:
        """The last value and the targets, right of the plot, apart from each other."""
        texts = [(number(self.points[-1].value), end[1], "strong")]
        texts += [(goal.label, self.y(goal.value), "goal-label") for goal in self.level]
        places = spread([y for _text, y, _kind in texts], LINE, TOP - 4, self.floor)
        x = round(self.right + 10, 1)
        return [
            Label(text, x, round(place + 4, 1), "start", kind, self.lead(wanted, place))
            for (text, wanted, kind), place in zip(texts, places, strict=True)
        ]

    def lead(self, wanted: float, place: float) -> str | None:
        """A thin line to a label that had to move away from what it names."""
        if abs(wanted - place) < 5:
            return None
        return f"M{self.right:.1f} {wanted:.1f}L{self.right + 8:.1f} {place:.1f}"

    def dot_labels(
        self, dots: Sequence[tuple[float, float]], others: Sequence[Label]
    ) -> list[Label]:
        """The value beside each dated target, last first, where it touches no other label."""
        placed: list[Label] = []
        for goal, (x, y) in reversed(list(zip(self.dated, dots, strict=True))):
            text = number(goal.value)
            tries = (
                Label(text, x, y - 9, "middle", "goal-label"),
                Label(text, x, y + 20, "middle", "goal-label"),
                Label(text, x - 8, y + 4, "end", "goal-label"),
            )
            free = [each for each in tries if self.is_free(each, [*others, *placed])]
            # A target's own line through the number would strike it out.
            placed += sorted(free, key=self.is_crossed)[:1]
        return placed

    def is_crossed(self, label: Label) -> bool:
        """Whether the line of a target runs through `label`."""
        box = label.box
        return any(box.top < self.y(goal.value) < box.bottom for goal in self.level)

    def is_free(self, label: Label, others: Sequence[Label]) -> bool:
        """Whether `label` lies within the plot and touches none of `others`."""
        box = label.box
        inside = box.left >= self.left and box.bottom <= self.floor and box.top >= 0
        return inside and not any(box.touches(other.box) for other in others)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in places) if places else ""
