"""Mail: by SMTP to our own door, fetched by IMAP, or imported from an mbox."""
