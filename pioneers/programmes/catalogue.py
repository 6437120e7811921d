"""The actions that a new programme counts as activation, until it changes its own list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """An action's name and the proof that it asks for, in both languages."""

    name_nl: str
    name_en: str
    proof_nl: str = ""
    proof_en: str = ""


DEFAULT: dict[str, Wording] = {
    "joined_circle": Wording(
        "Deelgenomen aan een leren van elkaar-kring",
        "Joined a learning circle",
        "Deelnemerslijst van de kring, met datum van de eerste bijeenkomst",
        "The circle's list of participants, with the day of its first session",
    ),
    "started_intervention": Wording(
        "Een verandertraject gestart",
        "Started a change project",
        "Plan of offerte met startdatum, of een bevestiging van de ondernemer",
        "Plan or quote with a starting day, or the entrepreneur's confirmation",
    ),
    "used_voucher": Wording(
        "Een voucher ingezet",
        "Used a voucher",
        "Toekenning van de voucher en de factuur van de adviseur",
        "The grant of the voucher and the adviser's invoice",
    ),
    "scan_with_goal": Wording(
        "De scan gedaan en een doel gesteld",
        "Did the scan and set a goal",
        "Uitslag van de scan met het gestelde doel",
        "Result of the scan with the goal that was set",
    ),
    "changed_work": Wording(
        "Samen met medewerkers een werkwijze veranderd",
        "Changed a way of working together with employees",
        "Korte beschrijving van voor en na, bevestigd door een medewerker",
        "A short description of before and after, confirmed by an employee",
    ),
    "visited_pioneer": Wording(
        "Met het eigen team bij een pionier op bezoek geweest",
        "Visited a pioneer's company with the own team",
        "Datum, deelnemers en wat het bedrijf ermee gaat doen",
        "Day, participants and what the company will do with it",
    ),
    "hired_expert": Wording(
        "Een deskundige ingeschakeld",
        "Hired an expert",
        "Opdrachtbevestiging of factuur",
        "Confirmation of the assignment, or the invoice",
    ),
}
