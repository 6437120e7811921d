"""What each action is called, in the person's language: the one table, checked by a test."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "access.given": _l("Gave access"),
    "access.reviewed": _l("Reviewed who has access"),
    "access.withdrawn": _l("Withdrew access"),
    "activation.proposed": _l("Proposed an activation"),
    "activation.rejected": _l("Rejected an activation"),
    "activation.verified": _l("Verified an activation"),
    "activation.voided": _l("Made an activation void"),
    "attendance.corrected": _l("Corrected an attendance list"),
    "attendance.recorded": _l("Recorded an attendance list"),
    "attendance.undone": _l("Undid an attendance list"),
    "cards.led_elsewhere": _l("Let cards lead elsewhere"),
    "cards.printed": _l("Had cards printed"),
    "cards.restored": _l("Put cards back in use"),
    "cards.withdrawn": _l("Withdrew cards"),
    "catalogue.added": _l("Added a kind of activation"),
    "catalogue.restored": _l("Brought a kind of activation back"),
    "catalogue.retired": _l("Retired a kind of activation"),
    "catalogue.reworded": _l("Reworded a kind of activation"),
    "company.added": _l("Added a company"),
    "company.changed": _l("Changed a company"),
    "company.merged": _l("Merged two companies"),
    "company.unmerged": _l("Undid a merge of two companies"),
    "contacts.voided": _l("Made contacts void"),
    "doubt.settled": _l("Settled a doubtful match"),
    "event.added": _l("Added an event"),
    "event.cancelled": _l("Cancelled an event"),
    "event.changed": _l("Changed an event"),
    "event.confirmed": _l("Confirmed a proposed event"),
    "event.counted": _l("Reported how many people were at an event"),
    "event.moved_by_host": _l("Moved an event, as its host"),
    "event.published": _l("Published an event"),
    "event.wants_pioneer": _l("Asked for a pioneer who fits"),
    "fan.added": _l("Added a fan"),
    "fan.changed": _l("Changed a fan"),
    "fan.contact_added": _l("Added a contact person of a fan"),
    "fan.contact_ended": _l("Ended a contact person of a fan"),
    "feed.made": _l("Made a private calendar"),
    "feed.revoked": _l("Ended a private calendar"),
    "import.discarded": _l("Discarded an upload"),
    "import.undone": _l("Undid an upload"),
    "import.written": _l("Wrote an upload"),
    "invitation.accepted": _l("Accepted an invitation"),
    "invitation.made": _l("Invited somebody"),
    "invitation.withdrawn": _l("Withdrew an invitation"),
    "user.changed_self": _l("Changed their own name or language"),
    "mail.lifted": _l("Let an address get mail again"),
    "mail.reminder_off": _l("Turned a reminder off"),
    "mail.reminder_on": _l("Turned a reminder on"),
    "mail.restored": _l("Restored the words of a mail"),
    "mail.reworded": _l("Reworded a mail"),
    "mail.tried_again": _l("Sent a failed mail again"),
    "person.added": _l("Added a person"),
    "person.changed": _l("Changed a person"),
    "person.employed": _l("Noted where a person works"),
    "person.left": _l("Noted that a person left a company"),
    "person.merged": _l("Merged two people"),
    "person.recognised": _l("Recognised a person who was known"),
    "person.unmerged": _l("Undid a merge of two people"),
    "outside_calendar.ended": _l("Stopped following a calendar"),
    "outside_calendar.followed": _l("Began to follow a calendar"),
    "pioneer.appointed": _l("Appointed a pioneer"),
    "pioneer.ended": _l("Ended an appointment"),
    "pioneer.preferences": _l("Changed a pioneer's themes and travel distance"),
    "pioneer.resumed": _l("Resumed an appointment"),
    "programme.changed": _l("Changed the settings"),
    "programme.counting_changed": _l("Changed how figures are counted"),
    "programme.created": _l("Created the programme"),
    "registration.added": _l("Registered somebody for an event"),
    "registration.cancelled": _l("Cancelled somebody's registration"),
    "registration.cleaned": _l("Deleted what was kept long enough of registrations"),
    "registration.question_added": _l("Added a question to an event"),
    "registration.question_changed": _l("Changed a question of an event"),
    "registration.question_removed": _l("Removed a question of an event"),
    "request.accepted": _l("Accepted a request to speak"),
    "request.asked": _l("Asked a pioneer to speak"),
    "request.declined": _l("Declined a request to speak"),
    "request.other_date": _l("Proposed another date"),
    "request.withdrawn": _l("Withdrew a request to speak"),
    "target.changed": _l("Changed a target"),
    "target.set": _l("Set a target"),
    "user.added": _l("Created an account"),
    "user.administrator_given": _l("Made somebody administrator"),
    "user.administrator_withdrawn": _l("Made somebody administrator no longer"),
    "user.closed": _l("Closed an account"),
    "user.link_asked": _l("Asked for a link by mail"),
    "user.login": _l("Logged in"),
    "user.login_failed": _l("Failed to log in"),
    "user.mfa_disabled": _l("Switched the second step off"),
    "user.mfa_enabled": _l("Switched the second step on"),
    "user.mfa_reset": _l("Reset a second step"),
    "user.opened": _l("Opened a closed account"),
    "user.password_changed": _l("Changed a password"),
    "user.reset_made": _l("Made a link for a new password"),
}

OBJECTS = {
    "activation": _l("Activation"),
    "activation_kind": _l("Kind of activation"),
    "attendance_import": _l("Upload"),
    "company": _l("Company"),
    "contact": _l("Contact"),
    "doubt": _l("Doubtful match"),
    "event": _l("Event"),
    "fan": _l("Fan"),
    "feed": _l("Private calendar"),
    "import": _l("Upload"),
    "invitation": _l("Invitation"),
    "mail": _l("Mail"),
    "merge": _l("Merge"),
    "occasion": _l("Occasion"),
    "outside_calendar": _l("Calendar that is followed"),
    "person": _l("Person"),
    "pioneer": _l("Pioneer"),
    "pioneer_request": _l("Request to a pioneer"),
    "print_run": _l("Print run"),
    "programme": _l("Programme"),
    "target": _l("Target"),
    "user": _l("Account"),
}

ORIGINS = {
    "web": _l("Website"),
    "cli": _l("Command line"),
    "command": _l("Command line"),
    "calendar": _l("Calendar of a fan"),
    "demo": _l("Demonstration"),
    "import": _l("Upload"),
    "worker": _l("Periodic work"),
}

# Numbers that an entry can carry; other details are for machines.
NUMBERS = {
    "people": _l("people"),
    "count": _l("number"),
    "heads": _l("heads"),
    "present": _l("present"),
    "absent": _l("absent"),
    "new": _l("new"),
    "value": _l("value"),
    "was": _l("was"),
}


def action_text(action: str) -> str:
    """The words for an action code."""
    return str(ACTIONS.get(action, action))


def object_text(object_type: str, object_id: int | None) -> str:
    """The words for the record that it was done to: `Event 12`."""
    name = str(OBJECTS.get(object_type, object_type))
    return name if object_id is None else f"{name} {object_id}"


def origin_text(origin: str) -> str:
    """The words for where it was done from."""
    return str(ORIGINS.get(origin, origin))


def numbers_text(details: dict[str, object]) -> str:
    """The numbers among the details: `people: 12`."""
    return ", ".join(
        f"{label}: {details[key]}"
        for key, label in NUMBERS.items()
        if isinstance(details.get(key), int) and not isinstance(details.get(key), bool)
    )
