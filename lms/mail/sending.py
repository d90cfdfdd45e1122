"""Hand mails to the server, and say what became of each: taken, refused for good, or to be tried again."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from types import TracebackType

from lms.mail.server import MailServer

TIMEOUT = 20  # seconds for each answer of the server


class NotSent(Exception):
    """The server did not take a mail; the text is what it said, without secrets."""


class MailRefused(NotSent):
    """It never will. `address`: because of the recipient, who gets nothing more at this address."""

    def __init__(self, text: str, *, address: bool) -> None:
        super().__init__(text)
        self.address = address


class TryLater(NotSent):
    """It may later. `server`: because of the server, so that others need not be tried now."""

    def __init__(self, text: str, *, server: bool) -> None:
        super().__init__(text)
        self.server = server


class Post:
    """A connection for some mails, opened at the first one; use it in a `with`."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()

    def send(self, mail: EmailMessage, to: str) -> None:
        """Hand one mail over. Raises MailRefused or TryLater."""
        if self._connection is None:
            self._connection = self._open()
        try:
            self._connection.send_message(mail, from_addr=self.server.sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[to]
            raise _of_code(code, said, recipient=True) from error
        except smtplib.SMTPDataError as error:
            raise _of_code(error.smtp_code, error.smtp_error, recipient=False) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefused(str(error), address=False) from error
        except (smtplib.SMTPException, OSError) as error:
            raise _of_server(error) from error

    def _open(self) -> smtplib.SMTP:
        try:
            return self._connected()
        except (smtplib.SMTPException, OSError) as error:
            raise _of_server(error) from error

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        if server.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=server.own_name, timeout=TIMEOUT,
                context=server.context(),
            )  # fmt: skip
        else:
            made = smtplib.SMTP(server.host, server.port, local_hostname=server.own_name, timeout=TIMEOUT)
        try:
            if server.security == "starttls":
                made.starttls(context=server.context())
            if server.user:
                made.login(server.user, server.password())
        except BaseException:
            made.close()
            raise
        return made


def _of_server(error: smtplib.SMTPException | OSError) -> TryLater:
    """No connection, no STARTTLS, a wrong password, a sender that is not allowed: the office mends it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return TryLater(_said(error.smtp_code, error.smtp_error), server=True)
    return TryLater(f"{type(error).__name__}: {error}", server=True)


def _of_code(code: int, said: bytes | str, *, recipient: bool) -> NotSent:
    """5xx is for good, all else may pass (RFC 5321 4.2.1); 421 means that the server goes away."""
    text = _said(code, said)
    if 500 <= code < 600:
        return MailRefused(text, address=recipient)
    return TryLater(text, server=code == 421)


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"
