"""People who sign in. What they may do is said by memberships and pack roles, never here."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username=username)


class User(AbstractBaseUser):
    username = models.CharField("用户名", max_length=64, unique=True)
    display_name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("启用", default=True)
    password_given = models.BooleanField(
        "密码由别人给的", default=False
    )  # and has to become the person's own
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ("display_name",)

    class Meta:
        verbose_name = "用户"
        constraints = (models.CheckConstraint(condition=~models.Q(username=""), name="user_has_a_username"),)

    def check_password(self, raw_password: str) -> bool:
        """Signing in writes nothing: which password there is, the chain knows, and only acts change it."""
        return check_password(raw_password, self.password)

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name
