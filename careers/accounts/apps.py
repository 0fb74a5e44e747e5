from django.apps import AppConfig
from django.core.checks import register

START = "start"
"""What `manage.py serve` waits for, of all the system checks."""


class AccountsConfig(AppConfig):
    name = "careers.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from careers.accounts.passwords import check_breached_passwords

        register(check_breached_passwords, START)
