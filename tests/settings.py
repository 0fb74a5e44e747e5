"""The site's own settings, less what only makes tests slow, and deaf to what the person running them has set."""

import os
import secrets

for name in [name for name in os.environ if name.startswith("TRIGPOINT_") and name != "TRIGPOINT_DATABASE"]:
    del os.environ[name]
os.environ["TRIGPOINT_SECRET_KEY"] = secrets.token_urlsafe(64)

from careers.website.settings import *  # noqa: E402, F403

# The real one takes a fifth of a second on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Straight from the folders: nothing has been collected when a test asks for a page.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# One folder of a checkout may be missing its front end; nothing but the page tests needs it.
STATICFILES_DIRS = [folder for folder in STATICFILES_DIRS if folder.is_dir()]  # noqa: F405
