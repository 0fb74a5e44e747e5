from django.apps import AppConfig


class PupilsConfig(AppConfig):
    name = "careers.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"
