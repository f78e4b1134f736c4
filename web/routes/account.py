"""Sign-in, sign-out, and the first password: plain pages whose forms only our own pages can send."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from curriculum.errors import PlatformError
from people import service
from people.codes import WELCOME_PATH
from people.errors import CodeRefusedError, PasswordRefusedError, SignInRefusedError, TooManyTriesError
from people.facts import TokenPurpose
from people.limits import RateLimiter
from people.models import Actor, PersonId
from people.passwords import MIN_LENGTH
from web.demonstration import find_account, list_accounts
from web.forms import ForeignFormError, read_form
from web.open_store import get_store, now
from web.plain import own_path, render_page, speak_to
from web.sessions import drop_token, keep_token, session_token
from web.texts import _, say_error

LIMITER: Final = RateLimiter()
"""One for the process: tries to sign in and to use codes, by sign-in name and by address."""

_SIGN_IN: Final = "/account/sign-in"
_CODE: Final = "/account/code"
Endpoint = Callable[[Request], Awaitable[Response]]


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _status(error: PlatformError) -> int:
    match error:
        case TooManyTriesError():
            return 429
        case ForeignFormError():
            return 403
        case _:
            return 400


def _speaking(endpoint: Endpoint) -> Endpoint:
    """Return the endpoint answering in the reader's language."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        with speak_to(request):
            return await endpoint(request)

    return answer


def _see_other(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})


async def _enter(request: Request, login: str, password: str, path: str) -> Response:
    """Sign in and go on to `path`. argon2id takes its time, so it runs in a thread."""
    store, at = get_store(), now()
    proof = partial(service.sign_in, store, login, password, _address(request), at, limiter=LIMITER)
    signed_in = await asyncio.to_thread(proof)
    if old_token := session_token(request):
        await asyncio.to_thread(service.sign_out, store, old_token, at)
    response = _see_other(path)
    keep_token(response, request, signed_in.token, signed_in.session.expires_at, at)
    return response


# ---------------------------------------------------------------- sign in


def _sign_in_page(
    request: Request, *, error: PlatformError | None = None, login: str = "", path: str = "/"
) -> Response:
    chosen = find_account(get_store(), request.query_params.get("as", ""))
    return render_page(
        request,
        "sign_in.html",
        status=_status(error) if error else 200,
        notice=say_error(error) if error else "",
        login=login or (chosen.login if chosen else ""),
        password=chosen.password if chosen and not login else "",
        next=path,
        accounts=list_accounts(get_store(), path),
    )


@_speaking
async def show_sign_in(request: Request) -> Response:
    """Answer with the sign-in page; in a demonstration it lists the accounts."""
    return _sign_in_page(request, path=own_path(request.query_params.get("next", "/")))


@_speaking
async def sign_in(request: Request) -> Response:
    """Start a session and go on to where the person wanted; else show the page again with the reason."""
    login, path = "", "/"
    try:
        form = await read_form(request)
        login, path = form.get("login", ""), own_path(form.get("next", "/"))
        return await _enter(request, login, form.get("password", ""), path)
    except PlatformError as error:
        return _sign_in_page(request, error=error, login=login, path=path)


# ---------------------------------------------------------------- codes and passwords


@_speaking
async def show_code(request: Request) -> Response:
    """Answer with the page on which a code from a slip is typed."""
    return render_page(request, "code.html")


@_speaking
async def take_code(request: Request) -> Response:
    """Go on to the page of the code that was typed."""
    try:
        form = await read_form(request)
        await _invitee(request, form.get("code", ""))
    except PlatformError as error:
        return render_page(request, "code.html", status=_status(error), notice=say_error(error))
    return _see_other(WELCOME_PATH + _tidy(form.get("code", "")))


async def _invitee(request: Request, code: str) -> service.Invitee:
    """Return whom a code is for; every look at a code that does not work counts as a try of this address."""
    address, at = _address(request), now()
    LIMITER.take("", address, at)
    invitee = await asyncio.to_thread(service.get_invitee, get_store(), code, at)
    LIMITER.give_back("", address)
    return invitee


def _tidy(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())


def _welcome_page(request: Request, invitee: service.Invitee, error: PlatformError | None = None) -> Response:
    is_reset = invitee.purpose is TokenPurpose.RESET
    return render_page(
        request,
        "welcome.html",
        status=_status(error) if error else 200,
        notice=say_error(error) if error else "",
        heading=_("Choose a new password") if is_reset else _("Welcome, {name}").format(name=invitee.name),
        login=invitee.login,
        min_length=MIN_LENGTH,
    )


@_speaking
async def show_welcome(request: Request) -> Response:
    """Answer with the page on which the owner of a code chooses a password. Looking does not use up the code."""
    try:
        return _welcome_page(request, await _invitee(request, request.path_params["code"]))
    except PlatformError as error:
        return render_page(request, "code.html", status=_status(error), notice=say_error(error))


