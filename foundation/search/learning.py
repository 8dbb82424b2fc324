"""Taking new words apart, outside the web workers: the task, and the job that catches what it missed."""

from __future__ import annotations

from django.tasks import task

from foundation.search.indexing import AT_ONCE, Vocabulary, reindex
from foundation.search.models import Entry
from foundation.search.sources import sources


@task
def learn() -> None:
    """Task: look at new words with the word list, and complete the entries they stand in."""
    learn_words()


def learn_words() -> int:
    """Complete all entries that hold words nobody has taken apart; returns how many there were.

    Imports the word list (over 100 MB): for the background worker and for commands.
    """
    waiting = Entry.objects.with_words_to_learn()
    if not waiting.exists():
        return 0
    vocabulary, done = background_vocabulary(), 0
    for source in sources().values():
        keys = list(waiting.of(source.key).values_list("object_id", flat=True).order_by("pk"))
        for start in range(0, len(keys), AT_ONCE):
            reindex(source, keys[start : start + AT_ONCE], vocabulary)
        done += len(keys)
    return done


def background_vocabulary() -> Vocabulary:
    """A vocabulary that takes unknown words apart itself."""
    # Here and not above: web workers import this module to enqueue the task.
    from foundation.kit.german.compounds import split

    return Vocabulary(split=split)
