"""Whether JSON is of a type that an SDK declares: dataclasses, TypedDicts, lists, unions, and the words of Paddle's enumerations."""

import dataclasses
import types
import typing

from paddle_billing.PaddleStrEnum import PaddleStrEnum

from gateways.simulator import Wrong


def check(value, hint, path: str = "$") -> None:
    """Raises when `value` is not of the type `hint`, and names the place."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        problems = []
        for arm in typing.get_args(hint):
            try:
                return check(value, arm, path)
            except Wrong as problem:
                problems.append(str(problem))
        raise Wrong(" or ".join(problems))
    if typing.get_origin(hint) is list:
        expect(isinstance(value, list), path, "a list")
        for index, item in enumerate(value):
            check(item, typing.get_args(hint)[0], f"{path}[{index}]")
    elif dataclasses.is_dataclass(hint):
        optional = {field.name for field in dataclasses.fields(hint) if field.default is not dataclasses.MISSING}
        members(value, typing.get_type_hints(hint), optional, path)
    elif typing.is_typeddict(hint):
        members(value, typing.get_type_hints(hint), hint.__optional_keys__, path)
    elif isinstance(hint, type) and issubclass(hint, PaddleStrEnum):
        expect(isinstance(value, str) and hint(value).is_known(), path, hint.__name__)
    elif hint in (str, bool, dict, type(None)):
        expect(isinstance(value, hint), path, hint.__name__)
    elif hint in (int, float):
        expect(isinstance(value, (int, hint)) and not isinstance(value, bool), path, hint.__name__)
    else:
        expect(getattr(hint, "__name__", "") == "CustomData" and isinstance(value, dict), path, f"a {hint}")


def members(value, hints: dict, optional, path: str) -> None:
    expect(isinstance(value, dict), path, "an object")
    for name in hints.keys() - value.keys() - set(optional):
        raise Wrong(f"{path}.{name} is missing")
    for name, item in value.items():
        if name not in hints:
            raise Wrong(f"{path}.{name} is no parameter")
        check(item, hints[name], f"{path}.{name}")


def expect(condition: bool, path: str, what: str) -> None:
    if not condition:
        raise Wrong(f"{path} is not {what}")
