"""Addresses of the topics."""

from django.urls import path

from foundation.topics import views

app_name = "topics"
urlpatterns = [
    path("", views.topic_list, name="topic_list"),
    path("<slug:slug>/", views.topic_detail, name="topic_detail"),
]
