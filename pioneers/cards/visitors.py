"""Who asks for a card's page: a person, a messenger that previews, a machine. Pure."""

import enum
import hashlib
import re
from datetime import datetime
from functools import lru_cache
from typing import Final, Protocol


class Headers(Protocol):
    """What a request says, by name."""

    def get(self, name: str, default: str, /) -> str: ...


class Visitor(enum.StrEnum):
    """What is counted, each apart."""

    PERSON = "person"
    PREVIEW = "previews"
    BOT = "bots"
    HEAD = "heads"
    OWN = "own"  # the owner, or the programme's team


PREVIEWS: Final = re.compile(
    r"whatsapp|facebookexternalhit|facebot|meta-external|twitterbot|linkedinbot|slack|telegrambot"
    r"|discordbot|skypeuripreview|microsoftpreview|ms-office|microsoft office|pinterest|redditbot"
    r"|viber|google-pagerenderer|bitlybot|embedly|iframely|mastodon|bluesky|cardyb|signal-desktop"
    r"|imessage|snap url preview|vkshare|zoombot|threema",
    re.IGNORECASE,
)
BOTS: Final = re.compile(
    r"(?<!cu)bots?(?![a-z])|crawl|spider|slurp|scrap|curl|wget|python|urllib"
    r"|aiohttp|httpx|http-?client|libwww|lwp|java/|okhttp|axios|node-fetch|undici|go-http|headless"
    r"|phantom|selenium|playwright|puppeteer|lighthouse|pingdom|uptime|monitor|check_http|nagios"
    r"|zabbix|zgrab|masscan|nmap|nikto|scanner|safelinks|barracuda|proofpoint|mimecast|urlscan"
    r"|virustotal|feedfetcher|google-|apis-google|mediapartners|yandex|baidu|archive|preview"
    r"|werkzeug|apachebench|wrk/|perl/|ruby/|php/|postman|insomnia",
    re.IGNORECASE,
)
LEAST_AGENT: Final = 12  # a browser says more than this of itself
AHEAD: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


@lru_cache(maxsize=4096)
def _of_agent(agent: str) -> Visitor:
    if PREVIEWS.search(agent):
        return Visitor.PREVIEW
    if len(agent) < LEAST_AGENT or BOTS.search(agent):
        return Visitor.BOT
    return Visitor.PERSON


def visitor_of(method: str, agent: str, headers: Headers) -> Visitor:
    """Who asks, by what it says of itself. A browser that fetches ahead previews."""
    if method == "HEAD":
        return Visitor.HEAD
    for name in AHEAD:
        if headers.get(name, "").lower().startswith(("prefetch", "preview", "prerender")):
            return Visitor.PREVIEW
    return _of_agent(agent[:300])


def visitor_hash(salt: bytes, place: str, agent: str, languages: str) -> bytes:
    """Sixteen bytes that are the same for one person on one day, and say nothing of them once the
    day's salt is gone."""
    told = f"{place}\n{agent}\n{languages}".encode("utf-8", "replace")
    return hashlib.blake2b(told, key=salt, digest_size=16).digest()


def hour_of(moment: datetime) -> datetime:
    """The beginning of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)
