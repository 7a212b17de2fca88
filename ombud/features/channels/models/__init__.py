"""What came in, what it waits for, and which channels are open."""

from .incoming import AwaitedParent, Incoming
from .settings import ChannelSetting

__all__ = ["AwaitedParent", "ChannelSetting", "Incoming"]
