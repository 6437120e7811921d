"""Every model, so that the metadata is whole (migrations, checks)."""

import pioneers.accounts.models
import pioneers.agenda.models
import pioneers.ambassadors.models
import pioneers.audit.models
import pioneers.cards.models
import pioneers.companies.models
import pioneers.contributions.models
import pioneers.events.models
import pioneers.fans.models
import pioneers.files.models
import pioneers.importing.models
import pioneers.knowledge.models
import pioneers.mail.models
import pioneers.mailings.models
import pioneers.media.models
import pioneers.personal.models
import pioneers.planning.models
import pioneers.presence.models
import pioneers.presses.models
import pioneers.profiles.models
import pioneers.programmes.models
import pioneers.publishing.models
import pioneers.questions.models
import pioneers.reach.models
import pioneers.registrations.models
import pioneers.relations.models
import pioneers.search.models
import pioneers.subscriptions.models  # noqa: F401
