"""The private process as a WSGI application: the desk, and nothing of the public site."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.private_settings")
application = get_wsgi_application()
