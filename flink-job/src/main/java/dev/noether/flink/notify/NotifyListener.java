package dev.noether.flink.notify;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;

/** Learns what a notifier does, for a screen or for metrics. Called on the threads of the receivers. */
public interface NotifyListener {
    /** A listener that ignores everything. */
    NotifyListener NONE = new NotifyListener() {};

    /**
     * A receiver has its place in the topic of incidents, and is told from now on.
     *
     * @param open number of open incidents that it knows
     */
    default void follows(String detector, String receiver, int open) {}

    /** A receiver has taken a notice. */
    default void told(String detector, String receiver, Incident incident, IncidentState change) {}

    /**
     * A receiver has not taken a notice, or Kafka does not answer; it is tried again.
     *
     * @param reason why, in one line
     * @param retryMillis time until the next attempt
     */
    default void failed(String detector, String receiver, String reason, long retryMillis) {}

    /** The open incidents were told again, and the receiver has taken them. */
    default void recovered(String detector, String receiver) {}

    /** A notice was given up, and its record is in the topic of what was not delivered. */
    default void gaveUp(String detector, String receiver, Incident incident, String reason) {}

    /** A record of the topic of incidents cannot be read; it is skipped, and stands in the topic of what was not delivered. */
    default void unreadable(String detector, String receiver, String reason) {}
}
