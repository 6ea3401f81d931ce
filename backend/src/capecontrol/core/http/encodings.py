"""In which encoding a client wants an answer (RFC 9110, section 12.5.3)."""

#: What a file may be kept in beside itself, the best first, and how such a file's name ends.
SUFFIXES = {"br": ".br", "gzip": ".gz"}


def wanted_encodings(accepted: str | None) -> tuple[str, ...]:
    """Return which of our encodings are to be tried for an `Accept-Encoding`, the most wanted first.

    None of them where the client likes the plain file better, or says what nobody understands.
    """
    weights = dict(_weight(choice) for choice in (accepted or "").split(","))
    others = weights.get("*", 0.0)
    # Who does not speak of the plain file takes it, and likes anything named better.
    plain = weights.get("identity", 0.0)
    liked = [(weights.get(encoding, others), encoding) for encoding in SUFFIXES]
    wanted = [choice for choice in liked if choice[0] > 0 and choice[0] >= plain]
    return tuple(encoding for _, encoding in sorted(wanted, key=lambda choice: -choice[0]))


def _weight(choice: str) -> tuple[str, float]:
    """Return a choice and its weight, 0 where the weight is no number from 0 to 1."""
    name, *parameters = (part.strip().lower() for part in choice.split(";"))
    weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    # Digits and a point only: `float` takes more than a weight may be.
    is_number = weight.replace(".", "", 1).isdecimal() and weight.isascii()
    return name, min(float(weight), 1.0) if is_number else 0.0
