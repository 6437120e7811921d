"""Fields for how people are reached: phone numbers, and addresses that mail can be sent to."""

from typing import Any

from flask_babel import lazy_gettext as _l

from pioneers.mail.addresses import is_address
from pioneers.reach.phones import clean_phone, written_phone
from pioneers.web.forms import EmailField, KvkField


class PhoneField(KvkField):
    """A phone number, kept in one form."""

    advice = _l("Write a phone number like 06 12345678.")

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        standard = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        kwargs["render_kw"] = {**standard, **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)

    def read(self, typed: str) -> str | None:
        """See clean_phone."""
        return clean_phone(typed) if len(typed) <= 40 else None

    def write(self, value: Any) -> str:
        """As people write it."""
        return written_phone(value)


class MailField(EmailField):
    """An address that we can mail: the confirmation is the only proof that somebody has."""

    def read(self, typed: str) -> str | None:
        """The address, or why it cannot be mailed."""
        found = super().read(typed)
        if found is not None and not is_address(found):
            raise ValueError(
                str(_l("We cannot send mail to this address: it has letters with accents."))
            )
        return found
