"""The editors' desk: the pieces of the admin of Steckbriefe, one file per task."""
