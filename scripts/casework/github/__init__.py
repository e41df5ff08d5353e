"""The only user of GitHub's API."""
