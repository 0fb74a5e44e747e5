from django.apps import AppConfig


class SingleSignOnConfig(AppConfig):
    name = "careers.single_sign_on"
    label = "single_sign_on"
    default_auto_field = "django.db.models.BigAutoField"
