"""The keys of the rings in the database: how they are made, read, turned and retired, and who may start on them."""
