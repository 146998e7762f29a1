"""How a command ends when it does not end well."""

import asyncio
from collections.abc import Coroutine

from bot.settings import Settings, WrongSettings, read_settings


class Ended(Exception):
    """A command that ends without having done what was asked."""

    exit_code = 1


class Refused(Ended):
    """What was asked is not done; the message says why."""


class WrongUse(Ended):
    """The command line or the environment is wrong; the message says where."""

    exit_code = 2


def settings(**overrides: object) -> Settings:
    """The settings of the environment, with what the command line says instead."""
    try:
        read = read_settings()
    except WrongSettings as error:
        raise WrongUse("\n".join(error.lines)) from None
    return read.model_copy(update={name: value for name, value in overrides.items() if value is not None})


def run(command: Coroutine[object, object, None]) -> None:
    """Run an async command to its end; what an operator can mend is said in a sentence."""
    from bot.amending import NotDone
    from bot.company.load import BrokenRules
    from bot.company.problems import locale_of
    from bot.demo_folder import CannotKeep
    from bot.founding import NoCompany, OtherCompany
    from bot.logs import hide
    from bot.rulebook import NoRules
    from bot.service import CannotListen, DemosDatabase
    from bot.settings import environment
    from domain.errors import DatabaseAway, DomainError, NoSchema, Stale
    from handlers.wording.refusals import refusal as worded

    try:
        asyncio.run(command)
    except NoCompany:
        raise WrongUse(
            "GENDAN_COMPANY: there are no rules yet; name a company folder (gendan init DIR writes one)"
        ) from None
    except NoRules:
        raise Refused("there are no rules yet: gendan apply DIR --by USER --why TEXT") from None
    except Stale:
        raise Refused("somebody else wrote the same at this moment; nothing is lost, try again") from None
    except (NotDone, OtherCompany, CannotListen, CannotKeep) as why:
        raise Refused(str(why)) from None
    except DemosDatabase as file:
        raise Refused(
            f"{file} is the database of gendan demo: name another one in GENDAN_DATABASE_URL"
        ) from None
    except BrokenRules as broken:
        locale = locale_of(environment())
        raise Refused("\n".join(problem.text(locale) for problem in broken.problems)) from None
    except DomainError as refusal:
        raise Refused(f"refused: {refusal.code} ({worded(refusal)})") from None
    except NoSchema:
        raise Refused(
            "the database at GENDAN_DATABASE_URL is empty: gendan migrate makes its schema"
        ) from None
    except DatabaseAway as away:
        raise Refused(f"the database at GENDAN_DATABASE_URL cannot be used: {hide(str(away))}") from None
