"""Whether an identity provider's word says that a second factor was used.

The ID token's ``amr`` lists the methods of a sign-in (RFC 8176), its ``acr`` a class that the
provider defines (OpenID Connect Core 1.0, 2). An ``acr`` counts only where the operator named it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

KNOWN = frozenset({"pwd", "pin", "kba"})
"""Something that a person knows."""
HELD = frozenset({"hwk", "swk", "otp", "sms", "tel", "sc", "pop"})
"""Something that a person has."""


def used_second_factor(claims: Mapping[str, object], classes: Collection[str]) -> bool:
    """Whether the claims of an ID token say so; ``classes`` are the ``acr`` values that do."""
    amr = claims.get("amr")
    methods = {str(m) for m in amr} if isinstance(amr, list) else set()
    if "mfa" in methods or (methods & KNOWN and methods & HELD):
        return True
    return str(claims.get("acr", "")) in classes
