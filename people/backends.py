"""How people come in besides a password, and that nobody signs up on their own."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from people.models import User

LINK_SESSION_KEY = "personal_link"


class PersonalLinkBackend(ModelBackend):
    """Marks sessions opened by a personal link; it never checks credentials itself."""

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> None:
        return None


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a curator or an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Who gives a password is no longer held to the pages of the link they came by before."""
        super().login(request, user)
        request.session.pop(LINK_SESSION_KEY, None)
