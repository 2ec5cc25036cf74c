"""What a picture, or where it lies, looks like as a text."""

_ENDS = "(?i:jpe?g|png|gif|bmp|webp|heic|tiff?|svg)"
_PLACE = rf"[^\s,;|\"'\[\]]+\.{_ENDS}(?:[?!@#:][^\s,;|\"'\[\]]*)?"
_HOST = r"(?:(?:thirdwx|wx|q|qlogo\d?)\.(?:qlogo|qpic)\.cn|[a-z0-9.-]*gravatar\.com)"
_AVATAR = rf"https?://{_HOST}/[!-~]+"
_BASE64 = r"(?:/9j/|iVBORw0KGgo|R0lGOD|UklGR)[A-Za-z0-9+/=\s]{16,}"

# A URL, path or name of a file that ends as pictures do, a list of these, or the picture.
PICTURE = (
    rf"[\[\"' ]*(?:{_PLACE}|{_AVATAR})(?:[\"' ]*[,;|][\"' ]*{_PLACE})*[\"' \]]*"
    rf"|(?i:data:image/[a-z.+-]+;base64,)(?s:.*)|{_BASE64}"
)
