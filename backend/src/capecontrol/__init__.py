"""CapeControl: the control plane and client portal of a business that sells automation and SaaS."""
