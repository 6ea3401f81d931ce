"""What is said of values that do not fit: a sentence of ours for each kind of mistake that pydantic finds."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Context = Mapping[str, Any]

_TEXT = "Enter text."
_WHOLE = "Enter a whole number."
_NUMBER = "Enter a number."
_DAY = "Enter a date such as 2026-11-21."
_TIME = "Enter a date and time with its time zone, such as 2026-11-21T09:00:00Z."
_ID = "Enter a valid ID."
_LIST = "Send a list."
_OBJECT = "Send an object."
_YES_NO = "Send true or false."
_TOO_LARGE = "This number is too large."
_MISMATCH = "This value has the wrong format."

#: What is said of a mistake whose kind is not known here: a library's new one.
OTHERWISE = "This value isn't valid."

_SENTENCES: Mapping[str, str | Callable[[Context], str]] = {
    "missing": "This field is required.",
    "extra_forbidden": "This field isn't supported here.",
    "parameter_unknown": "This parameter isn't supported here.",
    "parameter_control": "Line breaks and control characters aren't allowed.",
    "none_required": "Leave this empty.",
    "string_type": _TEXT,
    "string_unicode": "This text isn't valid UTF-8.",
    "string_too_short": lambda context: f"Enter at least {_counted(context['min_length'], 'character')}.",
    "string_too_long": lambda context: f"Enter at most {_counted(context['max_length'], 'character')}.",
    "string_pattern_mismatch": _MISMATCH,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _TOO_LARGE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_digits": lambda context: f"Use at most {_counted(context['max_digits'], 'digit')}.",
    "decimal_max_places": lambda context: f"Use at most {_counted(context['decimal_places'], 'decimal place')}.",
    "decimal_whole_digits": lambda context: (
        f"Use at most {_counted(context['whole_digits'], 'digit')} before the decimal point."
    ),
    "greater_than": lambda context: f"Enter a number above {_figure(context['gt'])}.",
    "greater_than_equal": lambda context: f"Enter {_figure(context['ge'])} or more.",
    "less_than": lambda context: f"Enter a number below {_figure(context['lt'])}.",
    "less_than_equal": lambda context: f"Enter {_figure(context['le'])} or less.",
    "multiple_of": lambda context: f"Enter a multiple of {_figure(context['multiple_of'])}.",
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "date_past": "Enter a date in the past.",
    "date_future": "Enter a date in the future.",
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "datetime_object_invalid": _TIME,
    "timezone_aware": _TIME,
    "timezone_naive": _TIME,
    "datetime_past": "Enter a time in the past.",
    "datetime_future": "Enter a time in the future.",
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "uuid_version": _ID,
    "enum": lambda context: f"Choose one of {_choices(context['expected'])}.",
    "literal_error": lambda context: f"Choose one of {_choices(context['expected'])}.",
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "too_short": lambda context: f"Enter at least {_counted(context['min_length'], _noun(context))}.",
    "too_long": lambda context: f"Enter at most {_counted(context['max_length'], _noun(context))}.",
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "mapping_type": _OBJECT,
    "json_invalid": "This isn't valid JSON.",
    "json_type": "This isn't valid JSON.",
    "url_type": "Enter a web address.",
    "url_parsing": "Enter a web address.",
    "url_scheme": "Enter a web address that begins with https://.",
    "url_too_long": lambda context: f"Enter at most {_counted(context['max_length'], 'character')}.",
    "union_tag_not_found": OTHERWISE,
    "union_tag_invalid": OTHERWISE,
}


def refusal_of(kind: str, context: Context, message: str) -> str:
    """Return the sentence for one mistake.

    Args:
        kind: pydantic's name of it, such as ``string_too_long``.
        context: what it says besides, such as the bound.
        message: pydantic's own words; of a ``value_error`` they are ours, from the validator that raised it.
    """
    if kind == "value_error":
        text = str(context.get("error", message))
        return text[:1].upper() + text[1:].rstrip(".") + "."
    sentence = _SENTENCES.get(kind, OTHERWISE)
    return sentence if isinstance(sentence, str) else sentence(context)


def _noun(context: Context) -> str:
    """Return what a length counts: of a text whose form was checked the library does not say that it is one."""
    return "character" if context.get("field_type", "Value") == "Value" else "item"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _figure(bound: object) -> str:
    return f"{bound:,}" if isinstance(bound, int | Decimal) else str(bound)


def _choices(expected: str) -> str:
    """Return pydantic's list (``'A', 'B' or 'C'``) without its quotation marks."""
    return expected.replace("'", "")
