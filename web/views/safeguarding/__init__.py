"""The pages of the safeguarding lead and the deputy."""

from web.view import View
from web.views.safeguarding import holds

VIEWS: tuple[View, ...] = (holds.VIEW,)
