"""Sign-in through an organization's own OpenID Connect provider, checked more strictly than asked.

The code is exchanged with PKCE. The ID token's signature is always checked, though the standard
lets it pass over TLS (OpenID Connect Core 1.0, 3.1.3.7), and the userinfo must be of the same
subject (5.3.2). Only algorithms with a public key count.
"""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from waypost.desk.permission import open_to_all

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
)


class CheckedOpenId(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's adapter, with the ID token's signature and the userinfo's subject checked."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("Invalid id_token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("Invalid id_token")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The provider's answer; raises `OAuth2Error` where its two halves are of two people."""
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        subjects = [data[part].get("sub") for part in ("id_token", "userinfo") if part in data]
        if "id_token" not in data or len(set(subjects)) != 1:
            raise OAuth2Error("Invalid userinfo")
        return login


@open_to_all
def openid_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the provider."""
    return _view(OAuth2LoginView, request, provider_id)


@open_to_all
def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where the provider leads back to."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = kind.adapter_view(CheckedOpenId(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
