from django.urls import path
from django.views.decorators.http import require_safe

from careers.design import gallery

app_name = "design"
urlpatterns = [path("design/gallery/", require_safe(gallery.gallery), name="gallery")]
