package dev.noether.flink.notify;

import dev.noether.schemas.Incident;
import java.time.Duration;
import java.util.Collection;

/** Somebody who is told about incidents. Used by one thread. */
interface Receiver {
    /** Name in messages, metrics and in the consumer group: lower-case letters and digits. */
    String name();

    /**
     * Tells one notice and waits for the answer.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    Answer tell(Notice notice) throws InterruptedException;

    /** Interval at which {@link #repeat} must be called while incidents are open; zero for never. */
    default Duration repeatEvery() {
        return Duration.ZERO;
    }

    /**
     * Tells all open incidents again, for a receiver that forgets.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    default Answer repeat(Collection<Incident> open) throws InterruptedException {
        return new Answer.Delivered();
    }
}
