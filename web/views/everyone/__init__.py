"""The pages of everyone who is signed in, in the order of the menu."""

from web.view import View
from web.views.everyone import account, privacy, rules

VIEWS: tuple[View, ...] = (rules.VIEW, account.VIEW, privacy.VIEW)
