"""What differs when something of other features that this site shows does."""

from sqlalchemy import Connection, func, select

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.fans.models import Fan
from pioneers.profiles.models import Profile, ProfileConsent


def stamp(connection: Connection, programme_id: int) -> tuple[object, ...]:
    """Fans, and pioneers with their pages and consents; consents end with a day."""
    fans = connection.execute(
        select(func.count(Fan.id), func.sum(Fan.version)).where(Fan.programme_id == programme_id)
    ).one()
    pioneers = connection.execute(
        select(func.count(Pioneer.id), func.sum(Pioneer.version), func.max(Profile.changed_at))
        .select_from(Pioneer)
        .outerjoin(Profile, Profile.pioneer_id == Pioneer.id)
        .where(Pioneer.programme_id == programme_id)
    ).one()
    consents = connection.execute(
        select(func.max(ProfileConsent.id), func.max(ProfileConsent.withdrawn_at))
        .join(Pioneer, Pioneer.id == ProfileConsent.pioneer_id)
        .where(Pioneer.programme_id == programme_id)
    ).one()
    return (clock.today(), tuple(fans), tuple(pioneers), tuple(consents))
