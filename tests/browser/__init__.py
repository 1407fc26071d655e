"""The portal as people meet it: a real Chromium against `python -m config.run`."""
