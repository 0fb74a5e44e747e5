"""Who signs in, and the role each person holds at a school."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from careers.accounts.passwords import normalised
from careers.accounts.roles import ROLES, Policy, Reach, Role
from careers.schools.models import School, make_reference


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Being a superuser or an operator gives no sight of any school's pupils: only a membership does."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_operator = models.BooleanField("looks after this installation", default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else normalised(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(None if raw_password is None else normalised(raw_password))


class Membership(models.Model):
    """A person's role at a school. `role` is the key of a class in `careers.accounts.roles`."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)

    objects = ScopedManager(school="school")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "user"], name="one_role_at_a_school")]

    def __str__(self) -> str:
        return f"{self.role} at {self.school_id}"

    @property
    def held(self) -> type[Role]:
        return ROLES[self.role]

    @property
    def _may_see_names(self) -> bool:
        return bool(self.held.granted) and self.school.names_to_trust

    @property
    def policies(self) -> frozenset[Policy]:
        """What the person may do here: what the role may, and what this school grants it besides."""
        return self.held.policies | (self.held.granted if self._may_see_names else frozenset())

    @property
    def reach(self) -> Reach:
        """Whose pupils the person sees by name here."""
        return Reach.ALL if self._may_see_names else self.held.reach


class SignedIn(models.Model):
    """A browser somebody is signed in with: what their list of sessions shows, and how long each has lain unused.

    Neither an internet address nor the browser's full description is kept. It goes when the session ends.
    """

    reference = models.CharField(max_length=12, unique=True, default=make_reference, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_used_at"]

    def __str__(self) -> str:
        return self.device
