"""Mail: SMTP, Resend, and the local mailbox."""
