"""The window. No SQL, no network, no policy: it shows rows and sends intents."""
