"""How a subscription and a mailing are made, for the pages that are about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pioneers.web.tokens import sign
from tests.conftest import SECRET
from tests.mailings.scene import make_mailing
from tests.subscriptions.scene import make_subscription

if TYPE_CHECKING:
    from tests.site.world import World

OF_A_SUBSCRIPTION = ("own", "confirm", "choose", "stop", "one_click", "one_click_page")


def _mailing(world: World) -> int:
    return make_mailing(world.session, world.programme).id


def _subscription_token(world: World) -> str:
    made = make_subscription(world.session, world.programme)
    return sign(SECRET, "subscription", made.id, made.token_nonce)


MAKERS: dict[str, Callable[[World], object]] = {"mailing_id": _mailing}
ON_PAGE: dict[tuple[str, str], Callable[[World], object]] = {
    (f"subscriptions.{page}", "token"): _subscription_token for page in OF_A_SUBSCRIPTION
}
