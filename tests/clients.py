"""What is known of a test's client."""

from django.test import Client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
