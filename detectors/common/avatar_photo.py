"""Portrait photo (头像): where the picture lies, or the picture itself.

Sources:
    How applications store pictures: addresses, paths, names of files, data URIs, base64.

Caught:
    Whole values, of the form only: URLs, paths and names that end as pictures do (`.jpg`, with a
    query or not), several of them too, `data:image/...`, base64 of JPEG, PNG, GIF and WebP. In a
    text behind a word that names it, which proves it.

Not caught:
    Ids of files. What a picture shows: that the header says.

Mistaken for it:
    Pictures of goods and pages, so that values never name a column without its header. Nine in ten
    columns of these are wholly of the form; of words of random letters hardly any value is.
"""

from typing import ClassVar

from detectors.pictured import PictureDetector


class AvatarPhoto(PictureDetector):
    """Finds pictures and where they lie."""

    kind: ClassVar[str] = "avatar_photo"
