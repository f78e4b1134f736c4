"""What an item shows stands in `media/`, is of the right kind, and is told to those who do not see or hear it."""

import re
from collections.abc import Iterator
from typing import Final

from curriculum.draft import Draft
from curriculum.errors import Problem, ProblemSeverity
from curriculum.media import MEDIA_FOLDER, Image, names_of
from curriculum.places import Kind, did_you_mean

_FILE_NAME: Final = re.compile(r"\.\w{3,4}$|^(?:image|picture|photo|img)\b[\s\d_-]*$", re.I)


def check_media(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the files that items show, and a warning for each that none does."""
    known = {file.name for file in draft.media}
    shown: set[str] = set()
    for item in draft.items:
        if item.media is None:
            continue
        place = draft.place(Kind.ITEM, item.id)
        for field, name, endings in names_of(item.media):
            shown.add(name)
            if not name.endswith(endings):
                message = f"`media.{field}` is `{name}`; expected a file that ends in {' or '.join(endings)}"
                yield place.error(message, at=("media", field))
            elif name not in known:
                hint = did_you_mean(name, known) or f"Put it into the folder `{MEDIA_FOLDER}`."
                yield place.error(f"shows `{name}`, which cannot be read", hint, ("media", field))
        if isinstance(item.media, Image) and _FILE_NAME.search(item.media.alt.strip()):
            message = f"the words for the picture are `{item.media.alt}`"
            yield place.error(message, "Say what it shows, for those who cannot see it.", ("media", "alt"))
    for file in draft.media:
        if file.name not in shown and Kind.ITEM not in draft.incomplete:
            path = draft.folder / MEDIA_FOLDER / file.name
            yield Problem(path, 1, "", "is shown by no item", "Use it, or delete it.", ProblemSeverity.WARNING)
