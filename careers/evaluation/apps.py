from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "careers.evaluation"
    label = "evaluation"
