"""What is kept about protecting what is kept."""

from careers.protection.record_of_retention import Hold as Hold
from careers.protection.record_of_retention import Receipt as Receipt
from careers.protection.record_of_retention import RetentionChoice as RetentionChoice
