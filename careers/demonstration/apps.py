from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "careers.demonstration"
    label = "demonstration"
    default_auto_field = "django.db.models.BigAutoField"
