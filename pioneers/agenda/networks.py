"""Which addresses lie on the public internet. Pure."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

# What leads elsewhere than it says: translations and tunnels that carry an IPv4 address within.
CARRIERS = tuple(
    IPv6Network(one)
    for one in (
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
    )
)
# Python's own list differs from version to version; these are never public.
NEVER = tuple(
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "100::/64", "2001:db8::/32"),
    )
)


def is_public(text: str, *, own_machine: bool = False) -> bool:
    """Whether an address may be connected to. `own_machine` lets 127.0.0.1 through, for tests."""
    try:
        ip = ip_address(text)
    except ValueError:
        return False
    if own_machine and ip == IPv4Address("127.0.0.1"):
        return True
    if isinstance(ip, IPv6Address) and (
        ip.scope_id is not None or any(ip in network for network in CARRIERS)
    ):
        return False
    if any(ip.version == network.version and ip in network for network in NEVER):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback)
