"""The shared parsing core: bytes and values in, values out. It knows no database and no screen."""
