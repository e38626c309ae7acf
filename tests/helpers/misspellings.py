"""Misspellings: ids as somebody types them who slips once."""

import random
import string


def edited(id: str, chance: random.Random) -> str:
    """An id with one edit."""
    place = chance.randrange(len(id))
    other = chance.choice(string.ascii_uppercase + string.digits)
    return chance.choice(
        [
            id[:place] + id[place + 1 :],
            id[:place] + other + id[place:],
            id[:place] + other + id[place + 1 :],
            id[: place - 1] + id[place : place + 1] + id[place - 1 : place] + id[place + 1 :]
            if place
            else id[1:],
        ]
    )
