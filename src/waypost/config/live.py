"""Live questions to payers: off, or configured by the operator's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waypost.config.environment import BadSetting
from waypost.config.private_environment import PrivateEnvironment

if TYPE_CHECKING:
    from waypost.eligibility.live_settings import LiveSettings


def live_settings(environment: PrivateEnvironment) -> LiveSettings | None:
    """What `WAYPOST_ELIGIBILITY_FILE` says; None where it is not set.

    Raises:
        BadSetting: the file cannot be used.
    """
    if environment.eligibility_file is None:
        return None
    # imported here, so that an installation without live questions does not load network code
    from waypost.eligibility.live_settings import BadLiveSettings, Secrets, read_live_settings

    secrets = Secrets(environment.eligibility_user, environment.eligibility_secret)
    try:
        return read_live_settings(environment.eligibility_file, secrets)
    except BadLiveSettings as error:
        raise BadSetting(f"WAYPOST_ELIGIBILITY_FILE: {error}") from None
