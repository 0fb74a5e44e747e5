from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "careers.operating"
    label = "operating"
    default_auto_field = "django.db.models.BigAutoField"
