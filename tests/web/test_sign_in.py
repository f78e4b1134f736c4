"""Sign-in, sign-out, codes: what a browser, and somebody who is no browser, may do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import extract_parameters

from analytics.demonstration.cast import PASSWORD as DEMO_PASSWORD
from people import passwords, service
from people.codes import hash_session_token
from people.facts import TokenPurpose
from people.limits import Limit, RateLimiter
from people.models import Office
from tests.web.browser import TestClient
from tests.web.conftest import HUB, PASSWORD, House, form_token, post, sign_in
from web.arrival import find_context, find_person
from web.plain import own_path
from web.routes import account
from web.sessions import COOKIE

MakeClient = Callable[..., TestClient]
QUARTER = timedelta(minutes=15)


def test_sign_in_leads_to_the_page_that_was_wanted(client: TestClient) -> None:
    answer = sign_in(client, next="/quizzes?quiz=m9")
    assert (answer.status_code, answer.headers["location"]) == (303, "/quizzes?quiz=m9")
    assert find_person(client.cookies[COOKIE]) is not None


def test_session_cookie_is_out_of_reach_of_scripts_and_foreign_forms(client: TestClient) -> None:
    cookie = next(line for line in sign_in(client).headers.get_list("set-cookie") if line.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Max-Age=1209600" in cookie
    assert "Secure" not in cookie


def test_cookies_are_secure_on_https(make_client: MakeClient) -> None:
    client = make_client("https://testserver")
    assert "Secure" in client.get("/account/sign-in").headers["set-cookie"]
    assert all("Secure" in line for line in sign_in(client).headers.get_list("set-cookie"))


def test_store_keeps_no_token(client: TestClient, house: House) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    session = house.store.find_session(hash_session_token(token))
    assert session is not None
    assert token not in repr(session)


def test_each_sign_in_has_a_new_token_and_ends_the_old(client: TestClient) -> None:
    sign_in(client)
    first = client.cookies[COOKIE]
    sign_in(client)
    assert client.cookies[COOKIE] != first
    assert find_person(first) is None


@pytest.mark.parametrize(("login", "password"), [("ruth", "wrong one here"), ("nobody", PASSWORD), ("", "")])
def test_refusal_does_not_say_which_was_wrong(client: TestClient, login: str, password: str) -> None:
    answer = sign_in(client, login, password)
    assert answer.status_code == 400
    assert "The sign-in name or the password is not right" in answer.text
    assert COOKIE not in client.cookies


@pytest.mark.parametrize("login", ["ruth", "nobody"])
def test_unknown_name_costs_the_same_work_as_a_wrong_password(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    client.get("/account/sign-in")
    hasher, worked_on = passwords._HASHER, []

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            worked_on.append(extract_parameters(password_hash))
            return hasher.verify(password_hash, password)

    monkeypatch.setattr(passwords, "_dummy", lambda: hasher.hash("no account has this password"))
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    assert sign_in(client, login, "wrong one here").status_code == 400
    assert worked_on == [extract_parameters(hasher.hash("any"))]


# ---------------------------------------------------------------- forms of others


def test_form_without_token_is_refused(client: TestClient) -> None:
    client.get("/account/sign-in")
    answer = client.post("/account/sign-in", data={"login": "ruth", "password": PASSWORD})
    assert answer.status_code == 403
    assert COOKIE not in client.cookies


def test_form_with_the_token_of_another_browser_is_refused(make_client: MakeClient) -> None:
    other, client = make_client(), make_client()
    client.get("/account/sign-in")
    foreign = form_token(other.get("/account/sign-in").text)
    answer = client.post("/account/sign-in", data={"form_token": foreign, "login": "ruth", "password": PASSWORD})
    assert answer.status_code == 403


def test_form_from_another_site_is_refused_even_with_the_token(client: TestClient) -> None:
    token = form_token(client.get("/account/sign-in").text)
    fields = {"form_token": token, "login": "ruth", "password": PASSWORD}
    answer = client.post("/account/sign-in", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_form_that_is_too_large_is_refused(client: TestClient) -> None:
    token = form_token(client.get("/account/sign-in").text)
    answer = client.post("/account/sign-in", data={"form_token": token, "login": "r" * 20_000, "password": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_only_plain_forms_are_read(client: TestClient, kind: str) -> None:
    token = form_token(client.get("/account/sign-in").text)
    body = f"form_token={token}&login=ruth&password={PASSWORD}"
    answer = client.post("/account/sign-in", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 403


def test_sign_out_cannot_be_forced_by_another_site(client: TestClient) -> None:
    sign_in(client)
    assert client.post("/account/sign-out").status_code == 403
    assert find_person(client.cookies[COOKIE]) is not None


def test_sign_out_is_no_link(client: TestClient) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    client.get("/account/sign-out")
    assert find_person(token) is not None


# ---------------------------------------------------------------- sessions


def test_forged_token_signs_nobody_in(house: House) -> None:
    assert find_person("A" * 43) is None
    assert find_context("A" * 43) is None
    assert find_context("") is None


def test_session_ends_after_twelve_idle_hours(house: House) -> None:
    token = house.token()
    house.clock.move(hours=11, minutes=59)
    assert find_context(token) is not None
    house.clock.move(hours=12, minutes=1)
    assert find_context(token) is None


def test_session_ends_after_fourteen_days_of_use(house: House) -> None:
    token = house.token()
    for _ in range(33):
        house.clock.move(hours=10)
        assert find_context(token) is not None
    house.clock.move(hours=7)
    assert find_context(token) is None


def test_sign_out_is_seen_in_an_open_tab(client: TestClient, house: House) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    open_tab = find_context(token)
    assert open_tab is not None
    assert open_tab.renew_actor is not None
    assert open_tab.renew_actor() is not None
    answer = post(client, "/account/sign-out", "/account/bye")
    assert answer.status_code == 200
    assert COOKIE not in client.cookies
    assert find_context(token) is None
    assert open_tab.renew_actor() is None


def test_sign_out_everywhere_ends_every_session_of_the_person_only(make_client: MakeClient, house: House) -> None:
    phone, laptop, other = make_client(), make_client(), make_client()
    sign_in(phone)
    sign_in(laptop)
    sign_in(other, "admin")
    tokens = phone.cookies[COOKIE], laptop.cookies[COOKIE]
    post(phone, "/account/sign-out-everywhere", "/account/bye")
    assert [find_person(token) for token in tokens] == [None, None]
    assert find_person(other.cookies[COOKIE]) is not None


# ---------------------------------------------------------------- one's own password

NEW_PASSWORD = "five wet umbrellas dry"


def _change(client: TestClient, *, old: str = PASSWORD, new: str = NEW_PASSWORD, again: str = NEW_PASSWORD):
    return post(client, "/account/password", login="ruth", old=old, password=new, again=again)


def test_a_changed_password_ends_every_other_session(make_client: MakeClient, house: House) -> None:
    phone, laptop = make_client(), make_client()
    house.add("Mia", "mia", Office.TRAINER)
    for client in (phone, laptop):
        sign_in(client, "mia")
    before = phone.cookies[COOKIE], laptop.cookies[COOKIE]
    answer = _change(phone)
    assert (answer.status_code, answer.headers["location"]) == (303, "/my-account")
    assert [find_person(token) for token in before] == [None, None]
    assert find_person(phone.cookies[COOKIE]) is not None
    assert sign_in(make_client(), "mia").status_code == 400
    assert sign_in(make_client(), "mia", NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"old": "not the old one"}, "The old password is not right"),
        ({"again": "something else here"}, "The two passwords are not the same"),
        ({"new": "password123", "again": "password123"}, "Many people use this password"),
    ],
)
def test_a_refused_change_changes_nothing(client: TestClient, house: House, given: dict[str, str], words: str) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    answer = _change(client, **given)
    assert answer.status_code == 400
    assert words in answer.text
    assert find_person(token) is not None
    assert sign_in(client).status_code == 303


def test_an_open_phone_cannot_be_used_to_guess_the_old_password(client: TestClient, house: House) -> None:
    sign_in(client)
    answers = [_change(client, old=f"guess number {n}").status_code for n in range(12)]
    assert answers[-1] == 429
    assert answers[0] == 400


def test_end_of_an_office_is_seen_on_the_next_run(house: House) -> None:
    person_id = house.add("Ben", "ben", Office.COORDINATOR)
    token = house.token("ben")
    before = find_context(token)
    assert before is not None
    assert before.actor.holds(Office.COORDINATOR)
    grant = service.give_grant(house.store, house.admin, person_id, Office.COORDINATOR, house.clock(), hub_id=HUB)
    service.give_grant(house.store, house.admin, person_id, Office.TRAINER, house.clock(), hub_id=HUB)
    service.end_grant(house.store, house.admin, grant.fact_id, house.clock())
    after = find_context(token)
    assert after is not None
    assert after.actor.offices == {Office.TRAINER}


def test_reset_slip_ends_all_sessions(house: House) -> None:
    token = house.token()
    service.issue_token(house.store, house.admin, house.trainer_id, TokenPurpose.RESET, house.clock())
    assert find_context(token) is None


# ---------------------------------------------------------------- limits


def test_too_many_tries_are_answered_with_a_time_to_wait(
    client: TestClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "LIMITER", RateLimiter())
    statuses = [sign_in(client, "ruth", "wrong one here").status_code for _ in range(11)]
    assert statuses == [400] * 10 + [429]
    refused = sign_in(client, "ruth", PASSWORD)
    assert "Please wait 15 minutes" in refused.text
    house.clock.move(minutes=15, seconds=1)
    assert sign_in(client, "ruth", PASSWORD).status_code == 303


def test_tries_of_one_address_are_counted_over_all_names(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = RateLimiter(per_address=Limit(5, QUARTER))
    monkeypatch.setattr(account, "LIMITER", limiter)
    statuses = [sign_in(client, f"name{n}", "wrong one here").status_code for n in range(6)]
    assert statuses == [400] * 5 + [429]


def test_codes_cannot_be_guessed_without_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "LIMITER", RateLimiter(per_address=Limit(3, QUARTER)))
    statuses = [client.get(f"/account/welcome/AAAA-AAAA-AAA{n}").status_code for n in range(2, 6)]
    assert statuses == [400, 400, 400, 429]


# ---------------------------------------------------------------- codes


def _invite(house: House, login: str) -> str:
    person_id = service.add_person(house.store, house.admin, "Amina", login, house.clock())
    service.give_grant(house.store, house.admin, person_id, Office.TRAINEE, house.clock(), hub_id=HUB)
    return service.issue_token(house.store, house.admin, person_id, TokenPurpose.INVITATION, house.clock()).code


def test_invited_person_chooses_a_password_and_is_signed_in(client: TestClient, house: House) -> None:
    path = f"/account/welcome/{_invite(house, 'amina')}"
    page = client.get(path).text
    assert "Welcome, Amina" in page
    assert 'value="amina"' in page
    answer = post(client, path, password=PASSWORD, again=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert find_person(client.cookies[COOKIE]) is not None


def test_code_works_once(client: TestClient, house: House) -> None:
    path = f"/account/welcome/{_invite(house, 'once')}"
    post(client, path, password=PASSWORD, again=PASSWORD)
    answer = client.get(path)
    assert answer.status_code == 400
    assert "This code does not work" in answer.text


def test_code_typed_from_a_slip_leads_to_the_same_page(client: TestClient, house: House) -> None:
    code = _invite(house, "typed")
    answer = post(client, "/account/code", code=code.lower().replace("-", " "))
    assert answer.status_code == 303
    assert "Welcome, Amina" in client.get(answer.headers["location"]).text


def test_two_different_passwords_do_not_use_up_the_code(client: TestClient, house: House) -> None:
    path = f"/account/welcome/{_invite(house, 'differ')}"
    answer = post(client, path, password=PASSWORD, again="blue kettle on the hill")
    assert "not the same" in answer.text
    assert client.get(path).status_code == 200


def test_easy_password_is_refused_with_the_reasons(client: TestClient, house: House) -> None:
    answer = post(client, f"/account/welcome/{_invite(house, 'easy')}", password="password123", again="password123")
    assert answer.status_code == 400
    assert "Many people use this password" in answer.text


def test_password_cannot_be_set_by_another_site(client: TestClient, house: House) -> None:
    path = f"/account/welcome/{_invite(house, 'foreign')}"
    assert client.post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 403
    assert client.get(path).status_code == 200


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "/\t/evil.example",
        " //evil.example",
        "evil",
        "",
        "/account/bye",
        "/_stcore/health",
    ],
)
def test_next_leads_nowhere_else(client: TestClient, wanted: str) -> None:
    assert own_path(wanted) == "/"
    assert sign_in(client, next=wanted).headers["location"] == "/"


def test_plain_pages_carry_strict_headers(client: TestClient) -> None:
    headers = client.get("/account/sign-in").headers
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_what_was_typed_is_escaped(client: TestClient) -> None:
    answer = sign_in(client, '"><script>alert(1)</script>', "wrong one here")
    assert "<script>" not in answer.text


def test_real_store_lists_no_accounts(client: TestClient) -> None:
    page = client.get("/account/sign-in?as=ruth").text
    assert "Accounts of the demonstration" not in page
    assert 'value="ruth"' not in page
    assert "Demonstration" not in page


@pytest.mark.parametrize("is_demo", [True])
def test_demonstration_lists_accounts_and_fills_one_in(client: TestClient) -> None:
    page = client.get("/account/sign-in?as=ruth&next=/today").text
    assert "Demonstration: invented people" in page
    assert "as=admin" in page
    assert 'value="ruth"' in page
    assert f'value="{DEMO_PASSWORD}"' in page
    assert 'name="next" value="/today"' in page


def test_text_size_of_the_browser_is_kept_on_plain_pages(client: TestClient) -> None:
    client.cookies.set("practicum_text_size", "large")
    assert '<html lang="en" class="large">' in client.get("/account/sign-in").text
    client.cookies.set("practicum_text_size", 'large"><script>')
    assert "<script>" not in client.get("/account/sign-in").text
