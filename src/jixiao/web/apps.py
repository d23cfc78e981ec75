"""The Django app of the pages; it has templates, static files and template tags, and no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jixiao.web"
    label = "web"
    verbose_name = "网页"
