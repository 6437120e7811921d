"""The back end that the configuration names."""

from pioneers.config import Config
from pioneers.mail.backends.base import Backend
from pioneers.mail.backends.folder import Folder
from pioneers.mail.backends.smtp import Server, Smtp
from pioneers.mail.building import Sender


def sender(config: Config) -> Sender:
    """Who mail comes from."""
    return Sender(config.mail_from, config.mail_from_name)


def backend(config: Config) -> Backend:
    """A fresh back end for one worker."""
    if config.mail_backend == "smtp":
        server = Server(
            host=config.smtp_host or "127.0.0.1",
            port=config.smtp_port,
            security=config.smtp_security,
            user=config.smtp_user,
            password=config.smtp_password,
        )
        return Smtp(server, sender(config))
    if config.mail_backend == "sendgrid":
        from pioneers.mail.backends.sendgrid import SendGrid  # heavy, and rarely the choice

        return SendGrid(config.sendgrid_api_key, config.sendgrid_host, sender(config))
    return Folder(config.mail_folder, sender(config))
