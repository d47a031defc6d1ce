"""How the forms are reached: under which names, and through which proxy."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from partnership_model.delivery.consultation.network_address import forwarded_for

FORWARDED = "X-Forwarded-For"
HERE = ".local"  # names that a network's own devices give themselves; nobody on the internet can


@dataclass(frozen=True)
class FormDoor:
    """The way in to the forms.

    Attributes:
        name: under which a proxy shows them, without the port; "" where people come by themselves.
        proxies: the addresses from which that proxy asks.
    """

    name: str = ""
    proxies: frozenset[str] = frozenset()

    def knows(self, host: str) -> bool:
        """Say whether a browser meant this computer.

        Any name on the internet can be made to lead into the hall's network, so that a page of its owner may read what stands here
        through the telephone of somebody in the hall (DNS rebinding). An address in numbers cannot, nor a name without a dot.

        >>> door = FormDoor("forms.example.org")
        >>> [door.knows(one) for one in ("192.168.1.20", "[fe80::1]", "laptop", "laptop.local", "Forms.Example.org")]
        [True, True, True, True, True]
        >>> [door.knows(one) for one in ("evil.example", "192.168.1.20.evil.example", "forms.example.org.", "evil.example.local.", "")]
        [False, False, False, False, False]
        """
        name = host.lower()
        if name == self.name.lower():
            return bool(name)
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return bool(name) and ("." not in name or name.endswith(HERE))
        return True

    def sent_from_here(self, origin: str | None, host: str) -> bool:
        """Say whether a page of ours sent a form; a telephone that is too old to say where it comes from is believed.

        Behind a proxy the host may be the one under which the proxy asks, while people's browsers name the proxy's.

        >>> door = FormDoor("forms.example.org")
        >>> here = "192.168.1.20:8080"
        >>> [door.sent_from_here(one, here) for one in (None, "http://192.168.1.20:8080", "https://Forms.example.org:8443")]
        [True, True, True]
        >>> elsewhere = ("null", "", "http://192.168.1.20", "http://192.168.1.20:80@evil.example", "https://forms.example.org.evil.example")
        >>> [door.sent_from_here(one, here) for one in elsewhere]
        [False, False, False, False, False]
        >>> FormDoor().sent_from_here("http://192.168.1.20", "192.168.1.20:80"), FormDoor().sent_from_here("http://", "")
        (True, False)
        """
        if origin is None:
            return True
        scheme, _, named = origin.lower().partition("://")
        name, _, port = named.partition(":")
        if self.name and name == self.name.lower() and (not port or port.isdecimal()):
            return True
        usual = {"http": ":80", "https": ":443"}.get(scheme)
        return bool(usual and named) and named.removesuffix(usual or "") == host.lower().removesuffix(usual or "")

    def asker(self, address: str, forwarded: str) -> str:
        """Give the address that wrong codes are counted of: what our own proxy says it is, and nobody else's word for it."""
        named = forwarded_for(forwarded) if address in self.proxies else ""
        return named or address
