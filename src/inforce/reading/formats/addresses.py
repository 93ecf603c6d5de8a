"""Which addresses of the internet may be asked for a page: public ones, and no others.

An address that a page, a redirect or a name server chooses must not reach what only this machine or its
network can reach: services on it, routers, the metadata of a cloud's machine.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
#: From a host's name and a port to all its addresses; raises `OSError` where there is none.
Resolve = Callable[[str, int], list[str]]

#: Services of clouds that answer on public addresses (Azure's for its machines).
_METADATA = frozenset({IPv4Address("168.63.129.16")})
#: IPv6 addresses that stand for IPv4 ones, or lead to them: NAT64, 6to4, Teredo, IPv4-compatible.
_LEADING_ELSEWHERE = tuple(
    map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10"))
)


def is_public(address: Address) -> bool:
    """Whether it is an address of the public internet, by the registries of IANA."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None or any(address in net for net in _LEADING_ELSEWHERE):
            return False
        if address.scope_id is not None:
            return False
    return (
        address.is_global
        and not address.is_private
        and not address.is_loopback
        and not address.is_link_local
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and address not in _METADATA
    )


def resolved(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parsed(addresses: list[str]) -> list[Address]:
    """The addresses; raises `ValueError` where one is none."""
    return [ip_address(address) for address in addresses]
