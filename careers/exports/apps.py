from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "careers.exports"
    label = "exports"
