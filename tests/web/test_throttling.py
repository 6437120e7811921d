"""Where requests come from, and what counts them."""

import pytest

from pioneers.config import ConfigurationError
from pioneers.web.throttling import origin_key
from tests.conftest import build_app

KEY = "geheim"


def test_a_household_of_ipv6_is_one_origin() -> None:
    first = origin_key(KEY, "2001:db8:1:2::1")
    assert origin_key(KEY, "2001:db8:1:2:ffff::9") == first
    assert origin_key(KEY, "2001:db8:1:3::1") != first


def test_ipv4_counts_each_address_also_when_it_is_wrapped() -> None:
    assert origin_key(KEY, "192.0.2.1") != origin_key(KEY, "192.0.2.2")
    assert origin_key(KEY, "::ffff:192.0.2.1") == origin_key(KEY, "192.0.2.1")
    assert origin_key(KEY, None) == origin_key(KEY, "")


def test_an_address_cannot_be_read_back() -> None:
    assert "192" not in origin_key(KEY, "192.0.2.1")
    assert origin_key(KEY, "192.0.2.1") != origin_key("ander", "192.0.2.1")


def test_a_counter_that_cannot_be_used_is_said_at_the_start() -> None:
    with pytest.raises(ConfigurationError, match="REDIS_URL"):
        build_app("sqlite:///:memory:", REDIS_URL="nonsense://x")
