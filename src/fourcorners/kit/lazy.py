"""Values computed once, when first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

__all__ = ["lazy"]

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, like `property`
    """Like `functools.cached_property`, without its lock.

    Up to Python 3.11 that lock is one for all instances of a class: two pictures in two threads would wait for each
    other. Here two threads that ask one instance at the same moment may both compute, to the same value.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "lazy[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object, owner: type) -> "lazy[T] | T":
        if instance is None:
            return self
        value: T = self.compute(instance)
        instance.__dict__[self.name] = value  # found before us from now on: we are no data descriptor
        return value
