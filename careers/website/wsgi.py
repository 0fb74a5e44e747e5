"""The way in for a server: `gunicorn careers.website.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
application = get_wsgi_application()

# What has been loaded stays: left out of the collector's rounds, which otherwise pause a large answer for a twentieth of a second.
gc.collect()
gc.freeze()
