"""The private process as a WSGI application: the desk, and nothing of the public site."""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from waypost.http_server.limits import RouteLimit
from waypost.texting.carriers.port import CARRIERS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.private_settings")
gc.disable()  # as in `wsgi`
application = get_wsgi_application()
import_module("waypost.config.private_urls")
gc.freeze()
gc.enable()

settings = import_module("django.conf").settings
live = settings.WAYPOST_ELIGIBILITY
names = {site: program.name for site, program in live.programs.items()} if live else {}
import_module("waypost.serving.live_programs").write_live_programs(settings.WAYPOST_DATA_DIR, names)

# A question to a payer waits up to half a minute, in threads of its own: the desk does not.
# A carrier does not wait for the desk's pages; while one thread stores what all of them brought,
# others wait for that or check the next ones.
HTTP_LANES = {"payers": 12, "carriers": 16}
HTTP_ROUTES = (
    RouteLimit(CARRIERS, lane="carriers"),
    *(
        RouteLimit(prefix, lane="payers")
        for prefix in ("/coverage/live", "/es/coverage/live", "/fhir/CoverageEligibilityRequest/")
    ),
)
