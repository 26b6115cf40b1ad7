"""The WSGI application that any Python web server can run, ready to answer when it is imported."""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from waypost.http_server.limits import RouteLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")

# Nothing loaded here ever becomes garbage, so collecting now would only slow the start, and every
# later collection too.
gc.disable()
application = get_wsgi_application()
published = import_module("waypost.serving.process")
with ThreadPoolExecutor(1) as beside:
    # Checking a snapshot of 80 MB against its digest keeps this thread from nothing: the pages are
    # loaded meanwhile, and a worker is ready a tenth sooner (`make bench`, cold start).
    opening = beside.submit(published.current_snapshot)
    import_module("waypost.config.urls")
    with suppress(import_module("waypost.publishing.reader").BadSnapshot):
        opening.result().gazetteer.resolve("78701")
gc.freeze()
gc.enable()

# Pages are short computations: one thread, since more would only share one core. Work that takes
# seconds has another, so that pages get their turn in between. Writes wait for the database. The
# first search of HSDS or FHIR after a publish makes its index, for seconds: pages take their turns
# beside it.
HTTP_LANES = {"pages": 1, "long": 1, "writes": 2, "faces": 1}
HTTP_ROUTES = (
    *(
        RouteLimit(prefix, method="POST", lane="writes")
        for prefix in ("/site/", "/es/site/", "/private/", "/es/private/")
    ),
    *(RouteLimit(prefix, lane="long") for prefix in ("/locator/", "/sitemap.xml")),
    RouteLimit("/fhir/bulk/", lane="long"),
    *(RouteLimit(prefix, lane="faces") for prefix in ("/fhir", "/hsds")),
)
