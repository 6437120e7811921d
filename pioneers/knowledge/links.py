"""The address in a mail by which somebody says whether it worked out, without logging in."""

from pioneers.accounts.current import settings
from pioneers.knowledge.models import Followed, KnowledgeUse
from pioneers.web.links import link
from pioneers.web.tokens import is_genuine, sign

PURPOSE = "knowledge-followed"


def token_of(use: KnowledgeUse) -> str:
    """What stands for a use in an address."""
    return sign(settings().secret_key, PURPOSE, use.id, use.token_nonce)


def is_token_of(use: KnowledgeUse, token: str) -> bool:
    """Whether a token was made for this use."""
    return is_genuine(settings().secret_key, PURPOSE, use.id, use.token_nonce, token)


def followed_link(use: KnowledgeUse, answer: Followed) -> str:
    """Where one answers; `answer` only says which button was pressed in the mail."""
    return link("knowledge.followed", token=token_of(use), antwoord=answer.value)
