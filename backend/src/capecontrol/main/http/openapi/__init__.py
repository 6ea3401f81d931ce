"""The OpenAPI document: FastAPI's, with what the contract adds to every operation."""
