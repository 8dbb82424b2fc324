"""Addresses of the room: German paths, English names."""

app_name = "towns"
urlpatterns = []
