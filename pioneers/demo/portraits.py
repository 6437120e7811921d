"""Portraits of people who do not exist, drawn out of a few shapes."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
SIZE = 1200


@dataclass(frozen=True)
class Face:
    """The colours and the hair of somebody."""

    ground: Colour
    coat: Colour
    skin: Colour
    hair: Colour
    cut: str  # long, short, bun, curls


FACES = (
    Face((127, 184, 181), (11, 90, 94), (236, 196, 160), (120, 62, 30), "long"),
    Face((242, 181, 68), (38, 70, 83), (222, 176, 140), (60, 48, 44), "short"),
    Face((146, 205, 174), (163, 54, 10), (163, 112, 78), (36, 28, 28), "bun"),
    Face((163, 190, 205), (31, 122, 77), (240, 204, 176), (176, 176, 172), "curls"),
)


def portrait(number: int) -> bytes:
    """The file of a portrait; each number has its own face, as far as there are faces."""
    face = FACES[number % len(FACES)]
    image = Image.new("RGB", (SIZE, SIZE), face.ground)
    draw = ImageDraw.Draw(image)
    if face.cut == "long":
        draw.rounded_rectangle((380, 330, 820, 860), 210, fill=face.hair)
    draw.rounded_rectangle((528, 660, 672, 880), 60, fill=_darker(face.skin))
    draw.ellipse((230, 810, 970, 1560), fill=face.coat)
    draw.polygon([(528, 815), (672, 815), (600, 930)], fill=_darker(face.skin))
    _disc(draw, 600, 520, 190, face.skin)
    _hair(draw, face)
    for left in (535, 665):
        _disc(draw, left, 535, 14, (40, 40, 44))
    draw.arc((530, 535, 670, 645), 25, 155, fill=(150, 70, 60), width=14)
    small = image.resize((SIZE // 2, SIZE // 2), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "PNG")
    return written.getvalue()


def _hair(draw: ImageDraw.ImageDraw, face: Face) -> None:
    if face.cut == "curls":
        for x, y in ((430, 430), (470, 350), (545, 305), (630, 300), (715, 335), (765, 425)):
            _disc(draw, x, y, 78, face.hair)
        return
    if face.cut == "bun":
        _disc(draw, 600, 270, 92, face.hair)
    draw.pieslice((392, 305, 808, 740), 188, 352, fill=face.hair)


def _disc(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int, fill: Colour) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _darker(colour: Colour) -> Colour:
    red, green, blue = colour
    return red * 9 // 10, green * 9 // 10, blue * 9 // 10
