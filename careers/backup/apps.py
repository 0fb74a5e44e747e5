from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "careers.backup"
    label = "backup"
