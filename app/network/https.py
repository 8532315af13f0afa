"""HTTPS as urllib speaks it, through the proxy where one leads there."""

from __future__ import annotations

import ssl
import time
import urllib.request
from http.client import HTTPResponse, HTTPSConnection
from typing import Any

from app.network.proxy import ProxyFor
from app.network.tunnel import through


def opener(context: ssl.SSLContext, proxy_for: ProxyFor, *handlers: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """Raises what urllib raises, and NitaqError `proxy.*` where the proxy fails, which urllib could not tell from the server."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _Handler(context, proxy_for), *handlers)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Only the address that the user agreed to is asked."""

    def redirect_request(self, *_: Any) -> None:
        return None


def read_bounded(answer: HTTPResponse, most: int, seconds: float) -> bytes:
    """At most one octet more than there may be. Raises TimeoutError where they come in drips, of which none is late by itself."""
    octets, until = b"", time.monotonic() + seconds
    while len(octets) <= most and (more := answer.read1(most + 1 - len(octets))):
        octets += more
        if time.monotonic() > until:
            raise TimeoutError
    return octets


class _Handler(urllib.request.HTTPSHandler):
    def __init__(self, context: ssl.SSLContext, proxy_for: ProxyFor) -> None:
        super().__init__(context=context)
        self._made_with, self._proxy_for = context, proxy_for

    def https_open(self, request: urllib.request.Request) -> Any:
        def made(host: str, timeout: float) -> _Connection:
            return _Connection(host, timeout, self._made_with, self._proxy_for)

        return self.do_open(made, request)  # type: ignore[arg-type]


class _Connection(HTTPSConnection):
    def __init__(self, host: str, seconds: float, context: ssl.SSLContext, proxy_for: ProxyFor) -> None:
        super().__init__(host, timeout=seconds, context=context)
        self._seconds, self._trust, self._proxy_for = seconds, context, proxy_for

    def connect(self) -> None:
        proxy = self._proxy_for(self.host, self.port)
        if proxy is None:
            super().connect()
        else:
            self.sock = self._trust.wrap_socket(through(proxy, self.host, self.port, self._seconds), server_hostname=self.host)
