"""Two runs that meet."""

import threading
from collections.abc import Callable


def at_once(*actions: Callable[[], object]) -> None:
    """Does all of it at the same moment, and fails if any of it failed."""
    faults: list[BaseException] = []
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], object]) -> None:
        try:
            start.wait(5)
            action()
        except BaseException as error:  # told by the thread that started it
            faults.append(error)

    threads = [threading.Thread(target=run, args=(each,)) for each in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not faults
    assert not any(each.is_alive() for each in threads)
