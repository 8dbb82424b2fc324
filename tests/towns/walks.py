"""How the cast knocks at an address: one table row per person."""

from django.test import Client


def client_of(user) -> Client:
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


def answers(cast, address, data=None) -> dict[str, int]:
    """Name → status of a GET, or of a POST with this data; a way to the log-in counts as 401."""
    found = {}
    for name, user in cast.items():
        client = client_of(user)
        response = client.get(address) if data is None else client.post(address, data)
        if response.streaming:
            b"".join(response.streaming_content)  # or a stored file would stay open
        to_login = response.status_code == 302 and response.url.startswith("/konto/anmelden/")
        found[name] = 401 if to_login else response.status_code
    return found


def those_with(found: dict[str, int], status: int) -> str:
    return " ".join(name for name, each in found.items() if each == status)
