package dev.noether.flink.notify;

import java.time.Duration;

/** What came of a request to a receiver. */
sealed interface Answer {
    /** The receiver has taken the notice. */
    record Delivered() implements Answer {}

    /**
     * The receiver may take the same notice later.
     *
     * @param reason what was wrong, in one line without a secret
     * @param notBefore time to wait at least; zero if the receiver named none
     */
    record Failed(String reason, Duration notBefore) implements Answer {}

    /**
     * The receiver will never take this notice.
     *
     * @param reason what was wrong, in one line without a secret
     */
    record Refused(String reason) implements Answer {}
}
