"""The look of every page: layout, forms, tables, states and charts. It knows nothing of schools or pupils."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "careers.design"
    label = "design"
