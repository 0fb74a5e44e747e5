"""The way in for a server: `gunicorn careers.website.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
application = get_wsgi_application()

# An answer for a school makes a hundred thousand small objects and keeps them. Left as it is, the collector would go over
# everything several times meanwhile: a tenth of a second. What has been loaded stays, so it is left out of its rounds.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
