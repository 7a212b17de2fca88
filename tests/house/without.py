"""Ombud's settings without one feature, whose name stands in OMBUD_WITHOUT."""

import os

from ombud.config.settings import *  # noqa: F403
from ombud.config.settings import INSTALLED_APPS

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != os.environ["OMBUD_WITHOUT"]]
