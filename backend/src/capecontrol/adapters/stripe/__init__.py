"""Stripe: the gateway on the official SDK, and a local Stripe for machines without an account."""
