"""Colours that everybody can read: contrast, and the tones that follow from a programme's two.

The formulas are those of WCAG 2.2 (relative luminance, contrast ratio). Pure.
"""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass

from pioneers.programmes.rules import Refused

HEX = re.compile(r"#[0-9a-f]{6}")
WHITE, INK = "#ffffff", "#16232b"
GROUND = "#f6f8f7"  # behind cards, in light
DARK_PAPER, DARK_GROUND = "#172125", "#10181b"
DARK_INK = "#e7eef0"
TEXT, SHAPE = 4.5, 3.0  # the least contrast of words, and of borders and marks
DARK_TEXT = 6.0


@dataclass(frozen=True)
class Tokens:
    """The values of design tokens, by their names without the prefix."""

    light: dict[str, str]
    dark: dict[str, str]


def luminance(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1 (white)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` of `one`, the rest of `other`."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def clean(text: str, field: str) -> str:
    """A colour as #rrggbb in small letters; empty stays empty. Raises Refused: colour_shape."""
    typed = text.strip().lower()
    if not typed:
        return ""
    found = typed if typed.startswith("#") else f"#{typed}"
    if re.fullmatch(r"#[0-9a-f]{3}", found):
        found = "#" + "".join(2 * one for one in found[1:])
    if not HEX.fullmatch(found):
        raise Refused("colour_shape", field)
    return found


def check(brand: str, warm: str) -> None:
    """Refuse colours on which or in which words cannot be read.

    The brand carries white words and is itself the colour of links on white and on the ground;
    the second colour marks places and the focus. Raises Refused: colour_contrast.
    """
    for field, colour, least in (("brand", brand, TEXT), ("warm", warm, SHAPE)):
        if not colour:
            continue
        ratio = min(contrast(colour, WHITE), contrast(colour, GROUND))
        if ratio < least:
            raise Refused(
                "colour_contrast",
                field,
                found=f"{ratio:.1f}".replace(".", ","),
                limit=f"{least:.1f}".replace(".", ","),
                proposal=deepened(colour, least),
            )


def deepened(colour: str, least: float) -> str:
    """The same colour, so much darker that it has enough contrast with light backgrounds."""
    return _turned(colour, lambda tone: contrast(tone, GROUND) >= least, darker=True)


def tokens(brand: str, warm: str) -> Tokens:
    """Every token that follows from the two colours; nothing for an empty one."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    if brand:
        light |= _brand_in_light(brand)
        dark |= _brand_in_dark(brand)
    if warm:
        light |= _warm(warm, soft_on=WHITE, words_on=WHITE, darker=True)
        lifted = _turned(warm, lambda tone: contrast(tone, DARK_PAPER) >= TEXT, darker=False)
        dark |= _warm(lifted, soft_on=DARK_PAPER, words_on=DARK_PAPER, darker=False)
    return Tokens(light, dark)


def _brand_in_light(brand: str) -> dict[str, str]:
    soft = _soft(brand, WHITE)
    found = {
        "brand": brand,
        "brand-strong": mix(brand, "#000000", 0.85),
        "brand-soft": soft,
        "on-brand": WHITE,
        "area": soft,
        "mark-b": mix(brand, WHITE, 0.5),
    }
    shades = [mix(brand, WHITE, share) for share in (0.07, 0.2, 0.4, 0.65)]
    return found | _shades([*shades, brand], INK, WHITE)


def _brand_in_dark(brand: str) -> dict[str, str]:
    lifted = _turned(brand, lambda tone: contrast(tone, DARK_PAPER) >= DARK_TEXT, darker=False)
    soft = _soft(lifted, DARK_PAPER)
    found = {
        "brand": lifted,
        "brand-strong": mix(lifted, WHITE, 0.8),
        "brand-soft": soft,
        "on-brand": mix(lifted, "#000000", 0.15),
        "area": soft,
        "mark-b": mix(lifted, DARK_PAPER, 0.5),
    }
    shades = [mix(lifted, DARK_PAPER, share) for share in (0.1, 0.25, 0.45, 0.75)]
    return found | _shades([*shades, lifted], DARK_GROUND, WHITE)


def _warm(warm: str, *, soft_on: str, words_on: str, darker: bool) -> dict[str, str]:
    soft = mix(warm, soft_on, 0.1 if darker else 0.2)

    def reads(tone: str) -> bool:
        return contrast(tone, soft) >= TEXT and contrast(tone, words_on) >= TEXT

    return {"warm": warm, "warm-ink": _turned(warm, reads, darker=darker), "warm-soft": soft}


def _soft(colour: str, paper: str) -> str:
    """As much of the colour in the paper as still lets words in that colour be read on it."""
    for share in (0.12, 0.1, 0.08, 0.06, 0.04, 0.02):
        soft = mix(colour, paper, share)
        if contrast(colour, soft) >= TEXT:
            return soft
    return paper


def _shades(tones: list[str], dark: str, light: str) -> dict[str, str]:
    """Five tones for maps, each with the words that stand out best on it."""
    found = {}
    for number, tone in enumerate(tones, 1):
        readable = [one for one in (dark, light) if contrast(one, tone) >= TEXT]
        found[f"shade-{number}"] = tone
        found[f"on-shade-{number}"] = readable[0] if readable else "#000000"
    return found


def _turned(colour: str, enough: Callable[[str], bool], *, darker: bool) -> str:
    """The first tone of the same hue that is enough, in steps towards black or white."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    tone = colour
    for step in range(101):
        if enough(tone):
            return tone
        nearer = light * (1 - step / 100) if darker else light + (1 - light) * step / 100
        parts = colorsys.hls_to_rgb(hue, nearer, saturation)
        tone = "#" + "".join(f"{round(one * 255):02x}" for one in parts)
    return "#000000" if darker else WHITE
