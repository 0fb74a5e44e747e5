"""What puts the folders together: settings, addresses, the server."""
