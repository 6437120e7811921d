"""Forms of companies and people: filters, what is known of them, and joining two of them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from pioneers.companies.addresses import clean_establishment, clean_postcode, site_domain
from pioneers.companies.rules import SizeClass
from pioneers.programmes.rules import Verdict
from pioneers.programmes.sectors import NAMES_2008, clean_code, section_name, section_of
from pioneers.reach.company_list import UNKNOWN, CompanyFilters, Sorting
from pioneers.reach.labels import SIZE_CLASSES, VERDICTS
from pioneers.reach.person_list import PersonFilters
from pioneers.reach.phones import clean_phone
from pioneers.web.forms import BaseForm, DayField, EmailField, KvkField, WholeNumberField
from pioneers.web.i18n import language

REQUIRED = DataRequired(_l("Fill this in."))
ANY = ("", _l("All"))
MOST_EMPLOYEES = 2_000_000
MOST_EUROS = 2_000_000_000  # what the column holds, and more than any SME has


class GetForm(BaseForm):
    """A form that only asks for another list; it needs no token."""

    class Meta(BaseForm.Meta):
        """Filters stand in the address."""

        csrf = False


def _answer(value: str | None) -> bool | None:
    return {"ja": True, "nee": False}.get(value or "")


YES_NO = [ANY, ("ja", _l("Yes")), ("nee", _l("No"))]


class CompanyFilterForm(GetForm):
    """Which companies to list."""

    text = StringField(_l("Name"), name="q", render_kw={"type": "search", "maxlength": 100})
    municipality = SelectField(_l("Municipality"), name="gemeente", validate_choice=False)
    sector = SelectField(_l("Sector"), name="sector", validate_choice=False)
    size = SelectField(_l("Size"), name="grootte", validate_choice=False)
    verdict = SelectField(_l("In the target group"), name="doelgroep", validate_choice=False)
    aware = SelectField(_l("Made aware"), name="bewust", choices=YES_NO, validate_choice=False)
    activated = SelectField(_l("In action"), name="actie", choices=YES_NO, validate_choice=False)
    sorting = SelectField(_l("Sorted by"), name="volgorde", validate_choice=False)

    def fill(self, municipalities: Mapping[str, str]) -> None:
        """Set the choices, in the person's language."""
        unknown = (UNKNOWN, _("Unknown"))
        self.municipality.choices = [ANY, *municipalities.items(), unknown]
        sections = [(letter, section_name(letter, language())) for letter in NAMES_2008]
        self.sector.choices = [ANY, *sections, unknown]
        self.size.choices = [ANY, *((size.value, SIZE_CLASSES[size]) for size in SizeClass)]
        self.verdict.choices = [ANY, *((verdict.value, VERDICTS[verdict]) for verdict in Verdict)]
        self.sorting.choices = [
            (Sorting.NAME.value, _("Name")),
            (Sorting.NEWEST.value, _("Newest first")),
        ]

    def filters(self) -> CompanyFilters:
        """What is asked for; whatever is no choice is left out."""
        return CompanyFilters(
            text=(self.text.data or "")[:100],
            municipality=_chosen(self.municipality),
            sector=_chosen(self.sector),
            size=SizeClass(size) if (size := _chosen(self.size)) else None,
            verdict=Verdict(verdict) if (verdict := _chosen(self.verdict)) else None,
            aware=_answer(self.aware.data),
            activated=_answer(self.activated.data),
            sorting=Sorting(_chosen(self.sorting) or Sorting.NAME),
        )


def _chosen(field: Any) -> str | None:
    return field.data if field.data in {value for value, _label in field.choices} - {""} else None


class PersonFilterForm(GetForm):
    """Which people to list."""

    text = StringField(_l("Name"), name="q", render_kw={"type": "search", "maxlength": 100})
    aware = SelectField(_l("Made aware"), name="bewust", choices=YES_NO, validate_choice=False)

    def filters(self) -> PersonFilters:
        """What is asked for."""
        return PersonFilters(text=(self.text.data or "")[:100], aware=_answer(self.aware.data))


