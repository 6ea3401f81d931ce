"""One package per outside system; vendor SDKs are imported only here."""
