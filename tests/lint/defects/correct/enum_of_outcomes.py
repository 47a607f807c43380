"""Awkward: an Enum whose `_missing_` sorts statuses into outcomes; callers match on the outcome."""

import enum

import aiohttp


class Outcome(enum.Enum):
    LENT = 201
    TAKEN = 409
    LATER = "later"
    REFUSED = "refused"

    @classmethod
    def _missing_(cls, value):
        return cls.LATER if value in (429, 503) else cls.REFUSED


async def lend(session: aiohttp.ClientSession, book: str) -> Outcome:
    async with session.post("https://api.lending.example/v2/loans", json={"book": book}) as answer:
        return Outcome(answer.status)


async def lend_all(books):
    async with aiohttp.ClientSession() as session:
        for book in books:
            match await lend(session, book):
                case Outcome.LENT:
                    print("lent", book)
                case Outcome.TAKEN:
                    print("taken", book)
                case other:
                    raise RuntimeError(other)
