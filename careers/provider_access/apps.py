from django.apps import AppConfig


class ProviderAccessConfig(AppConfig):
    name = "careers.provider_access"
    label = "provider_access"
    default_auto_field = "django.db.models.BigAutoField"
