"""Signing in, as it is read: the two steps, what is refused, and a session that ended."""

ADDRESS_STEP = """
- main:
  - link "Northstar Automation home page"
  - heading "Sign in" [level=1]
  - paragraph: /Enter your e-mail address/
  - textbox "E-mail address"
  - button "Continue"
  - paragraph:
    - link "Create an account"
"""

PASSWORD_STEP = """
- main:
  - heading "Sign in" [level=1]
  - paragraph: /Enter your password/
  - textbox "E-mail address": nobody@demo.test
  - textbox "Password"
  - button "Show password"
  - checkbox "Keep me signed in"
  - button "Sign in"
  - paragraph:
    - button "Use a different e-mail address"
  - link "Trouble signing in?"
"""

REFUSED = """
- main:
  - heading "Sign in" [level=1]
  - alert:
    - paragraph: Incorrect e-mail address or password
  - textbox "E-mail address": nobody@demo.test
  - textbox "Password"
  - button "Sign in"
"""

LOCKED_OUT = """
- main:
  - heading "Sign in" [level=1]
  - alert:
    - paragraph: /Too many failed attempts/
  - textbox "E-mail address": nobody@demo.test
  - textbox "Password"
  - button "Sign in"
  - link "Trouble signing in?"
"""

SIGNED_OUT = """
- dialog "You were signed out":
  - heading "You were signed out" [level=2]
  - paragraph: Your session expired or was ended on another device. Sign in to continue. This page is as you left it.
  - textbox "E-mail address": owner@demo.test
  - textbox "Password"
  - button "Use another account"
  - button "Sign in"
"""

ENDED = """
- main:
  - heading "Sign in" [level=1]
  - paragraph:
    - alert: You were signed out. Sign in to go back to the page you were on.
  - textbox "E-mail address": owner@demo.test
  - button "Continue"
"""