@_speaking
async def welcome(request: Request) -> Response:
    """Record the password, use up the code, and sign the person in."""
    code = str(request.path_params["code"])
    try:
        invitee = await _invitee(request, code)
    except PlatformError as error:
        return render_page(request, "code.html", status=_status(error), notice=say_error(error))
    try:
        form = await read_form(request)
        password = form.get("password", "")
        if password != form.get("again", ""):
            raise PasswordRefusedError([_("The two passwords are not the same. Type both again.")])
        await _set_password(request, code, password)
        return await _first_entry(request, invitee.login, password)
    except CodeRefusedError as error:
        return render_page(request, "code.html", status=_status(error), notice=say_error(error))
    except PlatformError as error:
        return _welcome_page(request, invitee, error)


async def _first_entry(request: Request, login: str, password: str) -> Response:
    """Sign in with the new password; who holds no office yet is told so."""
    try:
        return await _enter(request, login, password, "/")
    except SignInRefusedError:
        return render_page(
            request,
            "message.html",
            heading=_("Your password is saved"),
            message=_("You have no task here yet. Who invited you can put you into a group; then sign in."),
            link=_SIGN_IN,
            link_text=_("Sign in"),
        )


async def _set_password(request: Request, code: str, password: str) -> PersonId:
    return await asyncio.to_thread(
        service.set_password, get_store(), code, password, now(), limiter=LIMITER, address=_address(request)
    )


# ---------------------------------------------------------------- one's own password


def _password_page(request: Request, actor: Actor, error: PlatformError | None = None) -> Response:
    account = get_store().account_of(actor.person_id)
    return render_page(
        request,
        "password.html",
        status=_status(error) if error else 200,
        notice=say_error(error) if error else "",
        login=account.login if account is not None else "",
        min_length=MIN_LENGTH,
    )


def _signed_in(request: Request) -> Actor | None:
    return service.find_actor(get_store(), session_token(request), now())


@_speaking
async def show_password(request: Request) -> Response:
    """Answer with the form on which the signed-in person changes the password."""
    actor = await asyncio.to_thread(_signed_in, request)
    return _see_other(_SIGN_IN) if actor is None else _password_page(request, actor)


@_speaking
async def change_password(request: Request) -> Response:
    """Record the new password, end all sessions, and start a new one here."""
    actor = await asyncio.to_thread(_signed_in, request)
    try:
        form = await read_form(request)
        if actor is None:
            return _see_other(_SIGN_IN)
        new = form.get("password", "")
        if new != form.get("again", ""):
            raise PasswordRefusedError([_("The two passwords are not the same. Type both again.")])
        change = partial(
            service.change_password,
            get_store(),
            actor,
            form.get("old", ""),
            new,
            now(),
            limiter=LIMITER,
            address=_address(request),
        )
        await asyncio.to_thread(change)
        signed_in = await asyncio.to_thread(service.start_session, get_store(), actor.person_id, now())
        response = _see_other("/my-account")
        keep_token(response, request, signed_in.token, signed_in.session.expires_at, now())
        return response
    except PlatformError as error:
        return _sign_in_page(request, error=error) if actor is None else _password_page(request, actor, error)


# ---------------------------------------------------------------- sign out


@_speaking
async def show_bye(request: Request) -> Response:
    """Ask whether to sign out here or on every device."""
    return render_page(request, "bye.html")


def _sign_out_with(end: Callable[[str], None]) -> Endpoint:
    async def answer(request: Request) -> Response:
        try:
            await read_form(request)
        except ForeignFormError as error:
            return render_page(request, "bye.html", status=_status(error), notice=say_error(error))
        await asyncio.to_thread(end, session_token(request))
        response = render_page(
            request,
            "message.html",
            notice=_("You are signed out."),
            is_good=True,
            heading=_("Goodbye"),
            message=_("You can close this page. On a shared device, close the browser too."),
            link=_SIGN_IN,
            link_text=_("Sign in again"),
        )
        drop_token(response, request)
        return response

    return _speaking(answer)


def _end_here(token: str) -> None:
    service.sign_out(get_store(), token, now())


def _end_everywhere(token: str) -> None:
    actor = service.find_actor(get_store(), token, now())
    if actor is not None:
        service.sign_out_everywhere(get_store(), actor, now())


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route(_SIGN_IN, show_sign_in, methods=["GET"]),
    Route(_SIGN_IN, sign_in, methods=["POST"]),
    Route(_CODE, show_code, methods=["GET"]),
    Route(_CODE, take_code, methods=["POST"]),
    Route(WELCOME_PATH + "{code}", show_welcome, methods=["GET"]),
    Route(WELCOME_PATH + "{code}", welcome, methods=["POST"]),
    Route("/account/password", show_password, methods=["GET"]),
    Route("/account/password", change_password, methods=["POST"]),
    Route("/account/bye", show_bye, methods=["GET"]),
    Route("/account/sign-out", _sign_out_with(_end_here), methods=["POST"]),
    Route("/account/sign-out-everywhere", _sign_out_with(_end_everywhere), methods=["POST"]),
)
