"""Pictures of all kinds, drawn here: friendly ones and hostile ones."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

RED, BLUE = (200, 30, 30), (20, 40, 200)


def halves(size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Red on the left and blue on the right, so that one sees how it is turned and cut."""
    image = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill=RED)
    return image


def saved(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    """The file of a picture."""
    written = io.BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def jpeg(size: tuple[int, int] = (800, 600), **more: object) -> bytes:
    """The file of `halves`."""
    return saved(halves(size), "JPEG", **more)


def located(orientation: int = 1) -> bytes:
    """A photo that knows where, when and with what it was taken."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Geheime Camera"
    exif[Base.Artist] = "Anne van der Drost"
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (52.0, 15.0, 36.6)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", (6.0, 9.0, 11.0)
    return jpeg(exif=exif, comment=b"Thuis gemaakt", xmp=b"<x:xmpmeta>Kantoorweg 4</x:xmpmeta>")


def png_of(width: int, height: int) -> bytes:
    """A small file that says to be a picture of so many pixels."""
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(b"\0" * 1000)),
            _chunk(b"IEND", b""),
        )
    )


def text_bomb() -> bytes:
    """A PNG with a text of a few bytes that becomes 200 megabytes."""
    bomb = zlib.compress(b"a" * 200_000_000, 9)
    whole = saved(halves(), "PNG")
    at = whole.index(b"IDAT") - 4
    return whole[:at] + _chunk(b"zTXt", b"Comment\0\0" + bomb) + whole[at:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
