"""What is kept about protecting what is kept."""

from careers.protection.record_of_consent import TrackingConsent as TrackingConsent
from careers.protection.record_of_notices import DataContact as DataContact
from careers.protection.record_of_notices import PublishedNotice as PublishedNotice
from careers.protection.record_of_requests import AccessRequest as AccessRequest
from careers.protection.record_of_retention import Hold as Hold
from careers.protection.record_of_retention import Receipt as Receipt
from careers.protection.record_of_retention import RetentionChoice as RetentionChoice
from careers.protection.record_of_sharing import SharedRecord as SharedRecord
from careers.protection.record_of_sharing import SharingExport as SharingExport
from careers.protection.record_of_sharing import SharingInstruction as SharingInstruction
