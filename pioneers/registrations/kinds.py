"""The mails of registrations: their words, in Dutch and English."""

from collections.abc import Mapping

from pioneers.mail.kinds import MailKind, Picture, Words, register
from pioneers.registrations.codes import drawn

FIELDS = {
    "name": "Anne de Vries",
    "title": "Slimmer werken in het Vechtdal",
    "when": "donderdag 12 november 2026, 20.00 – 22.00 uur",
    "where": "Dorpsstraat 1, Ommen",
    "host": "Ondernemersvereniging Ommen",
    "speaker": "Bram Oosterhof",
    "people": "2",
    "colleagues": "Chris Timmer",
    "programme": "Slimmer Werken Overijssel",
    "link": "https://pioniers.example/r/abc",
}
CODES = {"codes": "Anne de Vries: K7Q2M9XW\nChris Timmer: P4R8T3VZ"}
EXAMPLE_CODES = {
    "codes": tuple(Picture(f"QR: {code}", drawn(code)) for code in ("K7Q2M9XW", "P4R8T3VZ"))
}
WAS = {"was": "donderdag 5 november 2026, 20.00 – 22.00 uur"}
UNTIL = {"until": "dinsdag 10 november 2026, 20.00 uur"}

FACTS_NL = (
    "{when}\n{where}\nGastheer: {host}\nSpreker: {speaker}\nAantal personen: {people}\n"
    "Met u: {colleagues}"
)
FACTS_EN = (
    "{when}\n{where}\nHost: {host}\nSpeaker: {speaker}\nNumber of people: {people}\n"
    "With you: {colleagues}"
)
# Each named person has a code; below it comes, in the HTML part, its picture.
CODES_NL = "Om in te checken bij de ingang:\n{codes}"
CODES_EN = "To check in at the entrance:\n{codes}"


def _kind(
    key: str,
    titles: tuple[str, str],
    nl: tuple[str, str],
    en: tuple[str, str],
    *,
    can_be_off: bool = False,
    more: Mapping[str, str] | None = None,
) -> MailKind:
    return register(
        MailKind(
            key=f"registration.{key}",
            nl=Words(*nl),
            en=Words(*en),
            title_nl=titles[0],
            title_en=titles[1],
            fields=FIELDS | dict(more or {}),
            pictures=EXAMPLE_CODES if more is CODES else {},
            can_be_off=can_be_off,
        )
    )


