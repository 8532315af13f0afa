"""Settings from the domain of an address: SRV records (RFC 6186, RFC 8314) and autoconfig over HTTPS. Only the domain is named to anybody."""
