"""A company's colour, as day and night can bear it: hue kept, lightness moved until it can be read."""

import math
import re
from dataclasses import dataclass

READABLE = 4.5  # WCAG 2.2 AA for text
HEX = re.compile(r"#[0-9a-f]{6}\Z")
# The papers of the customers' pages, day and night: the ground and what lies upon it (portal.css).
DAY = ("#f9f6f2", "#fffefd")
NIGHT = ("#12100e", "#1b1916")
STEP = 0.005  # of lightness; smaller than an eye sees
DEEPEST, PALEST = 0.18, 0.95  # ink is no colour any more beyond


@dataclass(frozen=True)
class Accent:
    """One colour in one light: as text and as a button, what is written on the button, a wash of it."""

    colour: str
    ink: str
    wash: str


def accents(colour):
    """(by day, by night) for a colour such as "#1d5946"; every pair that is read has 4.5:1 at least."""
    lightness, chroma, hue = oklch(colour)
    chroma = min(chroma, 0.17)
    day_wash, night_wash = _hex(0.945, min(chroma, 0.02), hue), _hex(0.275, min(chroma, 0.028), hue)
    day = _until_readable(min(lightness, 0.56), chroma, hue, -STEP, (*DAY, day_wash))
    night = _until_readable(max(lightness, 0.75), min(chroma, 0.1), hue, STEP, (*NIGHT, night_wash))
    return (
        Accent(day, _hex(0.99, min(chroma, 0.005), hue), day_wash),
        Accent(night, _hex(0.17, min(chroma, 0.03), hue), night_wash),
    )


def contrast(one, other):
    """How much lighter one colour is than the other, 1 to 21, as WCAG counts it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def oklch(colour):
    """(lightness 0 to 1, chroma, hue in degrees) of "#rrggbb"."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _until_readable(lightness, chroma, hue, step, papers):
    while DEEPEST < lightness < PALEST:
        found = _hex(lightness, chroma, hue)
        if all(contrast(found, paper) >= READABLE for paper in papers):
            return found
        lightness += step
    return _hex(lightness, 0, hue)


def _hex(lightness, chroma, hue):
    """The colour; paler in chroma where a screen cannot show it so strong."""
    while True:
        parts = _from_oklch(lightness, chroma, hue)
        if chroma < 0.001 or all(-0.0005 <= part <= 1.0005 for part in parts):
            return "#" + "".join(f"{round(255 * _gamma(min(max(part, 0), 1))):02x}" for part in parts)
        chroma *= 0.94


def _from_oklch(lightness, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _luminance(colour):
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour):
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part):
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
