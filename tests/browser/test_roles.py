"""What each role finds when it comes in, and what stays shut to it."""

import pytest
from playwright.sync_api import expect

from people.domain.roles import Permission, Role, permissions_of

pytestmark = pytest.mark.xdist_group("portal")

READER = ["Сейчас", "Наставники", "Наставляемые", "Пары и группы"]
