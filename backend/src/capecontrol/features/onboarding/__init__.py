"""Onboarding: four steps between signing in for the first time and the application."""
