"""An OpenID Connect provider on loopback: discovery, code flow with PKCE, JWKS, userinfo.

Its answers have the members of OpenID Connect Discovery 1.0 (3), RFC 6749 (5.1), RFC 7517 (5) and
OpenID Connect Core 1.0 (5.3.2), in the shapes that Keycloak 26 and Entra ID give them. A test says
who signs in and what the provider gets wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from running import answering

CLIENT, SECRET = "waypost", "a secret of tests"
SCOPES = {"openid", "profile", "email"}


@cache
def made_key(_whose: str) -> rsa.RSAPrivateKey:
    """A key, made once for each of whom it is."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Who signs in next, and how the provider answers; ``asked`` counts the requests by path."""

    claims: dict[str, Any]
    wrong: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: made_key("the provider's"))

    def discovery(self) -> dict[str, Any]:
        """Discovery 1.0, 3."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": sorted(SCOPES),
        }

    def keys(self) -> dict[str, Any]:
        """RFC 7517, 5."""
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [jwk | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """The person agrees at once: the address to go back to."""
        assert set(query["scope"].split()) == SCOPES and query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT and query["response_type"] == "code"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """RFC 6749, 4.1.3 and 5: a code is taken once, with its verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        return 200, {
            "access_token": "opaque-5d1c7a",
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": "openid profile email",
            "id_token": self.id_token(),
        }

    def id_token(self) -> str:
        """A signed ID token (Core 1.0, 2), or what is wrong with it."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims}
        claims |= self.wrong.get("claims", {})
        key = self.wrong.get("key", self.key)
        headers = {"kid": "one"}
        return jwt.encode(claims, key, self.wrong.get("algorithm", "RS256"), headers)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, urlsplit(self.path).query
            provider.asked.append(path)
            if path == "/authorize":
                to = provider.authorize({k: v[0] for k, v in parse_qs(query).items()})
                self.send_response(302)
                self.send_header("Location", to)
                self.end_headers()
                return
            answers = {
                "/.well-known/openid-configuration": provider.discovery,
                "/jwks": provider.keys,
                "/userinfo": lambda: provider.claims | provider.wrong.get("userinfo", {}),
            }
            self._json(200, answers[path]())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._json(*provider.token({k: v[0] for k, v in form.items()}))

        def _json(self, status: int, value: dict[str, Any]) -> None:
            body = json.dumps(value).encode()
            if urlsplit(self.path).path == provider.wrong.get("redirect"):
                status = 307
            self.send_response(status)
            if status == 307:
                self.send_header("Location", f"{provider.address}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: tests read what it was asked from ``asked``."""

    return Handler


@contextmanager
def provider(**claims: Any) -> Iterator[Provider]:
    """A running provider at which a person with these claims signs in."""
    made = Provider(claims)
    with answering(HTTPServer(("127.0.0.1", 0), _handler(made))) as address:
        made.address = address
        yield made
