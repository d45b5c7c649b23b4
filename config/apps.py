"""The composition root as an app, so that it can hold commands that use every other app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, routes and the demo municipality."""

    name = "config"
