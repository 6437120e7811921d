"""Pages as people see them: a deed is a method, and one that leads on returns the next page."""

import re
from typing import ClassVar, Self, TypeVar

from playwright.sync_api import FilePayload, Locator, Page, expect

from pioneers.accounts.models import User
from tests.factories import PASSWORD

Next = TypeVar("Next", bound="Screen")


class Screen:
    """A page of the site. `path` is where it is when it can be opened by its address."""

    path: ClassVar[str] = "/"

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def open(cls, page: Page, **values: object) -> Self:
        """Go to the page's address."""
        page.goto(cls.path.format(**values))
        return cls(page)

    @property
    def heading(self) -> Locator:
        """The one h1."""
        return self.page.locator("h1")

    @property
    def main(self) -> Locator:
        """What the page is about, without header and footer."""
        return self.page.locator("main")

    def says(self, text: str) -> Self:
        """Expect `text` to be read on the page."""
        expect(self.main).to_contain_text(text)
        return self

    def is_titled(self, text: str) -> Self:
        """Expect the heading to be `text`."""
        expect(self.heading).to_have_text(text)
        return self

    def fill(self, **fields: str) -> Self:
        """Fill in fields by their names."""
        for name, value in fields.items():
            self.main.locator(f"[name={name}]").fill(value)
        return self

    def choose(self, label: str) -> Self:
        """Choose a radio button by its label."""
        self.main.get_by_label(label).check()
        return self

    def press(self, name: str, then: type[Next]) -> Next:
        """Press a button of the page, and be on the next one."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=name, exact=True).first.click()
        return then(self.page)

    def follow(self, name: str, then: type[Next]) -> Next:
        """Follow a link of the page, and be on the next one."""
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=name, exact=True).first.click()
        return then(self.page)


class LogIn(Screen):
    """The log-in page."""

    path = "/inloggen"

    def as_user(self, user: User, then: type[Next], password: str = PASSWORD) -> Next:
        """Log in as `user`."""
        return self.fill(email=user.email, password=password).press("Inloggen", then)


class Account(Screen):
    """The person's own account."""

    path = "/account"

    def log_out(self) -> LogIn:
        """Log out by way of the header."""
        self.page.locator("header summary", has_text="Uw account").click()
        self.page.get_by_role("button", name="Uitloggen", exact=True).click()
        self.page.wait_for_load_state()
        return LogIn(self.page)


class Dashboard(Screen):
    """Where the programme stands."""

    path = "/p/{slug}/"

    def figure(self, title: str) -> int:
        """The number of the card `title`."""
        card = self.main.locator("section.card", has=self.page.get_by_role("heading", name=title))
        return int(re.sub(r"\D", "", card.locator(".figure strong").first.inner_text()))

    def open_figure(self, title: str) -> "Records":
        """Open the figure of the card `title` into what is behind it."""
        link = self.main.get_by_role("link", name=re.compile(f"^Toon wat erachter zit *: {title}$"))
        with self.page.expect_navigation():
            link.first.click()
        return Records(self.page)


class Records(Screen):
    """What is behind a figure."""


class Event(Screen):
    """An event."""

    path = "/p/{slug}/bijeenkomsten/{event_id}"

    def add_list(self, name: str, content: bytes) -> "CheckList":
        """Upload a list, and see what it will do."""
        upload = self.follow("Presentielijst toevoegen", then=Screen)
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        self.page.set_input_files("[name=file]", files=file)
        return upload.press("Lijst bekijken", then=CheckList)


class CheckList(Screen):
    """What a list will do, before anything is written."""

    def row(self, name: str) -> Locator:
        """The row of somebody."""
        return self.main.get_by_role("row").filter(has_text=name)

    def happens(self, name: str, what: str) -> Self:
        """Expect the row of `name` to say what happens."""
        expect(self.row(name).locator("td").nth(3)).to_contain_text(what)
        return self

    def answer(self, name: str, choice: str) -> Self:
        """Settle the doubt about `name`."""
        with self.page.expect_navigation():
            self.row(name).get_by_role("button", name=re.compile(f"^{choice}")).first.click()
        return self

    def add(self, button: str) -> "WrittenList":
        """Confirm."""
        return self.press(button, then=WrittenList)


class WrittenList(Screen):
    """A list that was added."""

    def take_back(self) -> Self:
        """Undo the whole list."""
        self.follow("Deze lijst terugdraaien", then=Screen).press("Terugdraaien", then=Screen)
        return self


class Company(Screen):
    """A company's page."""

    path = "/p/{slug}/bedrijven/{company_id}"


class Activation(Screen):
    """An action that a company took."""


class Actions(Screen):
    """The actions of companies."""

    path = "/p/{slug}/activaties"


class Programmes(Screen):
    """The programmes of the installation."""

    path = "/beheer/programma"


class NewTarget(Screen):
    """A target that is set."""

    path = "/p/{slug}/doelen/nieuw"


class HostedEvents(Screen):
    """The events of a host."""

    path = "/p/{slug}/podium"

    def propose(self) -> "Proposal":
        """Begin a proposal."""
        return self.follow("Bijeenkomst voorstellen", then=Proposal)


class Proposal(Screen):
    """An event that a host proposes."""

    def ask_for(self, pioneer: str) -> Self:
        """Ask for a pioneer by name."""
        self.main.get_by_label("Welke pionier?").select_option(label=pioneer)
        return self

    def send(self) -> "HostedEvent":
        """Send it to the project leader."""
        return self.press("Voorstel versturen", then=HostedEvent)


class HostedEvent(Screen):
    """An event as its host sees it."""

    path = "/p/{slug}/podium/{event_id}"

    def publish(self) -> Self:
        """Open the public page."""
        self.press("Publiceren", then=Screen)
        return self

    @property
    def public_address(self) -> str:
        """The link to share."""
        return self.main.get_by_label("Link om te delen").input_value()


class Request(Screen):
    """A request to a pioneer, by the link in the mail."""


class Decision(Screen):
    """Whether a proposed event goes ahead."""


class PublicEvent(Screen):
    """An event as everybody sees it, with the form to register."""

    def register(self, name: str, company: str, email: str) -> "Registered":
        """Register, agreeing to what has to be agreed to."""
        self.fill(name=name, company=company, email=email)
        self.main.locator("[name=agreed]").check()
        return self.press("Meld mij aan", then=Registered)


class Registered(Screen):
    """What happens next."""


class CodeOnScreen(Screen):
    """What the host puts on the projector."""

    path = "/p/{slug}/podium/{event_id}/scherm"

    @property
    def check_in_path(self) -> str:
        """Where the code leads that guests point their phones at."""
        return f"/i/{self.main.locator('.screen-address span').inner_text()}"


class CheckIn(Screen):
    """Where guests check themselves in."""

    def as_registered(self, email: str, then: type[Next]) -> Next:
        """Check in with the address that was registered."""
        return self.fill(who=email).press("Inchecken", then)
