from django.urls import path

from careers.design import gallery

app_name = "design"
urlpatterns = [path("design/gallery/", gallery.gallery, name="gallery")]
