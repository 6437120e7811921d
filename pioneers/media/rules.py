"""What is taken for a photo, and which square of it is shown. Pure."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
MOST_BYTES = 12 * MEGABYTE
MOST_PIXELS = 50_000_000  # what a telephone of today takes; more is asked of a printer
LEAST_SIDE = 320
LARGE, SMALL = 1600, 480  # the longest side, and the side of the square
ZOOMS = (100, 400)  # percent: the largest square that fits, and a quarter of it
MIDDLE = 50
ALT = 200

# How a file begins, for those that people send and that we do not take.
BEGINNINGS: tuple[tuple[bytes, int, str], ...] = (
    (b"GIF8", 0, "GIF"),
    (b"WEBP", 8, "WebP"),
    (b"ftypheic", 4, "HEIC"),
    (b"ftypheix", 4, "HEIC"),
    (b"ftypmif1", 4, "HEIC"),
    (b"ftypmsf1", 4, "HEIC"),
    (b"ftypavif", 4, "AVIF"),
    (b"II*\x00", 0, "TIFF"),
    (b"MM\x00*", 0, "TIFF"),
    (b"BM", 0, "BMP"),
    (b"%PDF", 0, "PDF"),
)


class PhotoRefused(Exception):
    """A file that is no photo for us. Codes: photo_missing, photo_bytes, photo_none,
    photo_format, photo_pixels, photo_small, photo_broken; crop_range for a part of one.

    `field` says where it belongs, `params` what to name; labels.said has the words.
    """

    def __init__(self, code: str, field: str = "photo", **params: object) -> None:
        super().__init__(code)
        self.code, self.field, self.params = code, field, params


@dataclass(frozen=True)
class Crop:
    """The square of a photo: where its middle lies, in percent of the room that it has to move,
    and how much closer than the largest square that fits."""

    x: int = MIDDLE
    y: int = MIDDLE
    zoom: int = ZOOMS[0]

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 100 and 0 <= self.y <= 100):
            raise PhotoRefused("crop_range", "x")
        if not ZOOMS[0] <= self.zoom <= ZOOMS[1]:
            raise PhotoRefused("crop_range", "zoom")

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the square within `width` by `height` pixels."""
        side = max(1, min(width, height) * 100 // self.zoom)
        left = round((width - side) * self.x / 100)
        top = round((height - side) * self.y / 100)
        return left, top, left + side, top + side


def check_bytes(size: int) -> None:
    """Refuse nothing at all, and what is too much to send."""
    if size == 0:
        raise PhotoRefused("photo_missing")
    if size > MOST_BYTES:
        raise PhotoRefused("photo_bytes", limit=MOST_BYTES // MEGABYTE)


def check_pixels(width: int, height: int) -> None:
    """Refuse what takes too much memory to open, before it is opened, and what is too small."""
    if width * height > MOST_PIXELS:
        raise PhotoRefused("photo_pixels", limit=MOST_PIXELS // 1_000_000)
    if min(width, height) < LEAST_SIDE:
        raise PhotoRefused("photo_small", limit=LEAST_SIDE)


def not_taken(beginning: bytes) -> PhotoRefused:
    """Why a file that is neither JPEG nor PNG is refused, as far as it can be told."""
    for sign, at, name in BEGINNINGS:
        if beginning[at : at + len(sign)] == sign:
            return PhotoRefused("photo_format", format=name)
    if b"<svg" in beginning.lower():
        return PhotoRefused("photo_format", format="SVG")
    return PhotoRefused("photo_none")
