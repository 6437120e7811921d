"""Pages as people see them: a deed is a method, and one that leads on returns the next page."""

from typing import ClassVar, Self, TypeVar

from playwright.sync_api import Locator, Page, expect

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

    def press(self, name: str, then: type[Next]) -> Next:
        """Press a button of the page, and be on the next one."""
        self.main.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        return then(self.page)

    def follow(self, name: str, then: type[Next]) -> Next:
        """Follow a link of the page, and be on the next one."""
        self.main.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
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
