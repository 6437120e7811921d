"""Slowing down whoever sends a public form very often, by origin and by what they send it to.

Counted in memory, for each worker apart, or in Redis (REDIS_URL) for all of them together. Origins
are kept as keyed hashes.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import ConfigurationError as LimitsError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from pioneers.config import Config, ConfigurationError

KEY = "pioneers_throttle"


@dataclass(frozen=True)
class Limit:
    """At most so many in so many minutes, under a name of its own."""

    name: str
    most: int
    minutes: int = 1

    @property
    def item(self) -> RateLimitItem:
        """The limit as the library counts it."""
        return RateLimitItemPerMinute(self.most, self.minutes, namespace=self.name)


def origin_key(secret: str, address: str | None) -> str:
    """A hash of where a request comes from: of IPv6 the network of one household, /64."""
    return _hash(secret, place_of(address or ""))


def place_of(address: str) -> str:
    """What counts as one origin: an address, and of IPv6 the network of one household, which has
    2^64 addresses to spend; an address of IPv4 that is wrapped in IPv6 is itself."""
    if ":" not in address:  # of IPv4, which is written in one way only
        return address
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 128)).supernet(new_prefix=64))


def _hash(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), f"origin\n{text}".encode(), hashlib.sha256).hexdigest()[:32]


def is_too_often(per_origin: Limit, per_target: Limit, target: str) -> bool:
    """Count this request against both limits; whether either is passed."""
    limiter = cast(FixedWindowRateLimiter, current_app.extensions[KEY])
    origin = origin_key(str(current_app.config["SECRET_KEY"]), request.remote_addr)
    own = limiter.hit(per_origin.item, origin, target)
    return not (own and limiter.hit(per_target.item, target))


def is_beyond(limit: Limit, who: str) -> bool:
    """Count this of somebody whom we know; whether the limit is passed."""
    limiter = cast(FixedWindowRateLimiter, current_app.extensions[KEY])
    return not limiter.hit(limit.item, who)


def is_used_up(limit: Limit, target: str) -> bool:
    """Count once against what is kept of `target` (an address, as a hash); whether that is more
    than may be."""
    limiter = cast(FixedWindowRateLimiter, current_app.extensions[KEY])
    secret = str(current_app.config["SECRET_KEY"])
    return not limiter.hit(limit.item, _hash(secret, f"target\n{target}"))


def init_throttling(app: Flask, config: Config) -> None:
    """Give `app` its counters; raises ConfigurationError where Redis cannot be used."""
    try:
        storage = storage_from_string(config.redis_url or "memory://")
    except LimitsError as error:
        raise ConfigurationError(f"REDIS_URL cannot be used: {error}") from error
    app.extensions[KEY] = FixedWindowRateLimiter(storage)
