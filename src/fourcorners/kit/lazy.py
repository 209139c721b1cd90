"""Values computed once, when first asked for."""

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

__all__ = ["lazy"]

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, like `property`
    """Like `functools.cached_property`, with a lock for each value of each instance.

    Up to Python 3.11 that has one lock for all instances of a class, so that two pictures in two threads would wait for
    each other; later versions have none, so that two threads that ask one instance both compute.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.lock = name, f"{name} is being computed"

    @overload
    def __get__(self, instance: None, owner: type) -> "lazy[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object, owner: type) -> "lazy[T] | T":
        if instance is None:
            return self
        known = instance.__dict__
        with known.setdefault(self.lock, RLock()):
            if self.name not in known:
                known[self.name] = self.compute(instance)  # found before us from now on: we are no data descriptor
                known.pop(self.lock, None)
            value: T = known[self.name]
        return value
