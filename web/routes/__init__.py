"""The plain HTTP routes beside the app's pages. A module of routes adds its tuple here."""

from typing import Final

from starlette.routing import BaseRoute

from web.routes import account, checking, completion, copying, field, printing

ROUTES: Final[tuple[BaseRoute, ...]] = (
    *account.ROUTES,
    *printing.ROUTES,
    *completion.ROUTES,
    *copying.ROUTES,
    *field.ROUTES,
    *checking.ROUTES,
)
