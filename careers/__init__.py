"""The web application: a folder for each thing a careers leader would name."""
