"""The WSGI application that any Python web server can run."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
application = get_wsgi_application()
