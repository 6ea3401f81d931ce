"""The schema of the installation's database: migrated on a person's word, and looked at by each process that starts."""
