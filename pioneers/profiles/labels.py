"""Words for profiles, and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.media.labels import said as photo_said
from pioneers.media.rules import PhotoRefused
from pioneers.profiles.models import ConsentPurpose
from pioneers.profiles.rules import Offer
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused

OFFERS: dict[Offer, LazyString] = {
    Offer.TALK: _l("A talk"),
    Offer.WORKSHOP: _l("A workshop"),
    Offer.EXCURSION: _l("A visit to the company"),
    Offer.MEDIA: _l("An interview or article"),
}
LEVELS: dict[int, LazyString] = {
    1: _l("Running the business better"),
    2: _l("Becoming better at renewal"),
    3: _l("Renewing the organisation itself"),
}
PURPOSES: dict[ConsentPurpose, LazyString] = {
    ConsentPurpose.PROFILE: _l("Your page"),
    ConsentPurpose.PHOTO: _l("Your photo"),
    ConsentPurpose.QUOTE: _l("Your words"),
}
TERMS: dict[int, LazyString] = {12: _l("One year"), 24: _l("Two years")}
REFUSALS: dict[str, LazyString] = {
    "photo_missing": _l("Choose a photo."),
    "words_long": _l("Use at most %(limit)s characters."),
    "words_missing": _l("Fill in what you say."),
    "website_shape": _l("Write a complete web address, like https://example.nl."),
    "term_unknown": _l("Choose how long this holds."),
    "quotes_most": _l("There are %(limit)s already. Remove one first."),
    "travels_range": _l("Fill in a number from 1 to %(limit)s, or leave it empty."),
    "away_reversed": _l("The last day lies before the first one."),
    "away_passed": _l("These days have passed."),
    "away_long": _l("Fill in at most %(limit)s days."),
    "away_overlaps": _l("You are away from %(first)s to %(last)s already."),
    "away_most": _l("There are %(limit)s periods already. Remove one first."),
    "too_often": _l("You sent many photos. Wait an hour and try again."),
}


def said(refusal: Refused | PhotoRefused) -> str:
    """A refusal in the person's language."""
    if isinstance(refusal, PhotoRefused):
        return photo_said(refusal)
    return explain(refusal, REFUSALS)
