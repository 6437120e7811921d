"""What the columns of hosts' lists are called, in Dutch and English. Pure."""

import enum
import re
import unicodedata
from functools import lru_cache


class Field(enum.StrEnum):
    """What a column can hold for us."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    INITIALS = "initials"
    INFIX = "infix"
    FAMILY_NAME = "family_name"
    COMPANY = "company"
    KVK = "kvk"
    ESTABLISHMENT = "establishment"
    EMAIL = "email"
    PHONE = "phone"
    FUNCTION = "function"
    PLACE = "place"
    POSTCODE = "postcode"
    EMPLOYEES = "employees"
    SECTOR = "sector"
    WEBSITE = "website"
    PRESENCE = "presence"


NAMES: dict[Field, str] = {
    Field.FULL_NAME: (
        "naam|volledige naam|name|full name|naam deelnemer|deelnemer|deelnemers|naam contactpersoon"
        "|contactpersoon|contact|contact name|attendee|attendee name|participant|participant name"
        "|naam ondernemer|ondernemer|persoon|naam gast|gast|guest|naam bezoeker|bezoeker"
        "|naam persoon|voor en achternaam|voornaam en achternaam|first and last name|display name"
        "|achternaam voornaam|naam aanwezige|ticket holder|delegate|visitor"
    ),
    Field.FIRST_NAME: "voornaam|roepnaam|voornamen|first name|firstname|given name|forename",
    Field.INITIALS: "voorletters|voorletter|initialen|initials|initial",
    Field.INFIX: (
        "tussenvoegsel|tussenvoegsels|tussenv|tv|tussen|voorvoegsel|voorvoegsels|infix|insertion"
        "|name prefix|surname prefix"
    ),
    Field.FAMILY_NAME: (
        "achternaam|familienaam|last name|lastname|surname|family name|geslachtsnaam"
    ),
    Field.COMPANY: (
        "bedrijf|bedrijfsnaam|bedrijven|naam bedrijf|organisatie|organisatienaam|naam organisatie"
        "|onderneming|naam onderneming|company|company name|organisation|organization"
        "|organisation name|organization name|werkgever|employer|firma|firmanaam|business"
        "|business name|handelsnaam|bedrijf organisatie|organisatie bedrijf|bedrijf instelling"
        "|naam van uw bedrijf|statutaire naam|account name"
    ),
    Field.KVK: (
        "kvk|kvk nummer|kvknummer|kvk nr|kvknr|kvk no|nummer kvk|kamer van koophandel"
        "|kamer van koophandel nummer|nummer kamer van koophandel|inschrijfnummer kvk"
        "|chamber of commerce|chamber of commerce number|coc|coc number|coc nr|dossiernummer kvk"
        "|k v k|k v k nummer|kvk dossiernummer|company registration number"
    ),
    Field.ESTABLISHMENT: (
        "vestigingsnummer|vestigingsnr|vestiging nummer|vestigingnummer|vestigings nummer"
        "|establishment number|branch number|kvk vestigingsnummer"
    ),
    Field.EMAIL: (
        "e mail|email|e mailadres|emailadres|e mail adres|email adres|mail|mailadres|e mail address"
        "|email address|zakelijk e mailadres|e mail zakelijk|work email|business email"
        "|contact email|e post|primary email"
    ),
    Field.PHONE: (
        "telefoon|telefoonnummer|tel|tel nr|telnr|telefoonnr|tel nummer|mobiel|mobiele telefoon"
        "|mobiel nummer|mobiele nummer|mobielnummer|mobiele nr|gsm|phone|phone number|telephone"
        "|mobile|mobile phone|mobile number|cell phone|06|06 nummer|vast nummer|work phone"
        "|telefoon mobiel|telefoon zakelijk|telephone number"
    ),
    Field.FUNCTION: (
        "functie|functietitel|functienaam|rol|functie binnen organisatie|job title|jobtitle|title"
        "|position|function|role|beroep|job|functieomschrijving"
    ),
    Field.PLACE: (
        "plaats|woonplaats|vestigingsplaats|plaatsnaam|bedrijfsplaats|stad|city|town"
        "|plaats bedrijf|plaats vestiging|gemeente|place|locatie bedrijf|work city|bezoekplaats"
    ),
    Field.POSTCODE: "postcode|pc|postal code|zip|zip code|zipcode|post code|bezoekpostcode",
    Field.EMPLOYEES: (
        "aantal medewerkers|medewerkers|aantal werknemers|werknemers|personeel"
        "|aantal personeelsleden"
        "|aantal mensen in dienst|fte|aantal fte|employees|number of employees|no of employees"
        "|staff|company size|bedrijfsgrootte|aantal werkzame personen|werkzame personen"
    ),
    Field.SECTOR: (
        "sbi|sbi code|sbicode|sbi 2008|sbi 2025|sector code|sectorcode|sbi nummer|nace|nace code"
    ),
    Field.WEBSITE: "website|web|url|site|homepage|webadres|internetadres|domein|domain|web site",
    Field.PRESENCE: (
        "aanwezig|aanwezigheid|aanwezig ja nee|status|presentie|present|presence|attendance"
        "|attended|attendance status|checked in|check in|checkin|checked in at|check in time"
        "|check in status|checkin status|ingecheckt|ingecheckt op|opkomst|verschenen|geweest"
        "|was aanwezig|check in date|aanwezig x|opgekomen|gekomen|deelgenomen|showed up|show"
        "|no show|noshow|aan of afwezig|aanwezig afwezig|status deelname"
    ),
}
KNOWN: dict[str, Field] = {
    name: field for field, names in NAMES.items() for name in names.split("|")
}
# Ticket shops write "Attendee first name"; a buyer is not the one who comes.
ABOUT_ATTENDEE = re.compile(
    r"^(attendee|deelnemer|participant|guest|gast|bezoeker|visitor|delegate|contact|contactpersoon"
    r"|uw|your|je|persoon|person|ticket holder|user|aanwezige) "
)
ABOUT_BUYER = re.compile(r"^(buyer|order|bestelling|besteller|betaler|payer|invoice|factuur|host) ")
# Headers that mean presence only when their values say so ("Status: betaald" does not).
BY_VALUES = frozenset({"status", "show", "check in", "checkin", "present", "status deelname"})
# A column that says who was absent: "no show: x".
INVERTED = frozenset({"no show", "noshow"})


def normal(text: str) -> str:
    """A header as it is compared: lower case, no accents, words only."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


@lru_cache(maxsize=4096)
def recognise(header: str) -> Field | None:
    """The field that a header names, or None. Words in brackets may be left out."""
    if len(header) > 80:
        return None
    for text in (header, re.sub(r"[(\[].*?[)\]]", " ", header)):
        key = normal(text)
        if ABOUT_BUYER.match(key):
            return None
        for candidate in (key, ABOUT_ATTENDEE.sub("", key, count=1), key.replace(" ", "")):
            if found := KNOWN.get(candidate):
                return found
    return None


def score(cells: list[str]) -> int:
    """How many different fields a row names; a row of data names hardly any."""
    return len({field for cell in cells if cell and (field := recognise(cell))})
