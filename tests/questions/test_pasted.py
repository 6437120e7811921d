"""Taking a pasted mail apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.questions.pasted import read_pasted

OUTLOOK = """Kun jij deze oppakken? Groet, Marieke

Van: Jan Jansen <jan@jansen-metaal.example>
Verzonden: maandag 2 maart 2026 10:12
Aan: Provincie <info@provincie.example>
Onderwerp: FW: Vraag over roosteren

Goedemorgen,

Hoe laat ik een ploeg zelf roosteren?

Met groet,
Jan Jansen
038 425 1234

Van: Provincie <info@provincie.example>
Verzonden: 1 maart 2026
Onderwerp: Nieuwsbrief

Lees ons nieuws.
"""
GMAIL = """---------- Forwarded message ---------
From: =?utf-8?q?J=C3=B6rg_de_Wit?= <jorg@dewit.example>
Date: Mon, 2 Mar 2026 at 10:12
Subject: Voucher
To: <leider@provincie.example>

Is er een voucher voor ons?

On Sun, 1 Mar 2026 at 09:00, Leider <leider@provincie.example> wrote:
> Komt u ook?
"""
QUOTED = """From: leider@provincie.example
To: leider@provincie.example
Subject: Fwd: hulp

> Van: "Vries, Anne de" [mailto:anne@vries.example]
> Datum: 2 maart 2026
> Onderwerp: hulp
>
> Kunt u mij bellen?
"""


def test_the_sender_the_text_and_the_phone_are_taken_out_of_a_forwarded_mail() -> None:
    found = read_pasted(OUTLOOK)
    assert (found.name, found.email) == ("Jan Jansen", "jan@jansen-metaal.example")
    assert found.text.startswith("Goedemorgen,")
    assert found.text.endswith("038 425 1234")
    assert found.phone == "+31384251234"
    assert found.subject == "Vraag over roosteren"


def test_older_mail_below_is_left_out_and_coded_names_are_read() -> None:
    found = read_pasted(GMAIL)
    assert (found.name, found.email) == ("Jörg de Wit", "jorg@dewit.example")
    assert found.text == "Is er een voucher voor ons?"


def test_our_own_headers_above_and_quotation_marks_are_passed_over() -> None:
    found = read_pasted(QUOTED, own={"Leider@provincie.example"})
    assert (found.name, found.email) == ("Anne de Vries", "anne@vries.example")
    assert found.text == "Kunt u mij bellen?"


def test_a_reply_to_one_of_our_mails_names_its_question() -> None:
    mail = "Van: anne@vries.example\nOnderwerp: Antw: Over uw vraag (vraag 12)\n\nDrie ploegen."
    found = read_pasted(mail)
    assert (found.number, found.text, found.email) == (12, "Drie ploegen.", "anne@vries.example")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gewoon een vraag.", "Gewoon een vraag."),
        ("Ik vroeg dit:\nVan: welke kant komt het?", "Ik vroeg dit:\nVan: welke kant komt het?"),
        ("", ""),
    ],
)
def test_without_headers_everything_is_the_text(text: str, expected: str) -> None:
    found = read_pasted(text)
    assert (found.text, found.name, found.email) == (expected, "", None)


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read(text: str) -> None:
    read_pasted(text)


@given(st.lists(st.sampled_from(["Van: a@b.example", "Aan: x", "> tekst", "", "From:", "---"])))
def test_any_order_of_headers_is_read(lines: list[str]) -> None:
    found = read_pasted("\n".join(lines))
    assert found.email in (None, "a@b.example")


def test_a_line_of_forty_thousand_dashes_is_read_at_once() -> None:
    # a pattern that tried every beginning took most of a minute, in which nothing else was served
    assert read_pasted("hoi\n" + "-" * 40_000).text.startswith("hoi")
