"""The WSGI application that any Python web server can run, ready to answer when it is imported."""

import gc
import os
from contextlib import suppress
from importlib import import_module

from waypost.config.settings import WAYPOST_DATA_DIR
from waypost.files.seal import read_ahead
from waypost.http_server.limits import RouteLimit
from waypost.publishing.file_name import FILE_NAME

# A worker is ready sooner where the snapshot is checked against its digest and the ZIPs are
# unpacked beside all the loading, and nothing is collected: what is loaded here never becomes
# garbage (`make bench`, ratios). So the rest is imported only now, after these have begun. No page
# multiplies matrices, for which numpy would start a thread on every core, spinning for a while.
gc.disable()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
read_ahead(WAYPOST_DATA_DIR / FILE_NAME)
import_module("waypost.places.tables").begin_unpacking()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
application = import_module("django.core.wsgi").get_wsgi_application()
import_module("waypost.config.urls")
import_module("waypost.places.gazetteer").load_gazetteer().resolve("78701")
with suppress(import_module("waypost.publishing.reader").BadSnapshot):
    import_module("waypost.serving.process").current_snapshot()
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
