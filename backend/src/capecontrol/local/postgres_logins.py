"""The logins of an embedded cluster: who owns the schema, and who runs the platform and cannot change it."""

from __future__ import annotations

OWNER_LOGIN = "capecontrol"
#: The same name that `capecontrol db separate-owner` gives.
APP_LOGIN = "capecontrol_app"
APP_DATABASE = "capecontrol"

#: Run as the superuser at each start. A cluster of an earlier release has the first login alone, which ran the platform
#: as well: it goes on owning what it owns, and the platform runs as the second one.
CREATE_LOGINS = r"""
SELECT format(
  'CREATE ROLE capecontrol LOGIN NOINHERIT CREATEROLE NOSUPERUSER NOBYPASSRLS NOCREATEDB PASSWORD %L',
  :'owner_password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'capecontrol') \gexec
SELECT 'CREATE DATABASE capecontrol OWNER capecontrol'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'capecontrol') \gexec
REVOKE TEMPORARY ON DATABASE capecontrol FROM PUBLIC;

SELECT format('CREATE ROLE %I NOLOGIN', name)
FROM unnest(array['capecontrol_runtime', 'capecontrol_system', 'capecontrol_signin']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
GRANT capecontrol_runtime, capecontrol_system, capecontrol_signin TO capecontrol WITH ADMIN OPTION;

SELECT 'CREATE ROLE capecontrol_app'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'capecontrol_app') \gexec
SELECT format(
  'ALTER ROLE capecontrol_app LOGIN NOINHERIT NOCREATEROLE NOSUPERUSER NOBYPASSRLS NOCREATEDB NOREPLICATION '
  'PASSWORD %L',
  :'app_password') \gexec
GRANT capecontrol_runtime, capecontrol_system, capecontrol_signin TO capecontrol_app;
"""
