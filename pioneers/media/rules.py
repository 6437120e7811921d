"""Which photos are taken, and how they are cut. Pure."""

from dataclasses import dataclass

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000
LARGE, SMALL = 1600, 480


class PhotoRefused(Exception):
    """What was sent is no photo that can be shown; `code` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Crop:
    """The square of a photo: its middle in percent, and how much closer than whole."""

    x: int = 50
    y: int = 50
    zoom: int = 100
