"""The way in for a server: `gunicorn careers.website.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
application = get_wsgi_application()
