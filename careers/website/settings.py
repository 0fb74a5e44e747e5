"""Every setting of the web application, in one file.

What a school may change is read from variables named TRIGPOINT_*, described in docs/reference/settings.md, which
`manage.py write_settings_reference` writes from the sentences here.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from careers.website.browser_policy import browser_policy
from careers.website.environment import Environment
from careers.website.logs import LOGGING as LOGGING
from careers.website.rate_limits import RATE_LIMITS
from careers.website.secrecy import secret_key

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = Environment(os.environ)
FOLDER = ENVIRONMENT.text(
    "FOLDER",
    "The folder for everything kept: the database file, the secret key, collected static files. A path that does not "
    "begin with a slash starts at the checkout.",
    default="var",
    form="a path",
)
VAR = ROOT / FOLDER

# The folders of careers/, highest first. A new folder is one line here and one in the import contract (pyproject.toml).
FOLDERS = [
    "website",
    "backup",
    "imports",
    "demonstration",
    "exports",
    "portal",
    "operating",
    "single_sign_on",
    "protection",
    "planner",
    "provider_access",
    "evidence",
    "evaluation",
    "leadership",
    "guidance",
    "curriculum",
    "quality",
    "encounters",
    "programme",
    "people",
    "pupils",
    "partners",
    "accounts",
    "jobs",
    "schools",
    "audit",
    "design",
]

# Where and how this copy runs

PRODUCTION = ENVIRONMENT.flag(
    "PRODUCTION",
    "Whether real people's records are kept here. If yes, a secret key and host names must be given, pages are served "
    "over HTTPS only, and the demonstration school is never loaded.",
    default=False,
)
DEBUG = ENVIRONMENT.flag(
    "DEBUG",
    "Whether errors are shown in the page, for somebody writing code. Refused in production: such a page "
    "shows settings and data.",
    default=False,
)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("TRIGPOINT_DEBUG and TRIGPOINT_PRODUCTION are both on. Remove TRIGPOINT_DEBUG.")
SECRET_KEY = secret_key(
    ENVIRONMENT.text(
        "SECRET_KEY",
        "What sessions and links in e-mails are signed with. At least 50 random characters, known to nobody else. "
        "Must be given in production.",
        shown="a random one, made on first use and kept in var/secret_key",
    ),
    production=PRODUCTION,
    kept_in=VAR / "secret_key",
)
ALLOWED_HOSTS = ENVIRONMENT.names(
    "HOSTS",
    "The names this site is reached by, such as careers.school.example.org. Must be given in production.",
    default=["localhost", "127.0.0.1"],
)
if PRODUCTION and not ENVIRONMENT.variables.get("TRIGPOINT_HOSTS"):
    raise ImproperlyConfigured(
        "TRIGPOINT_HOSTS is not set. Give the names this site is reached by, separated by commas."
    )
DEMONSTRATION = ENVIRONMENT.flag(
    "DEMONSTRATION",
    "Whether an empty database is given the demonstration school, whose people are all invented. Never done "
    "in production.",
    default=not PRODUCTION,
    shown="yes, except in production",
)
if DEMONSTRATION and PRODUCTION:
    raise ImproperlyConfigured("TRIGPOINT_DEMONSTRATION cannot be on in production. Remove one of the two settings.")
TODAY = ENVIRONMENT.day(
    "TODAY",
    "The date to take for today, for a demonstration or a rehearsal. Refused in production.",
)
if TODAY and PRODUCTION:
    raise ImproperlyConfigured(
        "TRIGPOINT_TODAY cannot be set in production: every standing would be as at the wrong day."
    )
TRUSTED_PROXIES = ENVIRONMENT.number(
    "TRUSTED_PROXIES",
    "How many reverse proxies of your own stand in front. With one or more, the visitor's address and whether they "
    "used HTTPS are read from the headers X-Forwarded-For and X-Forwarded-Proto, which the nearest proxy must set.",
    default=0,
    least=0,
    most=5,
)

# What it is made of

INSTALLED_APPS = [
    *[f"careers.{folder}" for folder in FOLDERS],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # After careers.design, so that its widgets are the ones found.
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "careers.website.headers.nothing_more_than_needed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "careers.single_sign_on.middleware.forms_may_lead_to_services",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "careers.design.middleware.htmx_sign_in",
    "careers.design.middleware.form_sign_in",
    "careers.accounts.sessions.middleware.Sessions",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "careers.accounts.second_step.gate.SecondStepFirst",
    "careers.accounts.coming_in.OnlyWhatTheServiceAnswersFor",
    "careers.accounts.middleware.CurrentSchool",
    "careers.accounts.middleware.kept_nowhere",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
FORM_RENDERER = "careers.design.renderer.Renderer"
CSRF_FAILURE_VIEW = "careers.design.errors.csrf_failure"
ROOT_URLCONF = "careers.website.urls"
WSGI_APPLICATION = "careers.website.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careers.demonstration.signing_in.demonstration_people",
                "careers.website.navigation.frame",
            ],
        },
    }
]

# What is kept

DATABASES = {
    "default": ENVIRONMENT.database(
        "DATABASE",
        "Where records are kept. A SQLite file suits one school on one machine; several machines need PostgreSQL.",
        default=f"sqlite:///{FOLDER}/trigpoint.sqlite3",
        root=ROOT,
    )
}
# In the database, so that limits on signing in hold across every server process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
BACKUP_KEY = ENVIRONMENT.text(
    "BACKUP_KEY",
    "The public key that backups are encrypted with, or several separated by commas. `manage.py backup_key` makes a "
    "pair; the secret one is kept elsewhere.",
    form="text that starts with age1",
)
FILES = VAR / "files"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "careers.website.storage.Storage"},
}
MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = MEGABYTE * ENVIRONMENT.number(
    "UPLOAD_MEGABYTES",
    "The largest file that may be sent in, in megabytes. A large school's whole roll is about 2.",
    default=20,
    least=1,
    most=100,
)
FILE_UPLOAD_HANDLERS = [
    "careers.website.uploads.NoMoreThanTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "careers.website.uploads.OntoTheDisk",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
# A register of a whole year group is one form, with a few fields a pupil.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

# When it is well

DISK_MEGABYTES = ENVIRONMENT.number(
    "DISK_MEGABYTES",
    "How many megabytes must be free where records are kept for /ready to say ok.",
    default=500,
    least=0,
    most=10_000_000,
)
BACKUP_HOURS = ENVIRONMENT.number(
    "BACKUP_HOURS",
    "How many hours old the last backup may be for /ready to say ok. 0 where backups are made and watched elsewhere.",
    default=0,
    least=0,
    most=1000,
)

# What is done later

# Any queue: jobs are told apart by their kind.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Who may come in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "careers.accounts.passwords.LengthOfPassword"},
    {"NAME": "careers.accounts.passwords.NotKnownFromABreach"},
]
BREACHED_PASSWORDS = ENVIRONMENT.text(
    "BREACHED_PASSWORDS",
    "A file of the SHA-1 hashes of breached passwords, one a line in the order of the hashes. A new password found there "
    "is refused. Without it a short list of common passwords is used. The file is searched here; nothing is asked of "
    "another machine.",
    form="the path of a file",
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "careers.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Staff are added by their school, which knows their address: there is nothing for a link in an e-mail to prove.
ACCOUNT_EMAIL_VERIFICATION = "none"
# An address with no account gets the same answer as one with, and no e-mail.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the subject says Trigpoint; the machine's address tells nobody anything
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = RATE_LIMITS
MFA_ADAPTER = "careers.accounts.second_step.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Without HTTPS a browser offers passkeys to localhost only, which is where a demonstration runs.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The code before and the one after do as well: clocks differ, and people type slowly.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Where the two big services sign what they say. Each school enters its own client, and its tenant at Microsoft.
SIGN_IN_ISSUERS = {
    "google": "https://accounts.google.com",
    "entra": "https://login.microsoftonline.com/{tenant}/v2.0",
}
SIGN_IN_LOCAL = ENVIRONMENT.flag(
    "SIGN_IN_LOCAL",
    "Whether a school's own sign-in service may be on this machine, without HTTPS, to try one out. Refused in production.",
    default=False,
)
if SIGN_IN_LOCAL and PRODUCTION:
    raise ImproperlyConfigured("TRIGPOINT_SIGN_IN_LOCAL cannot be on in production. Remove one of the two settings.")
SESSION_COOKIE_AGE = 3600 * ENVIRONMENT.number(
    "SESSION_HOURS",
    "How many hours after signing in a person must sign in again. Closing the browser also signs them out.",
    default=10,
    least=1,
    most=24,
)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# In the session and not in a cookie: what a page said to a person may name a pupil.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do

CONTENT_SECURITY_POLICY = browser_policy(production=PRODUCTION)
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
# A load balancer and a monitor ask for these by plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# E-mail

SECURITY_CONTACT = ENVIRONMENT.text(
    "SECURITY_CONTACT",
    "Whom to tell of a weakness found in this copy, for /.well-known/security.txt.",
    form="an e-mail address or a web address",
    shown="the address messages come from",
)
EMAIL_HOST = ENVIRONMENT.text(
    "SMTP_HOST",
    "The mail server, for links that set a forgotten password. Without one, messages are written to files in var/mail.",
    form="a host name",
)
EMAIL_PORT = ENVIRONMENT.number("SMTP_PORT", "The mail server's port.", default=587, least=1, most=65535)
EMAIL_HOST_USER = ENVIRONMENT.text("SMTP_USER", "The name to sign in to the mail server with.")
EMAIL_HOST_PASSWORD = ENVIRONMENT.text("SMTP_PASSWORD", "The password to sign in to the mail server with.")
EMAIL_SECURITY = ENVIRONMENT.choice(
    "SMTP_SECURITY",
    "How the connection to the mail server is kept private.",
    default="starttls",
    choices=["starttls", "tls", "none"],
)
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = ENVIRONMENT.text(
    "EMAIL_FROM",
    "The address messages come from.",
    default="trigpoint@example.org",
    form="an e-mail address",
)

ENVIRONMENT.refuse_unknown()
