"""Notifications: the mails that the product sends."""
