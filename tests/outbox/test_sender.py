"""The sender's address: one of ours, whatever name stands before it."""

import pytest

from outbox.transport import address_of


@pytest.mark.parametrize(
    ("ours", "name", "said"),
    [
        ("Homestretch <no-reply@clinic.example>", "", "Homestretch <no-reply@clinic.example>"),
        ("no-reply@clinic.example", "", "Homestretch <no-reply@clinic.example>"),
        ("Ours <no-reply@clinic.example>", "Riverside", "Riverside <no-reply@clinic.example>"),
        ("Ours <a@clinic.example>", "Reed, Ltd", '"Reed, Ltd" <a@clinic.example>'),
        ("Ours <a@clinic.example>", 'a "b"', '"a \\"b\\"" <a@clinic.example>'),
        ("Ours <a@clinic.example>", "x@y.example", '"x@y.example" <a@clinic.example>'),
        ("Ours <a@clinic.example>", "x> <y@z.example", '"x> <y@z.example" <a@clinic.example>'),
    ],
)
def test_the_name_is_quoted_where_it_must_be(settings, ours, name, said):
    settings.DEFAULT_FROM_EMAIL = ours
    assert address_of(name) == said


@pytest.mark.parametrize("name", ["a\nBcc: b@example.org", "a\r\n\r\nHello"])
def test_a_line_break_is_no_part_of_a_name(name):
    with pytest.raises(ValueError, match="CR or LF"):
        address_of(name)
