"""The index of runs and of the journal, in a database through Django's ORM. It can be made anew from the folders."""