class CompanyForm(BaseForm):
    """What is known of a company."""

    name = StringField(_l("Name"), [REQUIRED, Length(max=200)])
    kvk_number = KvkField(_l("KVK number"), description=_l("8 digits."))
    establishment_number = StringField(
        _l("Establishment number"), [Length(max=20)], description=_l("12 digits.")
    )
    web_domain = StringField(_l("Website"), [Length(max=200)])
    postcode = StringField(_l("Postcode"), [Length(max=10)])
    place = StringField(_l("Place"), [Length(max=80)])
    municipality_code = SelectField(_l("Municipality"))
    sector_code = StringField(
        _l("Sector code (SBI)"),
        [Length(max=8)],
        description=_l("Digits, like 25.62, or the letter of a section."),
    )
    sector_version = SelectField(
        _l("Version of the sector code"), choices=[("2008", "SBI 2008"), ("2025", "SBI 2025")]
    )
    employees = WholeNumberField(
        _l("Employees"), maximum=MOST_EMPLOYEES, description=_l("Heads, not full-time jobs.")
    )
    annual_work_units = WholeNumberField(
        _l("Annual work units"),
        maximum=MOST_EMPLOYEES,
        description=_l("Full-time jobs over a year, for the EU's definition."),
    )
    turnover = WholeNumberField(
        _l("Turnover"), maximum=MOST_EUROS, description=_l("Whole euros a year.")
    )
    balance = WholeNumberField(
        _l("Balance sheet total"), maximum=MOST_EUROS, description=_l("Whole euros.")
    )
    version = HiddenField()

    def fill(self, municipalities: Mapping[str, str]) -> None:
        """Set the municipalities to choose from."""
        self.municipality_code.choices = [("", _("Unknown")), *municipalities.items()]

    def validate_establishment_number(self, field: Any) -> None:
        """Twelve digits, kept as text."""
        if field.data:
            field.data = _cleaned(
                clean_establishment(field.data), _("An establishment number has 12 digits.")
            )

    def validate_postcode(self, field: Any) -> None:
        """Four digits, and two letters where they are known."""
        if field.data:
            field.data = _cleaned(clean_postcode(field.data), _("Write the postcode like 8011 AB."))

    def validate_web_domain(self, field: Any) -> None:
        """A domain of the company's own: it is what companies are recognised by."""
        if field.data:
            field.data = _cleaned(
                site_domain(field.data),
                _("Write the company's own website, like example.nl, or leave this empty."),
            )

    def validate_sector_code(self, field: Any) -> None:
        """A code that lies in a section of its version."""
        if not field.data:
            return
        code = clean_code(field.data)
        if code is None or section_of(code, self.sector_version.data) is None:
            raise ValidationError(_("This code is not in the SBI. Use the first two digits."))
        field.data = code


def _cleaned(value: str | None, advice: str) -> str:
    if value is None:
        raise ValidationError(advice)
    return value


class PersonForm(BaseForm):
    """What is known of a person."""

    first_name = StringField(_l("First name"), [Length(max=60)])
    initials = StringField(_l("Initials"), [Length(max=20)])
    infix = StringField(
        _l("Infix"), [Length(max=20)], description=_l("Such as van, de or van der.")
    )
    family_name = StringField(_l("Family name"), [REQUIRED, Length(max=80)])
    email = EmailField(_l("E-mail address"), [Length(max=254)])
    phone = StringField(
        _l("Phone number"), [Length(max=30)], render_kw={"type": "tel", "autocomplete": "off"}
    )
    function = StringField(_l("Function"), [Length(max=80)])
    version = HiddenField()

    def validate_phone(self, field: Any) -> None:
        """A number that exists in its country; Dutch when no country is given. Kept as E.164."""
        if not field.data:
            return
        number = clean_phone(field.data)
        if number is None:
            raise ValidationError(_("Write the phone number like 038 123 45 67 or +31 6 12345678."))
        field.data = number


class EmploymentForm(BaseForm):
    """The company that somebody works at from a day on."""

    company = StringField(
        _l("KVK number or name of the company"),
        [REQUIRED, Length(max=200)],
    )
    from_day = DayField(_l("From which day?"), [REQUIRED])
    leaves = BooleanField(_l("The person left the present company on that day"))
