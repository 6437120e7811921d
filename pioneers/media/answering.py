"""Sending a photo to a browser."""

from flask import Response, request

from pioneers.media.models import Photo

A_WHILE = "public, max-age=300"  # a photo whose consent ends is gone within minutes


def jpeg(photo: Photo, *, small: bool, is_public: bool) -> Response:
    """One of the sizes of a photo; what is not public stays with this person, and is asked for
    each time."""
    response = Response(photo.small if small else photo.large, mimetype="image/jpeg")
    response.set_etag(f"{photo.code}-{'s' if small else 'l'}")
    response.headers["Cache-Control"] = A_WHILE if is_public else "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="foto.jpg"'
    response.make_conditional(request)
    return response
