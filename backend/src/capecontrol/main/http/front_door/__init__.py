"""The front door: what the business says to somebody who has not signed in, written without the application."""
