"""Fetching from addresses that somebody typed: a real server near by, and none where it is not
allowed."""

import datetime
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pioneers.agenda.fetching import Fetcher, Problem
from pioneers.agenda.networks import is_public
from tests.agenda.server import Site, serving

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NEAR = Fetcher(own_machine=True, connect_seconds=1, read_seconds=1, seconds=3)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server without TLS."""
    with serving() as made:
        yield made


def problem(address: str, fetcher: Fetcher = NEAR) -> str:
    """Why an address cannot be had."""
    with pytest.raises(Problem) as refused:
        fetcher.fetch(address)
    return refused.value.code


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name resolve to these addresses: the far side of the internet."""

    def resolve(host: str, port: int, *_more: Any, **_named: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in (addresses if not host[0].isdigit() else (host,))
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_a_calendar_is_fetched_with_its_tag_and_moment(site: Site) -> None:
    headers = {"ETag": '"a1"', "Last-Modified": "Wed, 01 Jul 2026 10:00:00 GMT"}
    found = NEAR.fetch(site.page("/x.ics?a=b", BODY, headers=headers))
    assert (found.body, found.etag, found.last_modified) == (BODY, *headers.values())
    assert site.headers["User-Agent"] == "Pioneers calendar reader"
    assert "Cookie" not in site.headers
    assert site.asked == ["/x.ics?a=b"]


def test_what_is_known_is_asked_for_by_tag_and_moment(site: Site) -> None:
    address = site.page("/x.ics", status=304)
    found = NEAR.fetch(address, etag='"a1"', last_modified="Wed, 01 Jul 2026 10:00:00 GMT")
    assert found.body is None
    assert site.headers["If-None-Match"] == '"a1"'
    assert site.headers["If-Modified-Since"] == "Wed, 01 Jul 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://127.0.0.1/x.ics",
            "http://localhost/x.ics",
            "http://[::1]/",
            "http://0/",
            "http://0.0.0.0/",
        ),
        *("http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://017700000001/"),
        *(
            "http://10.0.0.1/",
            "http://172.16.3.4/",
            "http://192.168.1.1/",
            "http://169.254.169.254/",
        ),
        *("http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/", "http://224.0.0.1/"),
        *("http://[::ffff:10.0.0.1]/", "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::a00:1]/"),
        *("http://[2002:a00:1::]/", "http://240.0.0.1/", "http://255.255.255.255/"),
    ],
)
def test_no_private_address_is_asked(address: str) -> None:
    assert problem(address, Fetcher()) in {"private", "unknown_host"}


@pytest.mark.parametrize(
    ("text", "public"),
    [
        *(("8.8.8.8", True), ("2a00:1450:400e::1", True), ("127.0.0.1", False), ("x", False)),
        *(("fe80::1%eth0", False), ("192.88.99.1", False), ("198.18.0.1", False)),
        *(("64:ff9b::808:808", False), ("64:ff9b:1::1", False), ("2001::1", False)),
        *(("::", False), ("::8.8.8.8", False), ("ff02::1", False), ("100.100.100.100", False)),
    ],
)
def test_public_addresses_are_known_from_others(text: str, public: bool) -> None:
    assert is_public(text) is public


def test_only_the_one_address_of_this_machine_is_let_through_for_tests() -> None:
    assert is_public("127.0.0.1", own_machine=True)
    assert not is_public("127.0.0.2", own_machine=True)
    assert not is_public("10.0.0.1", own_machine=True)
    assert Fetcher() == Fetcher(own_machine=False, authorities=None)


def test_a_name_that_leads_to_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names(monkeypatch, "10.1.2.3")
    assert problem("https://agenda.example/x.ics") == "private"
    names(monkeypatch, "93.184.216.34", "192.168.0.1")  # one of two
    assert problem("https://agenda.example/x.ics") == "private"


def test_a_redirect_to_a_private_network_is_refused(site: Site) -> None:
    there = site.page("/x.ics", status=302, headers={"Location": "http://10.0.0.1/geheim"})
    assert problem(there) == "private"


def test_a_redirect_to_a_name_of_a_private_network_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = site.page("/x.ics", status=301, headers={"Location": "http://intern.example/geheim"})
    names(monkeypatch, "172.20.0.5")
    assert problem(there) == "private"


