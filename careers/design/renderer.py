"""Every Django form in the design system's markup. Setting: FORM_RENDERER = "careers.design.renderer.Renderer"."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist, loader

from careers.design.bound_field import QuestionField

DJANGO_PREFIX = "django/forms/"
OUR_PREFIX = "design/forms/"


class Renderer(DjangoTemplates):
    """Our template if there is one, then the project's, then Django's: the order of INSTALLED_APPS does not matter."""

    bound_field_class = QuestionField

    def get_template(self, template_name: str) -> Any:
        for candidate in (template_name.replace(DJANGO_PREFIX, OUR_PREFIX, 1), template_name):
            try:
                return loader.get_template(candidate)
            except TemplateDoesNotExist:
                continue
        return super().get_template(template_name)
