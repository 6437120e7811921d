"""Fields understand how people write, and say what is wrong."""

from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import html_params

from pioneers.web import forms
from pioneers.web.parsing import clean_text, parse_day, parse_hour, parse_kvk, parse_whole_number


class Sample(forms.BaseForm):
    """One field of each kind."""

    name = StringField("Naam")
    note = TextAreaField("Opmerking")
    secret = PasswordField("Wachtwoord")
    day = forms.DayField("Dag", [InputRequired()])
    hour = forms.HourField("Uur")
    people = forms.WholeNumberField("Mensen", minimum=1, maximum=5000)
    email = forms.EmailField("E-mail")
    kvk = forms.KvkField("KVK")


class Needed(forms.BaseForm):
    """What must be filled in."""

    name = StringField("Naam", [forms.Required("Naam!")])
    people = forms.WholeNumberField("Mensen", [forms.Required("Mensen!")])


def filled(**values: str) -> Any:
    return Sample(MultiDict({"day": "12-3-2017", **values}), meta={"csrf": False})


@pytest.mark.parametrize(
    "text",
    [
        "12-3-2017",
        "12-03-2017",
        "12/3/2017",
        "12.3.2017",
        "12 maart 2017",
        "2017-03-12",
        "12 mrt. 2017",
        "12 March 2017",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert parse_day(text) == date(2017, 3, 12)


@pytest.mark.parametrize(
    "text", ["", "31-2-2017", "3/12/17", "morgen", "12 foo 2017", "2017", "0-0-0000"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize("text", ["0001-01-01", "31-12-1899", "1-1-2200", "31-12-9999"])
def test_a_day_at_the_ends_of_the_calendar_is_refused_with_words(bare: Flask, text: str) -> None:
    with bare.test_request_context("/"):
        form = filled(day=text)
        assert not form.validate()
        assert form.day.errors == ["Schrijf een jaar tussen 1900 en 2199."]
        for good in ("1900-01-01", "2199-12-31"):
            assert filled(day=good).validate()


@pytest.mark.parametrize("text", ["20:00", "20.00", "20.00 uur", "20u", "2000", "20"])
def test_an_hour_is_read_as_people_write_it(text: str) -> None:
    assert parse_hour(text) == time(20)


@pytest.mark.parametrize("text", ["24:00", "12:60", "acht", "-1"])
def test_what_is_no_hour_is_none(text: str) -> None:
    assert parse_hour(text) is None


@pytest.mark.parametrize(
    ("text", "dutch", "value"),
    [
        ("1.775", True, 1775),
        ("1,775", False, 1775),
        ("1 775", True, 1775),
        ("1775", True, 1775),
        ("-3", True, -3),
        ("1,5", True, None),
        ("1.5", True, None),
        ("1.775", False, None),
        ("1e3", True, None),
        ("٣", True, None),
        ("9" * 30, True, None),
    ],
)
def test_a_whole_number_follows_the_language(text: str, dutch: bool, value: int | None) -> None:
    assert parse_whole_number(text, dutch=dutch) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234567", "01234567"),
        ("01234567", "01234567"),
        ("KVK: 0123 4567", "01234567"),
        ("123456", None),
        ("abc", None),
    ],
)
def test_a_kvk_number_gets_its_zero_back(text: str, value: str | None) -> None:
    assert parse_kvk(text) == value


@given(st.text())
def test_clean_text_is_clean_and_stays_so(text: str) -> None:
    once = clean_text(text)
    assert isinstance(once, str)
    assert "\x00" not in once
    assert once == once.strip()
    assert clean_text(once) == once


def test_the_form_cleans_text_but_no_password(bare: Flask) -> None:
    with bare.test_request_context("/"):
        form = filled(name="  Jan\x00\u200b Bos\n", note="a\r\nb\x07 ", secret=" geheim ")
    assert form.name.data == "Jan Bos"
    assert form.note.data == "a\nb"
    assert form.secret.data == " geheim "


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "\u200b\u202e"])
def test_what_is_nothing_after_cleaning_is_not_filled_in(bare: Flask, text: str) -> None:
    with bare.test_request_context("/"):
        form = Needed(MultiDict({"name": text, "people": "0"}), meta={"csrf": False})
        assert not form.validate()
        assert (form.name.errors, form.people.errors) == (["Naam!"], [])


def test_good_input_becomes_values(bare: Flask) -> None:
    with bare.test_request_context("/"):
        form = filled(hour="20.00", people="1.775", email="Jan@Voorbeeld.NL", kvk="1234567")
        assert form.validate()
    assert form.day.data == date(2017, 3, 12)
    assert (form.hour.data, form.people.data) == (time(20), 1775)
    assert (form.email.data, form.kvk.data) == ("Jan@voorbeeld.nl", "01234567")
    assert 'value="2017-03-12"' in form.day()
    assert 'type="date"' in form.day()


def test_empty_optional_fields_are_none(bare: Flask) -> None:
    with bare.test_request_context("/"):
        form = filled(people=" ", email="")
        assert form.validate()
    assert form.people.data is None
    assert form.email.data is None


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("day", "31-2-2017", "Schrijf de dag als 12-3-2017."),
        ("hour", "acht", "Schrijf de tijd als 20:00."),
        ("people", "1,5", "Schrijf een heel getal, zoals 250."),
        ("people", "0", "Moet 1 of meer zijn."),
        ("people", "6000", "Mag hoogstens 5000 zijn."),
        ("email", "wim@koster", "Schrijf een volledig e-mailadres, zoals naam@voorbeeld.nl."),
        ("kvk", "12", "Een KVK-nummer heeft 8 cijfers."),
    ],
)
def test_bad_input_gets_one_clear_message_and_stays_in_the_field(
    bare: Flask, field: str, text: str, message: str
) -> None:
    with bare.test_request_context("/"):
        form = filled(**{field: text})
        assert not form.validate()
        assert [str(error) for error in form[field].errors] == [message]
        assert f'value="{text}"' in form[field]()


def test_the_refusal_of_a_rule_lands_on_its_field(bare: Flask) -> None:
    with bare.test_request_context("/"):
        form = filled()
        assert form.validate()
        forms.attach(form, "name", "Deze naam bestaat al.")
        assert form.errors == {"name": ["Deze naam bestaat al."]}


@pytest.mark.parametrize(
    "given_params",
    [
        {"id": "q", "name": "q", "value": 'Jansen & "Zn." <x>', "class_": "klein"},
        {"data_day": 3, "aria_label": "Dag", "required": True, "readonly": False, "min": None},
    ],
)
def test_attributes_are_written_as_wtforms_writes_them(given_params: dict[str, Any]) -> None:
    assert forms.quick_params(**given_params) == html_params(**given_params)


class Wishes(forms.BaseForm):
    """Nothing must be filled in."""

    name = StringField("Naam")
    note = TextAreaField("Opmerking")


@pytest.mark.parametrize(
    ("form", "says_so"), [(Sample, True), (Wishes, False)], ids=["beside what must", "on its own"]
)
def test_a_field_says_that_it_is_optional_where_another_is_not(
    bare: Flask, form: type[forms.BaseForm], says_so: bool
) -> None:
    with bare.test_request_context("/"):
        macros = bare.jinja_env.get_template("components/forms.html").make_module()
        written = str(macros.field(form(meta={"csrf": False}).note))  # type: ignore[attr-defined]
    assert ("(niet verplicht)" in written) is says_so
