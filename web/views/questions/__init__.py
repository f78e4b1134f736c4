"""Pages for those who design quizzes: what one bears, where its pass mark comes from, and questions from elsewhere."""

from web.view import View
from web.views.questions import bring_in, design, pass_mark

VIEWS: tuple[View, ...] = (design.VIEW, pass_mark.VIEW, bring_in.VIEW)
