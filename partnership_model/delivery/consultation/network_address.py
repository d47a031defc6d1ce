"""Where a request came from, as far as it has to be known while it is answered; nothing of it is written anywhere."""

from __future__ import annotations

import ipaddress

IPV4 = 4
HOUSEHOLD = 64  # bits of an address of IPv6 that name the household


def household(address: str) -> str:
    """Take all that one connection can call itself for one: in IPv6 that is a network of its own.

    >>> household("192.168.1.20"), household("2001:db8::1"), household("?")
    ('192.168.1.20', '2001:db8::/64', '?')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # a socket of the system's own
        return address
    if found.version == IPV4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(found), HOUSEHOLD), strict=False))


def forwarded_for(header: str) -> str:
    """Read who a proxy says it asks for: the last of a list, for whoever asked may have written the others.

    >>> forwarded_for("203.0.113.7"), forwarded_for("10.0.0.1, 203.0.113.7"), forwarded_for("[2001:db8::1]:443"), forwarded_for("me")
    ('203.0.113.7', '203.0.113.7', '', '')
    """
    try:
        return str(ipaddress.ip_address(header.rpartition(",")[2].strip()))
    except ValueError:
        return ""
