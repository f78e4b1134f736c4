"""The pages of appeals: making one, and deciding on one."""

from web.view import View
from web.views.appeals import deciding, own

VIEWS: tuple[View, ...] = (own.VIEW, deciding.VIEW)
