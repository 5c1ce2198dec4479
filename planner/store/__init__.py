"""What is kept on disk: folders of results, stored plans, and files written whole."""
