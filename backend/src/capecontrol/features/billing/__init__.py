"""Billing: taking payments for approved proposals, and the invoices that prove them."""
