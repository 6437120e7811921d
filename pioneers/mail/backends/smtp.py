"""Mail over SMTP, with one connection for as many messages as come after each other.

A server has a message once it answers to the single dot that ends it (RFC 5321, 4.1.1.4). So the
handing over is written down after all of the message has gone out but the dot. A worker that dies
before leaves a message that nobody took; between the dot and the answer lies all that is uncertain.
A connection that is lost is another matter: whoever sends must then try again (RFC 5321, 3.8).
"""

import re
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass

from pioneers import clock
from pioneers.mail.addresses import BadAddress, plain
from pioneers.mail.backends.base import HandOver, said
from pioneers.mail.building import Outgoing, Sender, build
from pioneers.mail.models import MailStatus
from pioneers.mail.outcomes import Forgone, Outcome, Problem, Refused, Sent, TryAgain

WAIT = 30.0  # seconds for every answer
WAIT_FOR_TAKING = 120.0  # and for the one that says that the message was taken
FRESH = 5.0  # a connection that was silent for longer is tried before it is used
MOST_ON_ONE_CONNECTION = 100
# The address is wrong (enhanced codes 5.1.x and 5.2.1), rather than we or the message.
WRONG_ADDRESS = re.compile(r"\b5\.(?:1\.(?:0|1|2|3|6|10)|2\.1)\b")
ENHANCED = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
ADDRESS_CODES = frozenset({550, 551, 553})


@dataclass(frozen=True)
class Server:
    """Where mail goes."""

    host: str
    port: int
    security: str  # none | starttls | tls
    user: str = ""
    password: str = ""


class Smtp:
    """Keeps a connection; makes a new one where it was lost."""

    def __init__(
        self,
        server: Server,
        sender: Sender,
        *,
        wait: float = WAIT,
        wait_for_taking: float = WAIT_FOR_TAKING,
    ) -> None:
        self.server, self.sender = server, sender
        self.wait, self.wait_for_taking = wait, wait_for_taking
        self._connection: smtplib.SMTP | None = None
        self._sent = 0
        self._used_at = 0.0

    def deliver(self, message: Outgoing, hand_over: HandOver) -> Outcome:
        """Try once."""
        try:
            recipient = plain(message.to_address)
            whole = build(message, self.sender, clock.now()).as_bytes()
        except BadAddress:
            return Refused(Problem.ADDRESS)
        try:
            return self._transact(recipient, whole, hand_over)
        except smtplib.SMTPResponseException as error:  # while connecting or logging in
            self.close()
            return TryAgain(said(error.smtp_code, error.smtp_error), unreachable=True)
        except (OSError, smtplib.SMTPException):  # time-outs and lost connections among them
            self._drop()
            return TryAgain(Problem.UNREACHABLE, unreachable=True)
        except BaseException:  # the server must not take the next message for the rest of this one
            self._drop()
            raise

    def close(self) -> None:
        """Say goodbye."""
        if self._connection is not None:
            try:
                self._connection.quit()
            except (OSError, smtplib.SMTPException):
                self._connection.close()
        self._connection = None

    def _transact(self, recipient: str, whole: bytes, hand_over: HandOver) -> Outcome:
        connection = self._connected()
        code, text = connection.mail(self.sender.address)
        if code != 250:
            return self._refused(code, text, MailStatus.FAILED)
        code, text = connection.rcpt(recipient)
        if code not in {250, 251}:
            return self._refused_address(code, text)
        code, text = connection.docmd("DATA")
        if code != 354:
            return self._refused(code, text, MailStatus.FAILED)
        connection.send(_stuffed(whole))
        if not hand_over():
            self._drop()  # without the dot the server takes nothing
            return Forgone()
        connection.send(b".\r\n")
        _set_timeout(connection, self.wait_for_taking)
        code, text = connection.getreply()
        _set_timeout(connection, self.wait)
        if code != 250:
            return self._refused(code, text, MailStatus.FAILED)
        self._sent += 1
        return Sent()

    def _connected(self) -> smtplib.SMTP:
        if self._sent >= MOST_ON_ONE_CONNECTION:
            self.close()
        idle = time.monotonic() - self._used_at
        self._used_at = time.monotonic()
        if self._connection is not None and (idle < FRESH or self._still_there(self._connection)):
            return self._connection
        self._drop()
        self._connection = self._connect()
        self._sent = 0
        return self._connection

    def _still_there(self, connection: smtplib.SMTP) -> bool:
        """Whether the server did not hang up for want of mail."""
        try:
            return connection.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self.wait, context=context
            )
        else:
            made = smtplib.SMTP(server.host, server.port, timeout=self.wait)
        try:
            if made.sock is not None:
                # The dot goes apart from its message: it must not wait for the message's receipt.
                made.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if server.security == "starttls":
                made.starttls(context=context)
            made.ehlo_or_helo_if_needed()
            if server.user:
                made.login(server.user, server.password)
        except BaseException:
            made.close()
            raise
        return made

    def _drop(self) -> None:
        """Hang up without a word."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _refused_address(self, code: int, text: bytes) -> Outcome:
        """5xx to RCPT: the address is wrong, or the server does not want us."""
        words = text.decode("utf-8", "replace")
        enhanced = ENHANCED.search(words)
        wrong = WRONG_ADDRESS.search(words) if enhanced else code in ADDRESS_CODES
        return self._refused(code, text, MailStatus.BOUNCED if wrong else MailStatus.BLOCKED)

    def _refused(self, code: int, text: bytes, status: MailStatus) -> Outcome:
        """What a 4xx or 5xx means; the connection goes on, unless the server hangs up (421)."""
        if code == 421 or code < 400:
            self._drop()
            return TryAgain(said(code, text), unreachable=True)
        self._reset()
        if code < 500:
            return TryAgain(said(code, text))
        return Refused(said(code, text), status, suppress=status == MailStatus.BOUNCED)

    def _reset(self) -> None:
        try:
            if self._connection is not None:
                self._connection.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()


def _set_timeout(connection: smtplib.SMTP, seconds: float) -> None:
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def _stuffed(whole: bytes) -> bytes:
    """The message as it goes after DATA, all but the dot that ends it."""
    lines = re.sub(rb"\r?\n", b"\r\n", whole)
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