CONFIRMED = _kind(
    "confirmed",
    ("Bevestiging van een aanmelding", "Confirmation of a registration"),
    (
        "U bent aangemeld: {title}",
        f"Beste {{name}},\n\nU bent aangemeld voor {{title}}.\n\n{FACTS_NL}\n\n{CODES_NL}\n\n"
        "[Bekijk of wijzig uw aanmelding](link)\n\nDe uitnodiging voor uw agenda zit "
        "bij deze mail. Kunt u toch niet komen, meld u dan af: iemand anders is blij met uw "
        "plaats.\n\nTot dan!\n{programme}",
    ),
    (
        "You are registered: {title}",
        f"Dear {{name}},\n\nYou are registered for {{title}}.\n\n{FACTS_EN}\n\n{CODES_EN}\n\n"
        "[See or change your registration](link)\n\nThe invitation for your calendar "
        "comes with this mail. If you cannot come after all, please cancel: somebody else will be "
        "glad of your seat.\n\nSee you then!\n{programme}",
    ),
    more=CODES,
)
WAITING = _kind(
    "waiting",
    ("Op de wachtlijst", "On the waiting list"),
    (
        "U staat op de wachtlijst: {title}",
        "Beste {name},\n\n{title} is vol. U staat op de wachtlijst.\n\n"
        "{when}\n{where}\nAantal personen: {people}\n\nKomt er plaats, dan mailen wij u "
        "meteen, in volgorde van aanmelden.\n\n"
        "[Bekijk of wijzig uw aanmelding](link)\n\n{programme}",
    ),
    (
        "You are on the waiting list: {title}",
        "Dear {name},\n\n{title} is full. You are on the waiting list.\n\n{when}\n"
        "{where}\nNumber of people: {people}\n\nWhen there is room we mail you at once, in "
        "order of registration.\n\n"
        "[See or change your registration](link)\n\n{programme}",
    ),
)
OFFERED = _kind(
    "offered",
    ("Er is plaats: bevestigen", "There is room: confirm"),
    (
        "Er is plaats voor u: {title}",
        "Beste {name},\n\nEr is plaats vrijgekomen bij {title}.\n\n{when}\n{where}\nAantal "
        "personen: {people}\n\nWij houden uw plaats vast tot {until}. Bevestigt u niet, dan gaat "
        "hij naar de volgende.\n\n[Plaats bevestigen](link)\n\n{programme}",
    ),
    (
        "There is room for you: {title}",
        "Dear {name},\n\nThere is room at {title}.\n\n{when}\n{where}\nNumber of people: {people}"
        "\n\nWe hold your seat until {until}. If you do not confirm, it goes to who is next.\n\n"
        "[Confirm your seat](link)\n\n{programme}",
    ),
    more=UNTIL,
)
PROMOTED = _kind(
    "promoted",
    ("Er is plaats: meteen aangemeld", "There is room: registered at once"),
    (
        "Er is plaats: u bent aangemeld voor {title}",
        "Beste {name},\n\nEr is plaats vrijgekomen. De bijeenkomst is al gauw, daarom hebben wij u "
        f"meteen aangemeld voor {{title}}.\n\n{FACTS_NL}\n\n{CODES_NL}\n\nKunt u "
        "niet meer? Meld u dan af.\n\n[Bekijk of wijzig uw aanmelding](link)\n\n{programme}",
    ),
    (
        "There is room: you are registered for {title}",
        "Dear {name},\n\nThere is room. Since the event is soon, we registered you for {title} at "
        f"once.\n\n{FACTS_EN}\n\n{CODES_EN}\n\nCan you no longer come? Please "
        "cancel.\n\n[See or change your registration](link)\n\n{programme}",
    ),
    more=CODES,
)
LAPSED = _kind(
    "lapsed",
    ("Aangeboden plaats verlopen", "Offered seat lapsed"),
    (
        "Uw plaats is vervallen: {title}",
        "Beste {name},\n\nU hebt uw plaats bij {title} niet op tijd bevestigd. Hij gaat naar de "
        "volgende op de wachtlijst.\n\nWilt u toch komen, meld u dan opnieuw aan.\n\n"
        "[Naar de bijeenkomst](link)\n\n{programme}",
    ),
    (
        "Your seat has lapsed: {title}",
        "Dear {name},\n\nYou did not confirm your seat at {title} in time. It goes to who is next "
        "on the waiting list.\n\nIf you would still like to come, please register again.\n\n"
        "[To the event](link)\n\n{programme}",
    ),
)
CANCELLED = _kind(
    "cancelled",
    ("Afmelding", "Cancelled registration"),
    (
        "U bent afgemeld: {title}",
        "Beste {name},\n\nUw aanmelding voor {title} ({when}) is afgemeld.\n\nWilt u toch komen, "
        "meld u dan opnieuw aan.\n\n[Naar de bijeenkomst](link)\n\n{programme}",
    ),
    (
        "Your registration is cancelled: {title}",
        "Dear {name},\n\nYour registration for {title} ({when}) has been cancelled.\n\nIf you "
        "would like to come after all, please register again.\n\n[To the event](link)\n\n"
        "{programme}",
    ),
)
AGAIN = _kind(
    "link",
    ("Nog eens aangemeld", "Registered once more"),
    (
        "U had zich al aangemeld: {title}",
        "Beste {name},\n\nU had zich al aangemeld voor {title} ({when}); er is niets veranderd. "
        "Met deze link ziet en wijzigt u uw aanmelding.\n\n"
        "[Bekijk of wijzig uw aanmelding](link)\n\n"
        "Hebt u zich niet nog eens aangemeld? Dan hoeft u niets te doen.\n\n{programme}",
    ),
    (
        "You had registered already: {title}",
        "Dear {name},\n\nYou had registered for {title} ({when}) already; nothing has changed. "
        "With this link you see and change your registration.\n\n"
        "[See or change your registration](link)\n\n"
        "Did you not register once more? Then you need do nothing.\n\n{programme}",
    ),
)
MOVED = _kind(
    "moved",
    ("Bijeenkomst verplaatst of gewijzigd", "Event moved or changed"),
    (
        "Gewijzigd: {title}",
        "Beste {name},\n\n{title} is gewijzigd.\n\nEerst was het: {was}\n\nNu is het:\n"
        "{when}\n{where}\n\nKunt u dan niet? Meld u dan af.\n\n"
        "[Bekijk of wijzig uw aanmelding](link)\n\n{programme}",
    ),
    (
        "Changed: {title}",
        "Dear {name},\n\n{title} has changed.\n\nFirst it was: {was}\n\nNow it is:\n"
        "{when}\n{where}\n\nCan you not come then? Please cancel.\n\n"
        "[See or change your registration](link)\n\n{programme}",
    ),
    more=WAS,
)
EVENT_CANCELLED = _kind(
    "event_cancelled",
    ("Bijeenkomst geannuleerd", "Event cancelled"),
    (
        "Geannuleerd: {title}",
        "Beste {name},\n\n{title} ({when}) gaat niet door. U hoeft niets te doen.\n\n{programme}",
    ),
    (
        "Cancelled: {title}",
        "Dear {name},\n\n{title} ({when}) will not take place. You need do nothing.\n\n{programme}",
    ),
)
REMINDER_WEEK = _kind(
    "reminder_week",
    ("Herinnering een week vooraf", "Reminder a week before"),
    (
        "Volgende week: {title}",
        "Beste {name},\n\nOver een week is {title}.\n\n{when}\n{where}\nAantal personen: {people}"
        "\n\nKunt u niet? Meld u dan af: iemand anders is blij met uw plaats.\n\n"
        "[Bekijk of wijzig uw aanmelding](link)\n\n{programme}",
    ),
    (
        "Next week: {title}",
        "Dear {name},\n\n{title} is in a week.\n\n{when}\n{where}\nNumber of people: {people}\n\n"
        "Can you not come? Please cancel: somebody else will be glad of your seat.\n\n"
        "[See or change your registration](link)\n\n{programme}",
    ),
    can_be_off=True,
)
REMINDER_DAY = _kind(
    "reminder_day",
    ("Herinnering een dag vooraf", "Reminder a day before"),
    (
        "Morgen: {title}",
        f"Beste {{name}},\n\nTot morgen bij {{title}}!\n\n{FACTS_NL}\n\n{CODES_NL}\n\n"
        "[Bekijk uw aanmelding](link)\n\n{programme}",
    ),
    (
        "Tomorrow: {title}",
        f"Dear {{name}},\n\nSee you tomorrow at {{title}}!\n\n{FACTS_EN}\n\n{CODES_EN}\n\n"
        "[See your registration](link)\n\n{programme}",
    ),
    more=CODES,
    can_be_off=True,
)
