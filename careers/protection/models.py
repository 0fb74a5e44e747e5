"""Records of this folder, each written down where it is about one thing."""

from careers.protection.record_of_retention import Hold, Receipt, RetentionChoice

__all__ = ["Hold", "Receipt", "RetentionChoice"]
