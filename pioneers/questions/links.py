"""Addresses in mail to whoever asked: to say whether a referral helped, without logging in."""

from pioneers.accounts.current import settings
from pioneers.questions.models import Referral
from pioneers.web.links import link
from pioneers.web.tokens import is_genuine, sign

PURPOSE = "question-helped"


def token_of(referral: Referral) -> str:
    """What stands for a referral in an address."""
    return sign(settings().secret_key, PURPOSE, referral.id, referral.token_nonce)


def is_token_of(referral: Referral, token: str) -> bool:
    """Whether a token was made for this referral."""
    return is_genuine(settings().secret_key, PURPOSE, referral.id, referral.token_nonce, token)


def helped_link(referral: Referral, answer: str) -> str:
    """Where one answers; `answer` (ja, nee) only says which button was pressed in the mail."""
    return link("questions.helped", token=token_of(referral), antwoord=answer)
