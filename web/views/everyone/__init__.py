"""The pages of everyone who is signed in, in the order of the menu."""

from web.view import View
from web.views.everyone import account, privacy

VIEWS: tuple[View, ...] = (account.VIEW, privacy.VIEW)
