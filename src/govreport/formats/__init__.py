"""The formats: one module each, found by name through :mod:`govreport.registry`."""
