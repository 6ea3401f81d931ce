"""The API reference page: the OpenAPI document for readers, rendered here, without scripts."""