def test_the_connection_is_made_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/x.ics", BODY)
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *_more: Any, **_named: Any) -> list[Any]:
        asked.append(host)
        answer = {1: "127.0.0.1"}.get(asked.count("agenda.example"), "10.0.0.1")
        return real(answer if host == "agenda.example" else host, port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    found = NEAR.fetch(f"http://agenda.example:{site.port}/x.ics")
    assert found.body == BODY
    assert asked.count("agenda.example") == 1
    assert site.headers["Host"] == f"agenda.example:{site.port}"


def test_redirects_are_followed_three_times(site: Site) -> None:
    site.page("/3", BODY)
    for number in (2, 1, 0):
        site.page(f"/{number}", status=302, headers={"Location": f"{number + 1}"})
    assert NEAR.fetch(f"{site.address}/0").body == BODY
    round_and_round = site.page("/r", status=307, headers={"Location": "/r"})
    assert problem(round_and_round) == "redirects"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        *(("ftp://a.example/x.ics", "address"), ("file:///etc/passwd", "address")),
        *(("x", "address"), ("", "address"), ("http://", "address"), ("http://[", "address")),
        *(("gopher://a.example", "address"), ("http://a.example:99999/", "address")),
        *(
            ("http://jan:geheim@a.example/", "credentials"),
            ("https://jan@a.example/", "credentials"),
        ),
        *(("http://" + "a" * 3000 + ".example/", "address"), ("http://a%00b.example/", "address")),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, code: str) -> None:
    assert problem(address) == code


def test_only_the_usual_ports_are_asked() -> None:
    assert problem("http://a.example:25/", Fetcher()) == "port"
    assert problem("http://a.example:6379/", Fetcher()) == "port"


def test_webcal_is_https() -> None:
    assert Fetcher().checked("webcal://a.example/x.ics").address == "https://a.example/x.ics"


def test_line_breaks_in_an_address_make_no_headers(site: Site) -> None:
    site.page("/x", BODY)
    with pytest.raises(Problem):
        NEAR.fetch(f"{site.address}/x\r\nX-Own: 1")
    assert "X-Own" not in site.headers


@pytest.mark.parametrize("head", [True, False])
def test_a_server_that_drips_is_left(site: Site, head: bool) -> None:
    begun = monotonic()
    assert problem(site.drip("/d", head=head), Fetcher(own_machine=True, seconds=1)) == "slow"
    assert monotonic() - begun < 3


def test_a_server_that_says_nothing_is_left() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = monotonic()
        for scheme in ("http", "https"):
            fetcher = Fetcher(own_machine=True, read_seconds=0.5, seconds=1)
            assert problem(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/", fetcher) == "slow"
        assert monotonic() - begun < 4


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert problem(f"http://127.0.0.1:{closed.getsockname()[1]}/") == "unreachable"


def test_a_large_calendar_is_not_taken_in(site: Site) -> None:
    small = Fetcher(own_machine=True, most_bytes=100_000)
    told = site.page("/told", b"", headers={"Content-Length": str(50 * 1024 * 1024)})
    assert problem(told, small) == "large"
    assert problem(site.endless("/endless"), small) == "large"
    assert problem(site.bomb("/bomb", 200), small) == "large"
    assert problem(site.bomb("/bomb", 200)) == "large"


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "gone"), (410, "gone"), (401, "forbidden"), (500, "answer"), (204, "answer")],
)
def test_another_answer_is_a_problem(site: Site, status: int, code: str) -> None:
    assert problem(site.page("/x", status=status)) == code


def test_packed_rubbish_is_a_problem(site: Site) -> None:
    assert problem(site.page("/x", b"geen gzip", headers={"Content-Encoding": "gzip"})) == "answer"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """A certificate for this machine, one for another name, and one that is over."""
    folder = tmp_path_factory.mktemp("certificates")
    return {
        "right": certificate(folder, "right", days=2),
        "other": certificate(folder, "other", days=2, host="elders.example"),
        "over": certificate(folder, "over", days=-2),
    }


def certificate(folder: Path, name: str, *, days: int, host: str = "") -> tuple[Path, Path]:
    """A certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    alternative: x509.GeneralName = (
        x509.DNSName(host) if host else x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=5))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def trusting(paths: tuple[Path, Path]) -> Fetcher:
    """A fetcher that trusts this certificate."""
    return Fetcher(own_machine=True, authorities=str(paths[0]), seconds=3)


def test_a_certificate_for_the_name_is_taken(certificates: dict[str, tuple[Path, Path]]) -> None:
    with serving(certificates["right"]) as site:
        assert trusting(certificates["right"]).fetch(site.page("/x", BODY)).body == BODY


@pytest.mark.parametrize("name", ["other", "over"])
def test_a_wrong_certificate_is_refused(
    certificates: dict[str, tuple[Path, Path]], name: str
) -> None:
    with serving(certificates[name]) as site:
        assert problem(site.page("/x", BODY), trusting(certificates[name])) == "certificate"


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificates: dict[str, tuple[Path, Path]],
) -> None:
    with serving(certificates["right"]) as site:
        assert problem(site.page("/x", BODY)) == "certificate"
        assert site.asked == []


def test_no_redirect_leads_from_https_to_http(
    certificates: dict[str, tuple[Path, Path]], site: Site
) -> None:
    site.page("/x", BODY)
    with serving(certificates["right"]) as secure:
        there = secure.page("/x", status=302, headers={"Location": f"{site.address}/x"})
        assert problem(there, trusting(certificates["right"])) == "insecure"
